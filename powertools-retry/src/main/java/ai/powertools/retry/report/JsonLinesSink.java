package ai.powertools.retry.report;

import ai.powertools.core.PowerToolsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes events to a file that only its owner can read, a JSON object a line. When the file would
 * grow beyond its bound, it becomes {@code name.1}, what was that {@code name.2}, and so on; the
 * oldest is deleted.
 *
 * <p>Lines are handed to the operating system one by one, and not flushed to the disk: they outlive
 * the process, and the last of them may not outlive the machine. A line that a crash cut off is
 * skipped by {@link #read}. One process at a time writes to a file. Safe for use by many threads.
 */
public final class JsonLinesSink implements ErrorSink, AutoCloseable {
  private static final long STANDARD_BYTES = 10_000_000;
  private static final int STANDARD_OLD_FILES = 3;

  private final Path file;
  private final RotatedFile lines;
  private boolean closed;

  private JsonLinesSink(Path file, RotatedFile lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * Of 10 MB a file, with three old ones.
   *
   * @param file made with its folder if it is not there
   * @throws PowerToolsException if it can't be made or written to
   */
  public static JsonLinesSink open(Path file) {
    return open(file, STANDARD_BYTES, STANDARD_OLD_FILES);
  }

  /**
   * Of other bounds.
   *
   * @param file made with its folder if it is not there
   * @param bytes how large it may be; a single line that is longer has a file of its own
   * @param oldFiles how many are kept beside it, none or more
   * @throws IllegalArgumentException if {@code bytes} is less than 1, or {@code oldFiles} negative
   * @throws PowerToolsException if it can't be made or written to
   */
  public static JsonLinesSink open(Path file, long bytes, int oldFiles) {
    if (bytes < 1 || oldFiles < 0) {
      throw new IllegalArgumentException(
          "A file of %d bytes with %d old ones beside it can't be: give at least 1 and 0."
              .formatted(bytes, oldFiles));
    }
    RotatedFile lines = new RotatedFile(file, bytes, oldFiles);
    try {
      lines.open();
    } catch (IOException e) {
      lines.closeAfter(e);
      throw failed("open", file, e);
    }
    return new JsonLinesSink(file, lines);
  }

  /**
   * Adds a line. After a failure, the next one tries to open the file again.
   *
   * @throws PowerToolsException if the line can't be written, or this is closed
   */
  @Override
  public synchronized void accept(ErrorEvent event) {
    if (closed) {
      throw new PowerToolsException("The error file " + file + " is closed: open it again.");
    }
    try {
      lines.append(EventJson.line(event));
    } catch (IOException e) {
      throw failed("write to", file, e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      lines.close();
    } catch (IOException e) {
      throw failed("close", file, e);
    }
  }

  /**
   * The events of one file, in the order in which they were written. Lines that a crash cut off are
   * skipped. Old files, {@code name.1} and so on, are read one by one.
   *
   * @throws PowerToolsException if the file can't be read, or a whole line of it is no event of
   *     this version
   */
  public static List<ErrorEvent> read(Path file) {
    try {
      return RotatedFile.read(file);
    } catch (IOException e) {
      throw failed("read", file, e);
    }
  }

  private static PowerToolsException failed(String what, Path file, IOException cause) {
    return new PowerToolsException(
        "Can't %s the error file %s (%s). See that its folder is there, is yours and has room."
            .formatted(what, file, cause),
        cause);
  }
}
