package ai.powertools.router.providers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads server-sent events as the <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">HTML
 * standard</a> interprets them, but for one thing: an event that the end of the stream completes is
 * given too, since vendors forget the last blank line. For one stream and one thread.
 */
final class SseReader {
  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);

  private final Lines lines = new Lines(this::line);
  private final Events each;
  private byte[] data = new byte[1024];
  private int length;
  private String name = "";
  private boolean hasData;

  SseReader(Events each) {
    this.each = each;
  }

  /** Takes events. */
  @FunctionalInterface
  interface Events {
    /**
     * An event.
     *
     * @param name its type; empty when it has none, as those of OpenAI
     * @param data its data, the lines joined by LF; only lent
     * @param length how much of that is the data
     */
    void take(String name, byte[] data, int length) throws IOException;
  }

  /** Takes the first {@code count} bytes, and gives the events that they end. */
  void feed(byte[] bytes, int count) throws IOException {
    lines.feed(bytes, count);
  }

  /** The stream has ended: gives the event that no blank line has ended. */
  void end() throws IOException {
    lines.end();
    dispatch();
  }

  private void line(byte[] bytes, int from, int to) throws IOException {
    if (from == to) {
      dispatch();
      return;
    }
    int colon = from;
    while (colon < to && bytes[colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, to);
    if (value < to && bytes[value] == ' ') {
      value++;
    }
    if (is(DATA, bytes, from, colon)) {
      add(bytes, value, to);
    } else if (is(EVENT, bytes, from, colon)) {
      name = new String(bytes, value, to - value, StandardCharsets.UTF_8);
    }
  }

  private void add(byte[] bytes, int from, int to) throws IOException {
    int more = to - from + (hasData ? 1 : 0);
    if (more > Lines.LONGEST - length) {
      throw Json.tooLong("an event", Lines.LONGEST);
    }
    if (length + more > data.length) {
      data = Arrays.copyOf(data, Math.max(length + more, 2 * data.length));
    }
    if (hasData) {
      data[length++] = '\n';
    }
    System.arraycopy(bytes, from, data, length, to - from);
    length += to - from;
    hasData = true;
  }

  private void dispatch() throws IOException {
    String type = name;
    int size = length;
    name = "";
    length = 0;
    hasData = false;
    if (size > 0) {
      each.take(type, data, size);
    }
  }

  private static boolean is(byte[] field, byte[] bytes, int from, int to) {
    return Arrays.equals(field, 0, field.length, bytes, from, to);
  }
}
