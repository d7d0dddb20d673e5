package ai.powertools.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a text of any length, of which one at a time is in memory. Not thread-safe. */
final class Lines {
  /** A longer line is no row of anything; a slip such as a disk image should not fill memory. */
  static final int MOST_BYTES = 64 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int end;
  private long number;

  Lines(InputStream in) {
    this.in = in;
  }

  /**
   * The next line without its end; null after the last.
   *
   * @throws IOException if it can't be read
   */
  @Nullable Line next() throws IOException {
    if (next == end && !fill()) {
      return null;
    }
    number++;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean tooLong = false;
    boolean ended = false;
    while (!ended && (next < end || fill())) {
      int stop = next;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      tooLong |= bytes.size() + (stop - next) > MOST_BYTES;
      if (!tooLong) {
        bytes.write(buffer, next, stop - next);
      }
      ended = stop < end;
      next = ended ? stop + 1 : stop;
    }
    return tooLong
        ? new Line(number, "", "The line is longer than %d MiB.".formatted(MOST_BYTES >> 20))
        : decoded(bytes.toByteArray());
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private Line decoded(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean marked = number == 1 && text.startsWith("\uFEFF");
      return new Line(number, marked ? text.substring(1) : text, null);
    } catch (CharacterCodingException e) {
      return new Line(number, "", "The line is no UTF-8 text. Convert the file to UTF-8 first.");
    }
  }

  /**
   * One line.
   *
   * @param number its place in the text, from 1
   * @param text what it says
   * @param problem why it could not be read; null when it could
   */
  record Line(long number, String text, @Nullable String problem) {
    boolean isBlank() {
      return problem == null && text.isBlank();
    }
  }
}
