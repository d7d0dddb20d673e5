package ai.powertools.retry.report;

import ai.powertools.core.PowerToolsException;
import ai.powertools.core.PrivateFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines in a file of bounded size, and those that were there before in others. For one thread.
 *
 * <p>Not by a channel: that one would be closed for good by the interrupt of a call that reports
 * its error.
 */
final class RotatedFile {
  private final Path file;
  private final long bytes;
  private final int oldFiles;
  private @Nullable RandomAccessFile open;

  RotatedFile(Path file, long bytes, int oldFiles) {
    this.file = file;
    this.bytes = bytes;
    this.oldFiles = oldFiles;
  }

  /**
   * Opens it at its end; a line that was cut off there is ended, so that no other is lost with it.
   */
  RandomAccessFile open() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder, PrivateFiles.ofFolder(folder));
    }
    if (!Files.exists(file)) {
      Files.createFile(file, PrivateFiles.ofFile(file));
    }
    RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
    open = opened;
    long size = opened.length();
    if (size > 0) {
      opened.seek(size - 1);
      if (opened.read() != '\n') {
        opened.write('\n');
      }
    }
    return opened;
  }

  void append(String line) throws IOException {
    byte[] written = (line + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      RandomAccessFile now = open == null ? open() : open;
      long size = now.getFilePointer();
      if (size > 0 && size + written.length > bytes) {
        close();
        rotate();
        now = open();
      }
      now.write(written);
    } catch (IOException e) {
      closeAfter(e);
      throw e;
    }
  }

  private void rotate() throws IOException {
    for (int i = oldFiles; i > 0; i--) {
      Path from = i == 1 ? file : old(i - 1);
      if (Files.exists(from)) {
        Files.move(from, old(i), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.deleteIfExists(file);
  }

  private Path old(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  /** What is half written would be in the way of the next line; opening again ends it. */
  void closeAfter(IOException failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  void close() throws IOException {
    RandomAccessFile was = open;
    open = null;
    if (was != null) {
      was.close();
    }
  }

  static List<ErrorEvent> read(Path file) throws IOException {
    List<ErrorEvent> events = new ArrayList<>();
    // Not Files.newBufferedReader: it refuses the file for the half of a character in a torn line.
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      int number = 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (EventJson.isWhole(line)) {
          events.add(event(line, file, number));
        }
        number++;
      }
    }
    return events;
  }

  private static ErrorEvent event(String line, Path file, int number) {
    try {
      return EventJson.read(line);
    } catch (IllegalArgumentException e) {
      throw new PowerToolsException(
          "Line %d of the error file %s is no event: %s. Take the line out, or read it with the"
                  .formatted(number, file, e.getMessage())
              + " version that wrote it.",
          e);
    }
  }
}
