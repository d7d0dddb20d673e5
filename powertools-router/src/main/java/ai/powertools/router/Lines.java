package ai.powertools.router;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes lines of bytes, however the bytes arrive: a line ends with LF, CR or CRLF, and is decoded
 * only when it is whole, so that no character is cut in two. A byte order mark at the beginning is
 * left out. For one stream and one thread.
 */
final class Lines {
  /** Far above any event of any vendor; an endless line must not fill the memory. */
  static final int LONGEST = 16 * 1024 * 1024;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Each<String> each;
  private byte[] line = new byte[1024];
  private int length;
  private boolean first = true;

  /** A CR has ended a line, and a LF may follow that belongs to it. */
  private boolean afterReturn;

  Lines(Each<String> each) {
    this.each = each;
  }

  /** Takes the first {@code count} bytes, and gives the lines that they end. */
  void feed(byte[] bytes, int count) throws IOException {
    int from = 0;
    for (int i = 0; i < count; i++) {
      byte b = bytes[i];
      if (b == '\n' && afterReturn) {
        from = i + 1;
      } else if (b == '\n' || b == '\r') {
        add(bytes, from, i);
        from = i + 1;
        give();
      }
      afterReturn = b == '\r';
    }
    add(bytes, from, count);
  }

  /** The stream has ended: gives the last line if nothing ended it. */
  void end() throws IOException {
    if (length > 0) {
      give();
    }
  }

  private void add(byte[] bytes, int from, int to) throws IOException {
    int more = to - from;
    if (more > LONGEST - length) {
      throw Json.tooLong("a line", LONGEST);
    }
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.max(length + more, 2 * line.length));
    }
    System.arraycopy(bytes, from, line, length, more);
    length += more;
  }

  private void give() throws IOException {
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    length = 0;
    if (first && text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
    }
    first = false;
    each.take(text);
  }
}
