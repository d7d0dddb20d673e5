package ai.powertools.session;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Time;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Locks of sessions: leases that are kept in their heads, with a token that only ever grows. */
final class Locks {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(36_525);
  private static final long LONGEST_PAUSE_MICROS = 20_000;

  private final SessionStore store;
  private final Time time;
  private final String holder;

  Locks(SessionStore store, Time time, String holder) {
    this.store = store;
    this.time = time;
    this.holder = holder;
  }

  /** A lock that was got. */
  record Grant(long token, Instant until) {}

  /**
   * The head to write with under that token.
   *
   * @param token 0 for none
   * @throws SessionLockedException if somebody else holds the lock
   * @throws StaleSessionException if the token is not the newest one, or was given up
   */
  static SessionRow admit(SessionRow head, long token, Instant now) {
    SessionRow.Lock lock = head.lock();
    if (token != 0) {
      if (lock.fence() != token || lock.until().isEmpty()) {
        throw stale(head.name(), token, lock);
      }
      return head;
    }
    if (lock.until().isEmpty()) {
      return head;
    }
    if (lock.until().get().isAfter(now)) {
      throw locked(head, lock);
    }
    // Whoever held it let it lapse, and must not write over what is written now.
    return Heads.locked(head, new SessionRow.Lock(lock.fence(), "", Optional.empty()));
  }

  /** Tries once; empty when somebody else holds it. */
  Optional<Grant> tryAcquire(String session, long id, Duration lease) {
    check(lease);
    return store.write(
        rows -> {
          SessionRow head = Heads.intact(Access.existing(rows, session, id, now()));
          SessionRow.Lock lock = head.lock();
          if (lock.until().isPresent() && lock.until().get().isAfter(now())) {
            return Optional.empty();
          }
          Instant until = Moments.micros(now().plus(lease));
          long token = lock.fence() + 1;
          rows.put(Heads.locked(head, new SessionRow.Lock(token, holder, Optional.of(until))));
          return Optional.of(new Grant(token, until));
        });
  }

  /** Waits for it. */
  Grant acquire(String session, long id, Duration lease, Duration patience) {
    long start = time.nanos();
    for (int tries = 1; ; tries++) {
      Optional<Grant> grant = tryAcquire(session, id, lease);
      if (grant.isPresent()) {
        return grant.get();
      }
      if (time.since(start).compareTo(patience) >= 0) {
        SessionRow head =
            store.read(rows -> Heads.intact(Access.existing(rows, session, id, now())));
        if (Moments.isOver(head.lock().until(), now()) || head.lock().until().isEmpty()) {
          continue; // given up just now
        }
        throw locked(head, head.lock());
      }
      pause(tries);
    }
  }

  Instant renew(String session, long id, long token, Duration lease) {
    check(lease);
    return store.write(
        rows -> {
          SessionRow head = Heads.intact(Access.existing(rows, session, id, now()));
          SessionRow mine = admit(head, token, now());
          Instant until = Moments.micros(now().plus(lease));
          rows.put(
              Heads.locked(
                  mine, new SessionRow.Lock(token, mine.lock().holder(), Optional.of(until))));
          return until;
        });
  }

  void release(String session, long id, long token) {
    store.write(
        rows -> {
          Optional<SessionRow> head = rows.session(session);
          if (head.isPresent() && head.get().id() == id && isHeldBy(head.get(), token)) {
            rows.put(
                Heads.locked(
                    Heads.intact(head.get()), new SessionRow.Lock(token, "", Optional.empty())));
          }
          return true;
        });
  }

  private static boolean isHeldBy(SessionRow head, long token) {
    return head.lock().fence() == token && head.lock().until().isPresent();
  }

  private Instant now() {
    return time.instant();
  }

  private static void check(Duration lease) {
    if (lease.compareTo(SHORTEST) < 0 || lease.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A lock of " + lease + " is none: ask for 1 ms or more, and 36525 days at most.");
    }
  }

  /** A random while, longer on average each time, so that those who wait fall out of step. */
  private void pause(int tries) {
    long most = Math.min(LONGEST_PAUSE_MICROS, 500L << Math.min(tries, 16));
    try {
      time.sleep(Duration.ofNanos((ThreadLocalRandom.current().nextLong(most) + 1) * 1_000));
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("waiting for the lock of a session", e);
    }
  }

  private static SessionLockedException locked(SessionRow head, SessionRow.Lock lock) {
    Instant until = lock.until().orElse(Instant.EPOCH);
    return new SessionLockedException(
        head.name(),
        lock.holder(),
        until,
        "Session \"%s\" is locked by %s until %s. Write through the session of the lock that you hold (lock.session()), or wait for it with lock()."
            .formatted(head.name(), lock.holder(), until));
  }

  private static StaleSessionException stale(String session, long token, SessionRow.Lock lock) {
    return StaleSessionException.byToken(
        session,
        "The lock of session \"%s\" with token %d is over: %s. Nothing was written. Take the lock again, and read again."
            .formatted(
                session,
                token,
                lock.fence() == token
                    ? "it was given up, or lapsed and others wrote"
                    : "token " + lock.fence() + " was given out since"));
  }
}
