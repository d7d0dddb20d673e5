package ai.powertools.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** One file, one lock, a flush a write: what is left when nothing is shared. */
final class PlainAppends implements DurableWrites {
  private final FileChannel file;
  private final Map<Integer, Place> last = new HashMap<>();

  private record Place(long position, int length) {}

  private PlainAppends(FileChannel file) {
    this.file = file;
  }

  /** In a new file. */
  static PlainAppends at(Path path) {
    try {
      return new PlainAppends(
          FileChannel.open(
              path,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not open " + path + ".", e);
    }
  }

  @Override
  public synchronized void write(int thread, int key, String value) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(value);
    try {
      Place place = new Place(file.position(), bytes.remaining());
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(false);
      last.put(thread, place);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not append.", e);
    }
  }

  @Override
  public synchronized String last(int thread, int key) {
    Place place = last.getOrDefault(thread, new Place(0, 0));
    ByteBuffer bytes = ByteBuffer.allocate(place.length());
    try {
      int read = 0;
      while (bytes.hasRemaining() && read >= 0) {
        read = file.read(bytes, place.position() + bytes.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read what was appended.", e);
    }
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not close the file.", e);
    }
  }
}
