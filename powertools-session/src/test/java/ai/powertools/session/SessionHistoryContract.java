package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.session.SessionDiff.Change;
import ai.powertools.session.SessionDiff.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looking back: snapshots, versions, moments, differences, forks. */
abstract class SessionHistoryContract extends SessionLogsContract {

  @Test
  void aSnapshotStaysReadableThoughAllIsReplaced() {
    session.set("a", 1);
    session.set("removed", 1);
    session.appendAll("log", List.of("x", "y"));
    Snapshot held = session.snapshot("before");
    session.set("a", 2);
    session.set("new", 1);
    session.remove("removed");
    session.trim("log", 0);
    session.append("log", "z");

    assertThat(session.snapshots()).containsExactly(held);
    for (SessionView view : List.of(session.at("before"), session.at(held.version()))) {
      assertThat(view.keys()).containsExactly("a", "removed");
      assertThat(view.get("a", Integer.class)).isEqualTo(1);
      assertThat(view.find("new", Integer.class)).isEmpty();
      assertThat(view.logs()).containsExactly("log");
      assertThat(view.log("log", String.class)).containsExactly("x", "y");
      assertThat(view.page("log", 2, 9, String.class)).hasSize(1);
      assertThat(view.size("log")).isEqualTo(2);
      assertThat(view.version()).isEqualTo(held.version());
      assertThat(view.name()).isEqualTo(session.name());
      assertThat(view)
          .hasToString("session \"" + session.name() + "\" at version " + held.version());
    }
    assertThat(refusal(() -> session.at("after")))
        .hasMessageContaining("has no snapshot \"after\"; there are: [before]");
    assertThat(sessions.verify().problems()).isEmpty();
  }

  @Test
  void aSnapshotIsTakenAnewUnderItsLabelAndGivenUp() {
    Session timed = timed().open(name());
    timed.set("a", 1);
    Snapshot first = timed.snapshot("s");
    timed.set("a", 2);
    Snapshot second = timed.snapshot("s");
    Snapshot other = timed.snapshot("t");
    timed.set("a", 3);
    assertThat(timed.snapshots()).containsExactly(second, other);
    assertThat(timed.at("s").get("a", Integer.class)).isEqualTo(2);
    assertThat(second.version()).isGreaterThan(first.version());
    assertThat(timed.dropSnapshot("s")).isTrue();
    assertThat(timed.dropSnapshot("s")).isFalse();
    timed.dropSnapshot("t");
    assertThat(timed.snapshots()).isEmpty();
    refusal(() -> timed.at("s"));
  }

  @Test
  void withoutAHistoryWhatWasReplacedIsGone() {
    session.set("a", 1);
    session.set("b", 1);
    session.append("log", 1);
    assertThat(session.at(1).keys()).as("nothing was thrown away so far").containsExactly("a");
    session.set("a", 2);
    assertThat(refusal(() -> session.at(3)))
        .hasMessageContaining("Version 3 of session")
        .hasMessageContaining("is not kept any more")
        .hasMessageContaining("Keep more with history(…), or take snapshots.");
    assertThat(session.at(4).keys()).containsExactly("a", "b");
    assertThat(refusal(() -> session.at(5)))
        .hasMessageContaining("has no version 5: it is at version 4");
    refusal(() -> session.at(-1));
    refusal(() -> session.diff(1, 4));
  }

  @Test
  void aHistoryGivesEveryVersionAndMoment() {
    Sessions all = timed(builder -> builder.history(HistoryWindow.FOREVER));
    Session timed = all.open(name());
    Instant begin = clock.instant();
    for (int i = 1; i <= 5; i++) {
      pass(10);
      timed.set("n", i);
    }
    for (int i = 1; i <= 5; i++) {
      assertThat(timed.at(i).get("n", Integer.class)).isEqualTo(i);
      Instant moment = begin.plusSeconds(10L * i + 9);
      assertThat(timed.at(moment).get("n", Integer.class)).isEqualTo(i);
      assertThat(timed.at(moment).version()).isEqualTo(i);
    }
    assertThat(timed.at(begin).keys()).isEmpty();
    assertThat(timed.at(0).keys()).isEmpty();
    assertThat(refusal(() -> timed.at(begin.minusSeconds(1))))
        .hasMessageContaining("There was no session")
        .hasMessageContaining("it was made at " + begin);
    all.sweep();
    assertThat(timed.at(1).get("n", Integer.class)).isEqualTo(1);
  }

  @Test
  void aMomentOfWhichOnlyAnOlderSnapshotIsLeftIsNotAnsweredWithThatSnapshot() {
    Session timed = timed().open(name());
    timed.set("a", 1);
    Snapshot held = timed.snapshot("old");
    pass(10);
    timed.set("a", 2);
    Instant moment = clock.instant();
    pass(10);
    timed.set("a", 3);
    assertThat(refusal(() -> timed.at(moment)))
        .hasMessageContaining("at " + moment + " is not kept any more")
        .hasMessageContaining("read a snapshot by its label");
    assertThat(timed.at(held.label()).get("a", Integer.class)).isEqualTo(1);
    assertThat(timed.at(clock.instant()).get("a", Integer.class)).isEqualTo(3);
  }

  @Test
  void aSweepOfWhatHasExpiredLeavesTheHistoryReadable() {
    Sessions all = timed(builder -> builder.history(HistoryWindow.FOREVER));
    Session timed = all.open(name());
    timed.set("a", 1);
    timed.set("short", 1, Ttl.of(seconds(5)));
    timed.set("a", 2);
    pass(5);
    timed.set("short", 2); // in the place of one that expired
    timed.set("other", 1, Ttl.of(seconds(5)));
    pass(5);
    all.sweep();
    assertThat(timed.at(1).get("a", Integer.class)).isEqualTo(1);
    assertThat(timed.at(2).keys()).containsExactly("a");
    assertThat(timed.at(4).keys()).containsExactly("a", "short");
  }

  @Test
  void aWindowLetsGoWhatEndedBeforeItButForSnapshots() {
    Sessions all = timed(builder -> builder.history(HistoryWindow.of(seconds(60))));
    Session timed = all.open(name());
    timed.set("a", 1);
    timed.snapshot("first");
    timed.set("a", 2);
    timed.set("a", 3);
    pass(61);
    timed.set("a", 4);
    assertThat(timed.at(3).get("a", Integer.class)).as("until it is swept").isEqualTo(2);
    assertThat(all.sweep().past()).isEqualTo(1);
    refusal(() -> timed.at(3));
    assertThat(timed.at("first").get("a", Integer.class)).isEqualTo(1);
    assertThat(timed.at(4).get("a", Integer.class)).isEqualTo(3);
    timed.dropSnapshot("first");
    pass(61);
    assertThat(all.sweep().past()).isEqualTo(3);
    refusal(() -> timed.at(2));
    assertThat(all.verify().problems()).isEmpty();
  }

  @Test
  void saysWhatDiffersBetweenTwoVersions() {
    Session timed = timed(builder -> builder.history(HistoryWindow.FOREVER)).open(name());
    timed.set("changed", 1);
    timed.set("removed", 1);
    timed.set("same", 1);
    timed.append("log", 1);
    long from = timed.version();
    timed.set("changed", 2);
    timed.remove("removed");
    timed.set("added", 1);
    timed.append("log", 2);
    timed.snapshot("no difference");
    long to = timed.version();
    assertThat(timed.diff(from, to))
        .isEqualTo(
            new SessionDiff(
                from,
                to,
                List.of(
                    new Change(Kind.ADDED, "added", 0),
                    new Change(Kind.CHANGED, "changed", 0),
                    new Change(Kind.ADDED, "log", 2),
                    new Change(Kind.REMOVED, "removed", 0))));
    assertThat(timed.diff(to, from).changes())
        .contains(new Change(Kind.REMOVED, "log", 2), new Change(Kind.ADDED, "removed", 0));
    assertThat(timed.diff(to, to).changes()).isEmpty();
  }

  @Test
  void aForkGoesItsOwnWay() {
    session.set("a", 1);
    session.appendAll("log", List.of(1, 2));
    session.removeLog("log");
    session.snapshot("not taken along");
    Session fork = session.fork(name());
    session.set("a", 2);
    fork.set("b", 3);
    assertThat(fork.keys()).containsExactly("a", "b");
    assertThat(fork.get("a", Integer.class)).isEqualTo(1);
    assertThat(fork.append("log", 3)).as("its numbers go on").isEqualTo(3);
    assertThat(fork.snapshots()).isEmpty();
    assertThat(session.keys()).containsExactly("a");
    assertThat(refusal(() -> session.fork(fork.name())))
        .hasMessageContaining("already. Fork under another name.");
    refusal(() -> session.fork(session.name()));
    assertThat(sessions.delete(session.name())).isTrue();
    assertThat(fork.get("a", Integer.class)).isEqualTo(1);
    assertThat(sessions.verify().problems()).isEmpty();
  }

  @Test
  void aForkBeginsAtAnyVersionThatIsKept() {
    Sessions all = timed(builder -> builder.history(HistoryWindow.FOREVER));
    Session timed = all.open(name(), Ttl.sliding(seconds(100)));
    timed.set("a", 1);
    timed.set("gone", 1, Ttl.of(seconds(5)));
    timed.snapshot("label");
    timed.set("a", 2);
    timed.snapshot("label");
    timed.set("a", 3);
    pass(5);
    Session fork = timed.fork(name(), 4);
    assertThat(fork.version()).isEqualTo(4);
    assertThat(fork.keys()).as("what has expired stays behind").containsExactly("a");
    assertThat(fork.get("a", Integer.class)).isEqualTo(2);
    assertThat(fork.snapshots()).as("nor does an old snapshot come along").isEmpty();
    refusal(() -> fork.at(3));
    fork.set("a", 9);
    assertThat(fork.at(4).get("a", Integer.class)).isEqualTo(2);
    refusal(() -> timed.fork(name(), 77));
    pass(200);
    assertThat(all.find(fork.name())).as("it lives as long as its origin").isEmpty();
  }

  @Test
  void aForkTakesThePlaceOfOneThatExpired() {
    Sessions all = timed();
    Session timed = all.open(name());
    timed.set("a", 1);
    String name = name();
    all.open(name, Ttl.of(seconds(1))).set("old", 1);
    pass(1);
    assertThat(timed.fork(name).keys()).containsExactly("a");
    assertThat(all.verify().problems()).isEmpty();
  }
}
