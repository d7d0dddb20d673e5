package ai.powertools.router.providers;

import java.io.IOException;
import java.util.Arrays;

/**
 * Makes lines of bytes, however the bytes arrive: a line ends with LF, CR or CRLF. A byte order
 * mark at the beginning is left out. Lines are given as bytes, so that none is decoded twice; a
 * character that was cut by the network is whole again by then. For one stream and one thread.
 */
final class Lines {
  /** Far above any event of any vendor; an endless line must not fill the memory. */
  static final int LONGEST = 16 * 1024 * 1024;

  private final Bytes each;
  private byte[] line = new byte[1024];
  private int length;
  private boolean first = true;

  /** A CR has ended a line, and a LF may follow that belongs to it. */
  private boolean afterReturn;

  Lines(Bytes each) {
    this.each = each;
  }

  /** Takes some bytes, which are only lent. */
  @FunctionalInterface
  interface Bytes {
    void take(byte[] bytes, int from, int to) throws IOException;
  }

  /** Takes the first {@code count} bytes, and gives the lines that they end. */
  void feed(byte[] bytes, int count) throws IOException {
    int from = 0;
    for (int i = 0; i < count; i++) {
      byte b = bytes[i];
      if (b == '\n' && afterReturn) {
        from = i + 1;
      } else if (b == '\n' || b == '\r') {
        end(bytes, from, i);
        from = i + 1;
      }
      afterReturn = b == '\r';
    }
    add(bytes, from, count);
  }

  /** The stream has ended: gives the last line if nothing ended it. */
  void end() throws IOException {
    if (length > 0) {
      end(line, 0, 0);
    }
  }

  /** A line that came in one piece is given as it lies; others are put together first. */
  private void end(byte[] bytes, int from, int to) throws IOException {
    if (length == 0) {
      give(bytes, from, to);
      return;
    }
    add(bytes, from, to);
    int whole = length;
    length = 0;
    give(line, 0, whole);
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

  private void give(byte[] bytes, int from, int to) throws IOException {
    int start = from;
    if (first && to - from >= 3 && isByteOrderMark(bytes, from)) {
      start += 3;
    }
    first = false;
    each.take(bytes, start, to);
  }

  private static boolean isByteOrderMark(byte[] bytes, int at) {
    return bytes[at] == (byte) 0xEF && bytes[at + 1] == (byte) 0xBB && bytes[at + 2] == (byte) 0xBF;
  }
}
