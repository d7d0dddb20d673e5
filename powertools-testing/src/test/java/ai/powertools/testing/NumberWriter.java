package ai.powertools.testing;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The writer of {@link CrashHarnessIT}: appends numbers to a file, one a line, and says so; well or
 * badly, as its second argument says.
 */
final class NumberWriter {
  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private NumberWriter() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    Set<String> faults = Set.of(arguments[1].split(",", -1));
    long n = whole(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      forceFolder(file.toAbsolutePath().getParent());
      channel.truncate(length(n));
      channel.position(length(n));
      say("ready");
      while (true) {
        n++;
        if (faults.contains("hangs") || faults.contains("ends")) {
          end(faults);
        }
        if (!faults.contains("silent")) {
          say("try " + n);
        }
        write(channel, n, faults);
        say("ack " + n);
      }
    }
  }

  private static void end(Set<String> faults) throws IOException {
    if (faults.contains("ends")) {
      System.exit(3);
    }
    System.in.read();
  }

  private static void write(FileChannel channel, long n, Set<String> faults) throws IOException {
    if (faults.contains("buffers") && n % 7 == 0) {
      say("ack " + n); // nothing of it is written yet
    }
    if (faults.contains("twice")) {
      line(channel, n + 100_000_000);
    }
    line(channel, n);
    if (!faults.contains("unforced")) {
      channel.force(false);
    }
  }

  private static void line(FileChannel channel, long n) throws IOException {
    channel.write(ByteBuffer.wrap("%09d\n".formatted(n).getBytes(StandardCharsets.US_ASCII)));
  }

  static long length(long n) {
    return n * 10;
  }

  /** How many whole lines there are. */
  static long whole(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) / 10 : 0;
  }

  private static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void say(String line) throws IOException {
    OUT.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
  }
}
