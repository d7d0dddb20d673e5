package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Who may write, and who comes too late. */
abstract class SessionLocksContract extends SessionTimesContract {

  @Test
  void onlyTheHolderOfTheLockWrites() {
    Session timed = timed(builder -> builder.holder("machine 7")).open(name());
    timed.set("a", 1);
    try (SessionLock lock = timed.lock(seconds(10))) {
      Instant until = clock.instant().plusSeconds(10);
      SessionLockedException refused =
          catchThrowableOfType(SessionLockedException.class, () -> timed.set("a", 2));
      assertThat(refused)
          .hasMessageContaining("is locked by machine 7 until " + until)
          .hasMessageContaining("lock.session()");
      assertThat(refused.session()).isEqualTo(timed.name());
      assertThat(refused.holder()).isEqualTo("machine 7");
      assertThat(refused.until()).isEqualTo(until);
      assertThat(refused.retryable()).isTrue();
      assertThat(lock.expiresAt()).isEqualTo(until);
      assertThat(timed.get("a", Integer.class)).as("all may read").isEqualTo(1);
      lock.session().set("a", 3);
      lock.session().append("log", 1);
    }
    timed.set("b", 1);
    assertThat(timed.get("a", Integer.class)).isEqualTo(3);
  }

  @Test
  void theSecondOneWaitsUntilTheFirstLapses() {
    Session timed = timed().open(name());
    SessionLock first = timed.lock(seconds(10));
    assertThat(timed.tryLock(seconds(10))).isEmpty();
    assertThatThrownBy(() -> timed.lock(seconds(10), seconds(3)))
        .isInstanceOf(SessionLockedException.class);
    Instant before = clock.instant();
    SessionLock second = timed.lock(seconds(5), seconds(60));
    assertThat(Duration.between(before, clock.instant())).isLessThan(seconds(10));
    assertThat(clock.instant()).isAfterOrEqualTo(first.expiresAt());
    assertThat(second.token()).isGreaterThan(first.token());

    assertThatThrownBy(() -> first.session().set("a", 1))
        .isInstanceOf(StaleSessionException.class)
        .hasMessageContaining("token " + second.token() + " was given out since");
    assertThatThrownBy(() -> first.renew(seconds(5))).isInstanceOf(StaleSessionException.class);
    first.close(); // takes nothing from the second
    second.session().set("a", 2);
    assertThat(timed.keys()).containsExactly("a");
  }

  @Test
  void aLockThatLapsedIsGoodUntilSomebodyWrites() {
    Session timed = timed().open(name());
    SessionLock lock = timed.lock(seconds(5));
    pass(5);
    lock.session().set("a", 1);
    assertThat(timed.remove("nothing")).as("changes nothing, so breaks nothing").isFalse();
    lock.session().set("a", 2);
    timed.set("a", 3);
    StaleSessionException late =
        catchThrowableOfType(StaleSessionException.class, () -> lock.session().set("a", 4));
    assertThat(late).hasMessageContaining("it was given up, or lapsed and others wrote");
    assertThat(timed.get("a", Integer.class)).isEqualTo(3);
    assertThatThrownBy(() -> lock.renew(seconds(1))).isInstanceOf(StaleSessionException.class);
  }

  @Test
  void aLockIsRenewedFromNowOn() {
    Session timed = timed().open(name());
    SessionLock lock = timed.lock(seconds(5));
    pass(4);
    lock.renew(seconds(5));
    assertThat(lock.expiresAt()).isEqualTo(clock.instant().plusSeconds(5));
    pass(4);
    assertThatThrownBy(() -> timed.set("a", 1)).isInstanceOf(SessionLockedException.class);
    pass(2);
    lock.renew(seconds(5)); // lapsed, but nobody wrote
    assertThatThrownBy(() -> timed.set("a", 1)).isInstanceOf(SessionLockedException.class);
    lock.close();
    lock.close();
    assertThatThrownBy(() -> lock.session().set("a", 1)).isInstanceOf(StaleSessionException.class);
    timed.set("a", 1);
  }

  @Test
  void aLockOfNoTimeIsRefused() {
    assertThatThrownBy(() -> session.lock(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A lock of PT0S is none: ask for 1 ms or more, and 36525 days at most.");
    assertThatThrownBy(() -> session.tryLock(Duration.ofNanos(5)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyTurnUnderALockSeesWhatTheLastOneWrote() throws Exception {
    int threads = 3;
    int turns = 8;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      Future<?>[] done = new Future<?>[threads];
      for (int i = 0; i < threads; i++) {
        done[i] =
            executor.submit(
                () -> {
                  for (int turn = 0; turn < turns; turn++) {
                    try (SessionLock lock = session.lock(seconds(60), seconds(60))) {
                      int now = session.find("n", Integer.class).orElse(0);
                      lock.session().set("n", now + 1);
                    }
                  }
                });
      }
      for (Future<?> one : done) {
        one.get();
      }
    } finally {
      executor.shutdown();
    }
    assertThat(session.get("n", Integer.class)).isEqualTo(threads * turns);
  }

  @Test
  void aValueIsReplacedOnlyIfNobodyElseDidMeanwhile() {
    session.replace("a", "one", 0);
    Versioned<String> read = session.versioned("a", String.class).orElseThrow();
    assertThat(read.value()).isEqualTo("one");
    session.replace("a", "two", read.version());

    StaleSessionException late =
        catchThrowableOfType(
            StaleSessionException.class, () -> session.replace("a", "three", read.version()));
    assertThat(late)
        .hasMessageContaining("is of version 2 now, not of 1")
        .hasMessageNotContaining("two");
    assertThat(late.session()).isEqualTo(session.name());
    assertThatThrownBy(() -> session.replace("a", "x", 0))
        .isInstanceOf(StaleSessionException.class);
    session.remove("a");
    assertThatThrownBy(() -> session.replace("a", "x", 2))
        .isInstanceOf(StaleSessionException.class);
    assertThat(session.find("a", String.class)).isEqualTo(Optional.empty());
  }

  @Test
  void anUpdateDecidesAnewWhenSomebodyElseWasQuicker() {
    session.set("n", 1);
    int[] calls = new int[1];
    int kept =
        session.update(
            "n",
            Integer.class,
            now -> {
              if (calls[0]++ == 0) {
                sessions.open(session.name()).set("n", 10);
              }
              return now.orElseThrow() + 1;
            });
    assertThat(kept).isEqualTo(11);
    assertThat(calls[0]).isEqualTo(2);
  }

  @Test
  void aTransactionIsKeptWholeOrNotAtAll() {
    session.set("a", 1);
    session.append("log", 1);
    long version = session.version();
    assertThatThrownBy(
            () ->
                session.transaction(
                    tx -> {
                      tx.set("a", 2);
                      tx.set("b", 2);
                      tx.append("log", 2);
                      tx.trim("log", 1);
                      tx.replace("a", 3, 77);
                      return true;
                    }))
        .isInstanceOf(StaleSessionException.class);
    assertThat(session.keys()).containsExactly("a");
    assertThat(session.log("log", Integer.class)).containsExactly(1);
    assertThat(session.version()).isEqualTo(version);

    SessionTransaction[] leaked = new SessionTransaction[1];
    int seen =
        session.transaction(
            tx -> {
              leaked[0] = tx;
              assertThat(tx.name()).isEqualTo(session.name());
              assertThat(tx.version()).isEqualTo(version);
              tx.set("a", 2);
              assertThat(tx.version()).isEqualTo(version + 1);
              tx.append("log", 2);
              assertThat(tx.size("log")).isEqualTo(2);
              assertThat(tx.logs()).containsExactly("log");
              assertThat(tx.page("log", 2, 9, Integer.class)).hasSize(1);
              tx.removeLog("log");
              assertThat(tx.append("log", 3)).isEqualTo(3);
              return tx.get("a", Integer.class);
            });
    assertThat(seen).isEqualTo(2);
    assertThat(session.version()).isEqualTo(version + 1);
    assertThat(session.log("log", Integer.class)).containsExactly(3);
    assertThat(refusal(() -> leaked[0].set("a", 9))).hasMessageContaining("has ended");
  }
}
