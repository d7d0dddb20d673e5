package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long values, entries and sessions live. */
abstract class SessionTimesContract extends OpenSessions {

  @Test
  void aValueEndsWhenItsTimeIsOver() {
    Session timed = timed().open(name());
    timed.set("short", "x", Ttl.of(seconds(10)));
    timed.set("long", "y");
    clock.advance(Duration.ofMillis(9_999));
    assertThat(timed.find("short", String.class)).contains("x");
    clock.advance(Duration.ofMillis(1));
    assertThat(timed.find("short", String.class)).isEmpty();
    assertThat(timed.keys()).containsExactly("long");
    assertThat(timed.remove("short")).isFalse();
    assertThat(timed.expire("short", Ttl.NEVER)).isFalse();
    timed.replace("short", "again", 0);
    assertThat(timed.keys()).containsExactly("long", "short");
  }

  @Test
  void aReadDoesNotMoveAFixedEndAndDoesMoveASlidingOne() {
    Session timed = timed().open(name());
    timed.set("fixed", 1, Ttl.of(seconds(10)));
    timed.set("sliding", 1, Ttl.sliding(seconds(10)));
    for (int i = 0; i < 5; i++) {
      pass(9);
      assertThat(timed.find("sliding", Integer.class)).contains(1);
    }
    assertThat(timed.find("fixed", Integer.class)).isEmpty();
    long version = timed.version();
    pass(10);
    assertThat(timed.find("sliding", Integer.class)).isEmpty();
    assertThat(timed.version()).as("reads make no version").isEqualTo(version);
  }

  @Test
  void aReadWithinATenthOfTheTimeWritesNothingDown() {
    Session timed = timed().open(name());
    timed.set("sliding", 1, Ttl.sliding(seconds(10)));
    pass(1);
    assertThat(timed.find("sliding", Integer.class)).contains(1);
    clock.advance(Duration.ofMillis(8_999));
    assertThat(timed.keys()).containsExactly("sliding"); // a list of keys is no use of them
    clock.advance(Duration.ofMillis(1));
    assertThat(timed.find("sliding", Integer.class)).isEmpty();
  }

  @Test
  void anUpdateKeepsAFixedEndAndMovesASlidingOne() {
    Session timed = timed().open(name());
    timed.set("fixed", 1, Ttl.of(seconds(10)));
    timed.set("sliding", 1, Ttl.sliding(seconds(10)));
    pass(6);
    timed.update("fixed", Integer.class, now -> now.orElseThrow() + 1);
    timed.update("sliding", Integer.class, now -> now.orElseThrow() + 1);
    pass(6);
    assertThat(timed.keys()).containsExactly("sliding");
    timed.set("sliding", 3); // a new value has a time of its own
    pass(1_000);
    assertThat(timed.get("sliding", Integer.class)).isEqualTo(3);
  }

  @Test
  void theTimeOfAValueCanBeChanged() {
    Session timed = timed().open(name());
    timed.set("a", 1, Ttl.of(seconds(10)));
    timed.set("b", 1);
    long version = timed.version();
    assertThat(timed.expire("a", Ttl.NEVER)).isTrue();
    assertThat(timed.expire("b", Ttl.of(seconds(5)))).isTrue();
    assertThat(timed.expire("c", Ttl.of(seconds(5)))).isFalse();
    assertThat(timed.version()).isEqualTo(version);
    pass(20);
    assertThat(timed.keys()).containsExactly("a");
  }

  @Test
  void entriesOfALogEndOneByOne() {
    Session timed = timed().open(name());
    timed.append("log", "stays");
    timed.appendAll("log", List.of("goes"), Ttl.of(seconds(5)));
    timed.append("log", "stays, too");
    pass(5);
    assertThat(timed.log("log", String.class)).containsExactly("stays", "stays, too");
    assertThat(timed.size("log")).isEqualTo(2);
    assertThat(timed.tail("log", 2, String.class)).containsExactly("stays", "stays, too");
    assertThat(timed.page("log", 2, 9, String.class)).extracting(LogEntry::seq).containsExactly(3L);
    assertThatThrownBy(() -> timed.appendAll("log", List.of(1), Ttl.sliding(seconds(5))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSessionEndsWithAllThatIsInIt() {
    Sessions all = timed();
    String name = name();
    Session timed = all.open(name, Ttl.of(seconds(10)));
    timed.set("a", 1);
    assertThat(all.open(name, Ttl.NEVER).get("a", Integer.class)).isEqualTo(1);
    pass(10);

    assertThat(all.find(name)).isEmpty();
    assertThat(all.list()).extracting(SessionInfo::name).doesNotContain(name);
    assertThat(refusal(() -> timed.get("a", Integer.class)))
        .hasMessage("Session \"" + name + "\" expired while it was in use. Open it again.");
    refusal(() -> timed.set("a", 2));
    refusal(() -> timed.version());
    refusal(() -> timed.at(0));
    refusal(() -> timed.fork(name()));
    refusal(() -> timed.lock(seconds(1)));
    assertThat(all.delete(name)).isFalse();
    assertThat(all.open(name).keys()).isEmpty();
    assertThat(refusal(() -> timed.keys())).hasMessageContaining("was deleted");
  }

  @Test
  void aSlidingSessionLivesOnByReadsAndByWrites() {
    Sessions all = timed();
    Session timed = all.open(name(), Ttl.sliding(seconds(10)));
    for (int i = 0; i < 3; i++) {
      pass(8);
      timed.append("log", i);
      pass(8);
      assertThat(timed.size("log")).isEqualTo(i + 1);
      pass(8);
      assertThat(timed.find("nothing", String.class)).isEmpty();
    }
    timed.expire(Ttl.of(seconds(5)));
    pass(4);
    assertThat(timed.size("log")).isEqualTo(3);
    pass(1);
    assertThat(all.find(timed.name())).isEmpty();
  }

  @Test
  void aTransactionThatFailsMovesNoEnd() {
    Session timed = timed().open(name());
    timed.set("a", 1, Ttl.of(seconds(5)));
    assertThatThrownBy(
            () ->
                timed.transaction(
                    tx -> {
                      tx.expire("a", Ttl.NEVER);
                      tx.expire(Ttl.of(seconds(1)));
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);
    pass(4);
    assertThat(timed.keys()).containsExactly("a");
    pass(1);
    assertThat(timed.keys()).isEmpty();
  }

  @Test
  void aSweepRemovesWhatHasExpiredAndLeavesTheRestIntact() {
    Sessions all = timed();
    Session timed = all.open(name());
    all.open(name(), Ttl.of(seconds(1)));
    timed.set("gone", 1, Ttl.of(seconds(1)));
    timed.set("stays", 1, Ttl.of(seconds(9)));
    timed.appendAll("log", List.of(1, 2), Ttl.of(seconds(1)));
    pass(5);
    assertThat(all.sweep()).isEqualTo(new Swept(1, 3, 0));
    assertThat(all.sweep()).isEqualTo(new Swept(0, 0, 0));
    assertThat(timed.keys()).containsExactly("stays");
    assertThat(all.verify().problems()).isEmpty();
  }
}
