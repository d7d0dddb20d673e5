package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.CancelledException;
import ai.powertools.store.StoreException.Kind;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One holder at a time, on every database. */
abstract class LeasesContract extends OpenStore {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofHours(1);

  final VirtualClock clock = VirtualClock.create();
  Leases leases;

  @BeforeEach
  void makeLeases() {
    leases = Leases.of(store, clock);
  }

  @Test
  void oneHasItUntilItIsReleased() {
    Lease mine = leases.tryAcquire("job", "me", TTL).orElseThrow();

    assertThat(mine.name()).isEqualTo("job");
    assertThat(mine.holder()).isEqualTo("me");
    assertThat(mine.expiresAt()).isEqualTo(clock.instant().plus(TTL));
    assertThat(mine.isHeld()).isTrue();
    assertThat(leases.tryAcquire("job", "you", TTL)).isEmpty();
    assertThat(leases.tryAcquire("job", "me", TTL)).as("not even the same again").isEmpty();
    assertThat(leases.tryAcquire("other job", "you", TTL)).isPresent();

    mine.release();
    assertThat(mine.isHeld()).isFalse();
    Lease yours = leases.tryAcquire("job", "you", TTL).orElseThrow();
    mine.release();
    mine.close();
    assertThat(yours.isHeld()).as("a release of what is over takes nothing away").isTrue();
  }

  @Test
  void isTakenByAnotherOnceItHasExpired() {
    Lease mine = leases.tryAcquire("job", "me", TTL).orElseThrow();
    clock.advance(TTL.minusNanos(1_000));
    assertThat(leases.tryAcquire("job", "you", TTL)).isEmpty();
    clock.advance(Duration.ofNanos(1_000));
    assertThat(mine.isHeld()).isFalse();

    Lease yours = leases.tryAcquire("job", "you", TTL).orElseThrow();
    assertThat(yours.token()).isGreaterThan(mine.token());
    LeaseLostException lost = catchThrowableOfType(LeaseLostException.class, () -> mine.renew(TTL));
    assertThat(lost)
        .hasMessage(
            ("Lease \"job\" (token %d) of \"me\" is lost: \"you\" has token %d."
                    + " Stop what it protects, and acquire it anew.")
                .formatted(mine.token(), yours.token()))
        .returns("job", LeaseLostException::name)
        .returns(mine.token(), LeaseLostException::token)
        .returns(false, LeaseLostException::retryable);
    assertThat(lost.successor()).map(LeaseInfo::holder).hasValue("you");
    mine.release();
    assertThat(yours.isHeld()).isTrue();
  }

  @Test
  void isRenewedFromNowOnAlsoWhenItHadExpiredAndNobodyTookIt() {
    Lease mine = leases.tryAcquire("job", "me", TTL).orElseThrow();
    clock.advance(TTL.multipliedBy(2));
    mine.renew(TTL);

    assertThat(mine.expiresAt()).isEqualTo(clock.instant().plus(TTL));
    assertThat(mine.isHeld()).isTrue();
    assertThat(leases.tryAcquire("job", "you", TTL)).isEmpty();
  }

  @Test
  void isNotRenewedAfterItWasReleased() {
    Lease mine = leases.tryAcquire("job", "me", TTL).orElseThrow();
    mine.release();
    assertThatThrownBy(() -> mine.renew(TTL))
        .isInstanceOf(LeaseLostException.class)
        .hasMessageContaining("of \"me\" is lost: it was released.");
    assertThatThrownBy(() -> store.update(mine::check)).isInstanceOf(LeaseLostException.class);
  }

  @Test
  void whoLostItCanNotWrite() {
    Lease mine = leases.tryAcquire("job", "me", TTL).orElseThrow();
    store.update(sql -> writeUnder(mine, sql, "in time"));
    clock.advance(TTL);
    store.update(sql -> writeUnder(mine, sql, "late, but nobody minds"));
    Lease yours = leases.tryAcquire("job", "you", TTL).orElseThrow();

    assertThatThrownBy(() -> store.update(sql -> writeUnder(mine, sql, "stale")))
        .isInstanceOf(LeaseLostException.class);
    store.update(sql -> writeUnder(yours, sql, "fresh"));
    assertThat(texts()).containsExactly("in time", "late, but nobody minds", "fresh");
    assertThat(kind(() -> store.read(sql -> check(yours, sql)))).isEqualTo(Kind.MISUSE);
  }

  private static void writeUnder(Lease lease, Sql sql, String text) {
    insert(sql, text);
    lease.check(sql); // last: what was written before it is undone as well
  }

  private static int check(Lease lease, Sql sql) {
    lease.check(sql);
    return 1;
  }

  @Test
  void tokensGrowWhateverHappensInBetween() {
    long last = 0;
    for (int i = 0; i < 20; i++) {
      Lease lease = leases.tryAcquire("job", "holder " + i, TTL).orElseThrow();
      assertThat(lease.token()).isGreaterThan(last);
      last = lease.token();
      switch (i % 3) {
        case 0 -> lease.release();
        case 1 -> clock.advance(TTL);
        default -> {
          lease.close();
          increment(store);
        }
      }
    }
  }

  @Test
  void showsWhoHasWhat() {
    assertThat(leases.list()).isEmpty();
    assertThat(leases.look("b")).isEmpty();
    Lease b = leases.tryAcquire("b", "me", TTL).orElseThrow();
    Lease a = leases.tryAcquire("a", "you", LONG).orElseThrow();
    clock.advance(TTL);

    assertThat(leases.look("b"))
        .as("expired, but not taken")
        .hasValue(new LeaseInfo("b", "me", b.token(), b.expiresAt()));
    assertThat(leases.list())
        .containsExactly(
            new LeaseInfo("a", "you", a.token(), a.expiresAt()), leases.look("b").orElseThrow());
    b.release();
    assertThat(leases.list()).hasSize(1);
  }

  @Test
  void refusesNonsense() {
    for (Duration ttl : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(366))) {
      assertThatThrownBy(() -> leases.tryAcquire("job", "me", ttl))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A lease lasts longer than nothing and at most 365 days, not " + ttl + ".");
    }
    assertThatThrownBy(() -> leases.tryAcquire(" ", "me", TTL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A lease needs a name and a holder.");
    assertThatThrownBy(() -> leases.acquire("job", "", TTL, TTL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> leases.acquire("job", "me", TTL, Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Patience must not be negative: PT-1S");
    Lease mine = leases.tryAcquire("job", "me", TTL).orElseThrow();
    assertThatThrownBy(() -> mine.renew(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoWaitsIsToldByAReleaseOfThisProcessAtOnce() throws Exception {
    Lease mine = leases.tryAcquire("job", "me", LONG).orElseThrow();
    Waiting waiting = new Waiting("job", LONG);
    waiting.awaitPause();
    Leases.of(store, clock).tryAcquire("other job", "me", TTL).orElseThrow().release();
    mine.release(); // the clock stands still

    assertThat(waiting.lease().token()).isGreaterThan(mine.token());
    assertThat(clock.pending()).as("no alarm is left").isZero();
  }

  @Test
  void whoWaitsFindsWhatAnotherProcessReleased() throws Exception {
    assertThat(leases.tryAcquire("job", "me", LONG)).isPresent();
    Waiting waiting = new Waiting("job", LONG);
    waiting.awaitPause();
    store.update(sql -> sql.execute("DELETE FROM store_lease"));
    clock.advance(Duration.ofMillis(250));

    assertThat(waiting.lease().holder()).isEqualTo("waiting");
  }

  @Test
  void whoWaitsHasItWhenItExpires() throws Exception {
    assertThat(leases.tryAcquire("job", "me", Duration.ofMillis(3))).isPresent();
    Waiting waiting = new Waiting("job", LONG);
    waiting.awaitPause();
    clock.advance(Duration.ofMillis(3));

    assertThat(waiting.lease().holder()).isEqualTo("waiting");
  }

  @Test
  void whoWaitsTooLongIsToldWhoHasIt() {
    VirtualClock fast = VirtualClock.autoAdvancing();
    Lease mine = Leases.of(store, fast).tryAcquire("job", "me", LONG).orElseThrow();
    LeaseHeldException held =
        catchThrowableOfType(
            LeaseHeldException.class, () -> leases.acquire("job", "you", TTL, Duration.ZERO));

    assertThat(held)
        .hasMessage(
            ("Lease \"job\" could not be had within PT0S: \"me\" holds it until"
                    + " 2026-01-01T01:00:00Z (token %d). Wait longer, or look after that holder.")
                .formatted(mine.token()))
        .returns("job", LeaseHeldException::name)
        .returns("me", LeaseHeldException::holder)
        .returns(mine.expiresAt(), LeaseHeldException::expiresAt)
        .returns(true, LeaseHeldException::retryable);
  }

  @Test
  void patienceEnds() throws Exception {
    assertThat(leases.tryAcquire("job", "me", LONG)).isPresent();
    Waiting waiting = new Waiting("job", Duration.ofMillis(5));
    waiting.awaitPause();
    clock.advance(Duration.ofMillis(5));
    while (waiting.thread.isAlive()) {
      clock.advanceToNext(); // it may look once more before its time is over
    }
    assertThat(waiting.failure()).isInstanceOf(LeaseHeldException.class);
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    assertThat(leases.tryAcquire("job", "me", LONG)).isPresent();
    Waiting waiting = new Waiting("job", LONG);
    waiting.awaitPause();
    waiting.thread.interrupt();

    assertThat(waiting.failure())
        .isInstanceOf(CancelledException.class)
        .hasMessage("Interrupted while waiting for lease \"job\".");
    assertThat(waiting.flag).as("the flag is restored").isTrue();
    assertThat(clock.pending()).as("no alarm is left").isZero();
  }

  /** A thread that waits for a lease. */
  private final class Waiting {
    private final AtomicReference<Lease> lease = new AtomicReference<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean flag;
    private final Thread thread;

    Waiting(String name, Duration patience) {
      thread =
          new Thread(
              () -> {
                try {
                  lease.set(leases.acquire(name, "waiting", TTL, patience));
                } catch (Throwable e) {
                  failure.set(e);
                  flag = Thread.currentThread().isInterrupted();
                }
              });
      thread.start();
    }

    void awaitPause() {
      while (clock.pending() == 0) {
        Thread.onSpinWait();
      }
    }

    Lease lease() throws InterruptedException {
      thread.join();
      assertThat(failure.get()).isNull();
      return lease.get();
    }

    Throwable failure() throws InterruptedException {
      thread.join();
      return failure.get();
    }
  }

  @Test
  void neverHaveTwoAValidTokenAtOnce() throws Exception {
    Leases real = store.leases();
    assertThat(store.leases()).isSameAs(real);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger turns = new AtomicInteger();
    WritersContract.inThreads(
        6,
        () -> {
          String me = Thread.currentThread().getName();
          for (int i = 0; i < 15; i++) {
            try (Lease lease = real.acquire("counter", me, LONG, LONG)) {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              long before = count(store); // read apart from the write: only the lease protects it
              store.update(
                  sql -> {
                    lease.check(sql);
                    sql.execute(
                        "INSERT INTO counter (name, value) VALUES ('c', ?)"
                            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        before + 1);
                  });
              inside.decrementAndGet();
              turns.incrementAndGet();
            }
          }
        });
    assertThat(most).hasValue(1);
    assertThat(turns).hasValue(90);
    assertThat(count(store)).isEqualTo(90);
  }

  @Test
  void whateverExpiresInBetweenStaleOnesNeverCount() throws Exception {
    AtomicInteger lost = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    WritersContract.inThreads(
        4,
        () -> {
          for (int i = 0; i < 25; i++) {
            Optional<Lease> taken = leases.tryAcquire("counter", "any", Duration.ofMillis(1));
            long before = count(store);
            clock.advance(Duration.ofMillis(1)); // over; the next one may take it at any time
            if (taken.isPresent()) {
              try {
                store.update(
                    sql -> {
                      taken.get().check(sql);
                      set(sql, before + 1);
                    });
                done.incrementAndGet();
              } catch (LeaseLostException e) {
                lost.incrementAndGet();
              }
            }
          }
        });
    // A token that still counts is the newest, so nobody wrote since it was given out.
    assertThat(count(store)).isEqualTo(done.get());
    assertThat(done.get()).isPositive();
    System.out.printf(
        "%s: %d writes kept, %d stale ones refused%n", getClass(), done.get(), lost.get());
  }

  private static void set(Sql sql, long value) {
    sql.execute(
        "INSERT INTO counter (name, value) VALUES ('c', ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        value);
  }
}
