package ai.powertools.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The disk without anything of ours: some bytes appended and flushed, again and again. */
final class Disk {
  private static final int BYTES = 8_192;

  private Disk() {}

  /** Two pages each time, as often as there is time for. */
  static Samples appends(Path file, Duration time) throws IOException {
    return appends(file, BYTES, time);
  }

  /** So many bytes each time, as often as there is time for. */
  static Samples appends(Path file, int bytes, Duration time) throws IOException {
    Samples samples = new Samples();
    ByteBuffer pages = ByteBuffer.allocateDirect(bytes);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      long end = System.nanoTime() + time.toNanos();
      long now = System.nanoTime();
      while (now - end < 0) {
        pages.clear();
        while (pages.hasRemaining()) {
          channel.write(pages);
        }
        channel.force(false);
        long done = System.nanoTime();
        samples.add(done - now);
        now = done;
      }
    }
    return samples;
  }
}
