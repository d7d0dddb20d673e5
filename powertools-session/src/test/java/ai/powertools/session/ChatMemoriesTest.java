package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatMemoriesTest {
  private final VirtualClock clock = VirtualClock.create();
  private final Sessions sessions = Sessions.builder().inMemory().time(clock).open();
  private final ChatMemories memories = ChatMemories.in(sessions);

  @AfterEach
  void close() {
    sessions.close();
  }

  @Test
  void appendsOnlyWhatIsNew() {
    assertThat(memories.messages(7)).isEmpty();
    memories.update(7, List.of("a", "b"));
    memories.update(7, List.of("a", "b", "c"));
    assertThat(memories.messages(7)).containsExactly("a", "b", "c");
    assertThat(log(7)).containsExactly("1 v1 a", "2 v1 b", "3 v2 c");
    memories.update(7, List.of("a", "b", "c"));
    assertThat(sessions.open("chat:7").version()).as("nothing to write").isEqualTo(2);
  }

  @Test
  void whatTheirWindowDroppedIsTrimmed() {
    memories.update(7, List.of("a", "b", "c"));
    memories.update(7, List.of("b", "c", "d"));
    assertThat(memories.messages(7)).containsExactly("b", "c", "d");
    assertThat(log(7)).containsExactly("2 v1 b", "3 v1 c", "4 v2 d");
  }

  @Test
  void whatStaysInFrontOfWhatWasDroppedStaysInFront() {
    memories.update(7, List.of("system", "a", "b"));
    memories.update(7, List.of("system", "b", "c"));
    assertThat(memories.messages(7)).containsExactly("system", "b", "c");
    memories.update(7, List.of("system", "b", "changed"));
    assertThat(memories.messages(7)).containsExactly("system", "b", "changed");
    memories.update(7, List.of("other"));
    assertThat(memories.messages(7)).containsExactly("other");
    assertThat(log(7)).containsExactly("6 v4 other");
    memories.update(7, List.of());
    assertThat(memories.messages(7)).isEmpty();
    assertThat(sessions.open("chat:7").logs()).isEmpty();
  }

  @Test
  void aLogDoesNotGrowForEverThoughTheFirstMessageStays() {
    List<String> messages = new ArrayList<>(List.of("system"));
    for (int i = 0; i < 500; i++) {
      messages.add("message " + i);
      if (messages.size() > 10) {
        messages.remove(1);
      }
      memories.update("x", messages);
      assertThat(memories.messages("x")).isEqualTo(messages);
      assertThat(sessions.open("chat:x").size("messages")).isLessThanOrEqualTo(2 * 10 + 16);
    }
    assertThat(sessions.verify().problems()).isEmpty();
  }

  @Test
  void givesBackAnyListThatWasGiven() {
    RandomInput.check(
        20,
        input -> {
          Object id = input.seed();
          List<String> messages = new ArrayList<>();
          for (int i = 0; i < 60; i++) {
            for (int n = input.ints(0, 4); n > 0; n--) {
              messages.add(input.ints(0, messages.size() + 1), "" + input.ints(0, 4));
            }
            messages.removeIf(message -> input.chance(0.2));
            memories.update(id, messages);
            assertThat(memories.messages(id)).isEqualTo(messages);
          }
        });
  }

  @Test
  void aConversationIsASessionOfItsName() {
    ChatMemories other = memories.prefix("support/").ttl(Ttl.of(Duration.ofMinutes(1)));
    other.update("ann", List.of("x"));
    memories.update("ann", List.of("y"));
    assertThat(other.messages("ann")).containsExactly("x");
    assertThat(sessions.list())
        .extracting(SessionInfo::name)
        .containsExactlyInAnyOrder("support/ann", "chat:ann");
    clock.advance(Duration.ofMinutes(1));
    assertThat(other.messages("ann")).isEmpty();
    assertThat(memories.delete("ann")).isTrue();
    assertThat(memories.delete("ann")).isFalse();
    assertThat(memories.messages("ann")).isEmpty();
    assertThatThrownBy(() -> memories.prefix("").messages(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A conversation needs a name");
  }

  @Test
  void saysWhenMessagesAreMissing() {
    memories.update(7, List.of("a", "b"));
    sessions.open("chat:7").trim("messages", 1);
    assertThatThrownBy(() -> memories.messages(7))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("Messages of session \"chat:7\" are missing");
    memories.update(7, List.of("c"));
    assertThat(memories.messages(7)).containsExactly("c");
  }

  private List<String> log(Object id) {
    return sessions.open("chat:" + id).page("messages", 1, 99, String.class).stream()
        .map(entry -> entry.seq() + " v" + entry.version() + " " + entry.value())
        .toList();
  }
}
