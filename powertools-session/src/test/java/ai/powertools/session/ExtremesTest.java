package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What nobody asks for on purpose: endless times, damaged ends, numbers that are taken. */
class ExtremesTest {
  private static final Duration ENDLESS = ChronoUnit.FOREVER.getDuration();

  private final VirtualClock clock = VirtualClock.create();
  private final MemorySessionStore store = new MemorySessionStore();

  private Sessions sessions() {
    return Sessions.builder().in(store).time(clock).open();
  }

  @Test
  void theLastMomentThereIsIsAfterTheLastVersion() {
    Session session =
        Sessions.builder().in(store).time(clock).history(HistoryWindow.FOREVER).open().open("a");
    session.set("x", 1);
    session.set("x", 2);
    assertThat(session.at(Instant.MAX).get("x", Integer.class)).isEqualTo(2);
    assertThatThrownBy(() -> session.at(Instant.MIN)).isInstanceOf(SessionException.class);
  }

  @Test
  void anEndlessHistoryKeepsAll() {
    Sessions sessions =
        Sessions.builder().in(store).time(clock).history(HistoryWindow.of(ENDLESS)).open();
    Session session = sessions.open("a");
    session.set("x", 1);
    session.set("x", 2);
    assertThat(sessions.sweep().past()).isZero();
    assertThat(session.at(1).get("x", Integer.class)).isEqualTo(1);
  }

  @Test
  void nothingIsOlderThanForEver() {
    Session session = sessions().open("a");
    session.append("log", 1);
    assertThat(session.trim("log", ENDLESS)).isZero();
    assertThat(session.size("log")).isEqualTo(1);
  }

  @Test
  void aLockEndsSomeDay() {
    Session session = sessions().open("a");
    assertThatThrownBy(() -> session.lock(ENDLESS)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.lock(Duration.ofDays(400_000_000_000L)))
        .isInstanceOf(IllegalArgumentException.class);
    try (SessionLock lock = session.lock(Duration.ofDays(365), ENDLESS)) {
      assertThatThrownBy(() -> lock.renew(ENDLESS)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatRunsAgainAndAgainNeedsAPause() {
    Sessions sessions = sessions();
    Session session = sessions.open("a");
    for (Duration none : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatThrownBy(() -> session.watch(none, change -> {}))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Sessions.builder().sweepEvery(none))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aNumberThatIsTakenIsNotGivenToAnotherSession() {
    Sessions sessions = sessions();
    Session first = sessions.open("first");
    Iterator<Long> numbers = List.of(first.id(), first.id(), first.id() + 1).iterator();
    long free = store.read(rows -> Ids.free(rows, numbers::next));
    assertThat(free).isEqualTo(first.id() + 1);
  }

  /** Without a look at what is taken, of so many about half a dozen would have shared theirs. */
  @Test
  void sessionsOfOneMomentEachHaveTheirOwn() {
    try (Store sql = Store.inMemory()) {
      Sessions sessions = Sessions.on(sql, clock);
      for (int i = 0; i < 4_000; i++) {
        sessions.open("session " + i);
      }
      assertThat(sessions.list()).hasSize(4_000);
      assertThat(sessions.verify().problems()).isEmpty();
    }
  }

  @Test
  void aDamagedEndOfALogDoesNotKeepOthersFromBeingSwept() {
    Sessions sessions = sessions();
    Session session = sessions.open("a");
    session.append("log", 1);
    session.removeLog("log");
    session.appendAll("log", List.of(2), Ttl.of(Duration.ofSeconds(1)));
    session.set("other", 1, Ttl.of(Duration.ofSeconds(1)));
    damageEnd(session);
    clock.advance(Duration.ofSeconds(2));
    assertThat(sessions.sweep().entries()).isEqualTo(2);
    assertThatThrownBy(() -> session.append("log", 3)).isInstanceOf(DamagedRecordException.class);
  }

  private void damageEnd(Session session) {
    store.write(
        rows -> {
          EntryRow end = rows.entry(session.id(), "log", Seq.END).orElseThrow();
          rows.put(Damage.record(end));
          return true;
        });
  }

  @Test
  void numbersThatWereGivenAreNotGivenAgainAfterARepair() {
    Sessions sessions = sessions();
    Session session = sessions.open("a");
    session.appendAll("log", List.of(1, 2));
    session.appendAll("log", List.of(3), Ttl.of(Duration.ofSeconds(1)));
    clock.advance(Duration.ofSeconds(2));
    sessions.sweep(); // the end of the log is known from its own row now
    store.write(
        rows -> {
          rows.put(Damage.record(rows.entry(session.id(), "log", 2).orElseThrow()));
          return true;
        });
    assertThat(sessions.setAside(sessions.verify()).entries()).isEqualTo(1);
    assertThat(session.append("log", 4)).isEqualTo(4);
    assertThat(sessions.verify().problems()).isEmpty();
  }

  @Test
  void aHeadWithTheLowestMomentIsDamagedAndNothingWorse() {
    Instant lowest = Instant.ofEpochSecond(-9_223_372_036_855L, 224_192_000);
    assertThat(Moments.number(lowest)).isEqualTo(Long.MIN_VALUE);
    assertThat(Moments.number(Moments.duration(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
    SessionRow head = head(sessions());
    SessionRow damaged =
        new SessionRow(
            head.id(),
            head.name(),
            lowest,
            head.touchedAt(),
            head.version(),
            head.lock(),
            head.expiresAt(),
            head.slide(),
            head.history(),
            head.contents(),
            head.seal());
    assertThat(Heads.isIntact(damaged)).isFalse();
  }

  private SessionRow head(Sessions sessions) {
    sessions.open("a");
    return store.read(rows -> rows.session("a").orElseThrow());
  }

  @Test
  void aConversationWhoseMessagesAreLostCanBeginAnew() {
    Sessions sessions = sessions();
    ChatMemories memories = ChatMemories.in(sessions);
    memories.update("u", List.of("a", "b"));
    sessions.open("chat:u").removeLog("messages");
    assertThatThrownBy(() -> memories.messages("u")).isInstanceOf(SessionException.class);
    memories.update("u", List.of());
    assertThat(memories.messages("u")).isEmpty();
  }

  @Test
  void whatLeftATransactionThatThrewCanNotBeUsed() {
    Session session = sessions().open("a");
    SessionTransaction[] leaked = new SessionTransaction[1];
    assertThatThrownBy(
            () ->
                session.transaction(
                    tx -> {
                      leaked[0] = tx;
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThatThrownBy(() -> leaked[0].set("x", 1)).hasMessageContaining("has ended");
  }
}
