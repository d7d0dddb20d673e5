package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void readsEventsWhateverEndsTheirLines(String end) throws IOException {
    String stream = "data: one" + end + end + "event: two" + end + "data: 2" + end + end;

    assertThat(read(stream)).containsExactly(new Event("", "one"), new Event("two", "2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void readsEventsByteByByte(String end) throws IOException {
    String stream = "data: größe 👋" + end + "data: b" + end + end + "data: c" + end + end;
    List<Event> events = new ArrayList<>();
    SseReader reader = reader(events);

    for (byte b : stream.getBytes(StandardCharsets.UTF_8)) {
      reader.feed(new byte[] {b}, 1);
    }

    assertThat(events).containsExactly(new Event("", "größe 👋\nb"), new Event("", "c"));
  }

  @Test
  void givesAnEventAsSoonAsItsBlankLineIsThere() throws IOException {
    List<Event> events = new ArrayList<>();
    SseReader reader = reader(events);

    feed(reader, "data: a\n");
    assertThat(events).isEmpty();
    feed(reader, "\n");
    assertThat(events).hasSize(1);
  }

  @Test
  void leavesOutTheByteOrderMarkOfTheBeginningOnly() throws IOException {
    assertThat(read("\uFEFFdata: a\n\ndata: \uFEFFb\n\n"))
        .containsExactly(new Event("", "a"), new Event("", "\uFEFFb"));
  }

  @Test
  void passesOverCommentsUnknownFieldsAndEventsWithoutData() throws IOException {
    String stream = ": keep-alive\n\nid: 7\nretry: 10\n\nevent: ping\n\ndata\n\ndata: a\n\n";

    assertThat(read(stream)).containsExactly(new Event("", "a"));
  }

  @Test
  void takesOneSpaceOffAValueAndNoMore() throws IOException {
    assertThat(read("data:a\n\ndata:  b \n\n"))
        .containsExactly(new Event("", "a"), new Event("", " b "));
  }

  @Test
  void keepsEmptyLinesOfData() throws IOException {
    assertThat(read("data: a\ndata\ndata: b\n\n")).containsExactly(new Event("", "a\n\nb"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r", "\r\n"})
  void givesTheLastEventWithoutItsBlankLine(String end) throws IOException {
    assertThat(read("data: [DONE]" + end)).containsExactly(new Event("", "[DONE]"));
  }

  @Test
  void replacesBytesThatAreNoCharacter() throws IOException {
    byte[] bytes = {'d', 'a', 't', 'a', ':', 'a', (byte) 0xff, 'b', '\n', '\n'};
    List<Event> events = new ArrayList<>();

    reader(events).feed(bytes, bytes.length);

    assertThat(events).containsExactly(new Event("", "a\uFFFDb"));
  }

  @Test
  void refusesALineWithoutEnd() {
    byte[] much = new byte[1024 * 1024];
    SseReader reader = new SseReader((name, data, length) -> {});

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 17; i++) {
                reader.feed(much, much.length);
              }
            })
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("16777216");
  }

  @Test
  void refusesAnEventWithoutEnd() {
    byte[] line = ("data: " + "a".repeat(1024 * 1024) + "\n").getBytes(StandardCharsets.UTF_8);
    SseReader reader = new SseReader((name, data, length) -> {});

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 17; i++) {
                reader.feed(line, line.length);
              }
            })
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("an event");
  }

  private record Event(String name, String data) {}

  private static SseReader reader(List<Event> events) {
    return new SseReader(
        (name, data, length) ->
            events.add(new Event(name, new String(data, 0, length, StandardCharsets.UTF_8))));
  }

  private static List<Event> read(String stream) throws IOException {
    List<Event> events = new ArrayList<>();
    SseReader reader = reader(events);
    feed(reader, stream);
    reader.end();
    return events;
  }

  private static void feed(SseReader reader, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    reader.feed(bytes, bytes.length);
  }
}
