package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looking leaves no trace. */
class LookTest {
  private final VirtualClock clock = VirtualClock.at(Instant.parse("2026-11-01T12:00:00Z"));
  private final Sessions sessions = Sessions.builder().inMemory().time(clock).open();

  @Test
  void isNoUse() {
    Session session = sessions.open("s", Ttl.sliding(Duration.ofHours(1)));
    session.set("k", 1, Ttl.sliding(Duration.ofMinutes(10)));
    session.appendAll("log", List.of("one", "two"));
    clock.advance(Duration.ofMinutes(9));
    assertThat(
            sessions.look(
                "s",
                view -> {
                  assertThat(view.name()).isEqualTo("s");
                  assertThat(view.version()).isEqualTo(2);
                  assertThat(view.keys()).containsExactly("k");
                  assertThat(view.logs()).containsExactly("log");
                  assertThat(view.size("log")).isEqualTo(2);
                  assertThat(view.tail("log", 1, String.class)).containsExactly("two");
                  assertThat(view.page("log", 1, 1, String.class)).hasSize(1);
                  return view.get("k", Integer.class);
                }))
        .contains(1);
    clock.advance(Duration.ofMinutes(2));
    assertThat(sessions.look("s", SessionView::keys)).contains(List.of());
    clock.advance(Duration.ofHours(1));
    assertThat(sessions.look("s", SessionView::keys)).isEmpty();
    assertThat(sessions.look("none", SessionView::keys)).isEmpty();
  }

  @Test
  void countsWhatASweepWouldRemove() {
    Sessions kept =
        Sessions.builder()
            .inMemory()
            .time(clock)
            .history(HistoryWindow.of(Duration.ofHours(1)))
            .open();
    kept.open("short", Ttl.of(Duration.ofMinutes(1))).set("x", 1);
    Session session = kept.open("long");
    session.set("k", 1);
    session.snapshot("first");
    session.set("k", 2);
    session.set("k", 3);
    session.set("soon", 1, Ttl.of(Duration.ofMinutes(1)));
    session.set("brief", 1, Ttl.of(Duration.ofMinutes(1)));
    session.remove("brief");
    clock.advance(Duration.ofHours(2));
    Swept due = kept.sweepable();
    assertThat(due).isEqualTo(new Swept(1, 1, 2));
    assertThat(kept.sweep()).isEqualTo(due);
    assertThat(kept.sweepable()).isEqualTo(new Swept(0, 0, 0));
  }
}
