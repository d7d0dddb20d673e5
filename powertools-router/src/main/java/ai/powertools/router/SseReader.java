package ai.powertools.router;

import java.io.IOException;

/**
 * Reads server-sent events as the <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">HTML
 * standard</a> interprets them, but for one thing: an event that the end of the stream completes is
 * given too, since vendors forget the last blank line. For one stream and one thread.
 */
final class SseReader {
  private final Lines lines = new Lines(this::line);
  private final Each<Event> each;
  private final StringBuilder data = new StringBuilder();
  private String name = "";
  private boolean hasData;

  SseReader(Each<Event> each) {
    this.each = each;
  }

  /**
   * An event.
   *
   * @param name its type; empty when it has none, as those of OpenAI
   * @param data its data, the lines joined by LF
   */
  record Event(String name, String data) {}

  /** Takes the first {@code count} bytes, and gives the events that they end. */
  void feed(byte[] bytes, int count) throws IOException {
    lines.feed(bytes, count);
  }

  /** The stream has ended: gives the event that no blank line has ended. */
  void end() throws IOException {
    lines.end();
    dispatch();
  }

  private void line(String line) throws IOException {
    if (line.isEmpty()) {
      dispatch();
      return;
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    if (field.equals("data")) {
      if (data.length() + value.length() > Lines.LONGEST) {
        throw Json.tooLong("an event", Lines.LONGEST);
      }
      data.append(hasData ? "\n" : "").append(value);
      hasData = true;
    } else if (field.equals("event")) {
      name = value;
    }
  }

  private void dispatch() throws IOException {
    Event event = new Event(name, data.toString());
    name = "";
    data.setLength(0);
    hasData = false;
    if (!event.data().isEmpty()) {
      each.take(event);
    }
  }
}
