package ai.powertools.router;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether one model may be asked: a circuit of three states. Lock-free; every call that is let in
 * gets an {@link Entry} and must leave by {@link #succeeded}, {@link #failed} or {@link #left}.
 */
final class Health {
  private final Cooldown cooldown;
  private final AtomicReference<State> state = new AtomicReference<>(State.READY);

  Health(Cooldown cooldown) {
    this.cooldown = cooldown;
  }

  enum Phase {
    READY,
    COOLING,
    OUT
  }

  /**
   * How it is.
   *
   * @param failures in a row while ready
   * @param times it was left alone in a row
   * @param until when, by the clock's nanoseconds, while cooling
   * @param probing whether a probe is under way
   * @param epoch changes with the phase, so that a call that was let in before does not count
   * @param why what the last failure was
   */
  record State(
      Phase phase, int failures, int times, long until, boolean probing, long epoch, String why) {
    static final State READY = new State(Phase.READY, 0, 0, 0, false, 0, "");

    State probing(boolean under) {
      return new State(phase, failures, times, until, under, epoch, why);
    }
  }

  /** A call that was let in. */
  record Entry(long epoch, boolean probe) {}

  State state() {
    return Objects.requireNonNull(state.get());
  }

  /** Lets a call in, or not: null. */
  @Nullable Entry enter(long now) {
    while (true) {
      State seen = state();
      if (seen.phase() == Phase.READY) {
        return new Entry(seen.epoch(), false);
      }
      if (seen.phase() == Phase.OUT || seen.probing() || now - seen.until() < 0) {
        return null;
      }
      if (state.compareAndSet(seen, seen.probing(true))) {
        return new Entry(seen.epoch(), true);
      }
    }
  }

  /** While a probe is under way, it may be over any time. */
  private static final Duration PROBED = Duration.ofMillis(20);

  /** How long until a call may be let in; zero now; null if never, unless it is reinstated. */
  @Nullable Duration untilOpen(long now) {
    State seen = state();
    return switch (seen.phase()) {
      case READY -> Duration.ZERO;
      case OUT -> null;
      case COOLING -> seen.probing() ? PROBED : Duration.ofNanos(Math.max(0, seen.until() - now));
    };
  }

  /** It answered. */
  void succeeded(Entry entry) {
    while (true) {
      State seen = state();
      if (seen.epoch() != entry.epoch() || (seen.phase() == Phase.READY && seen.failures() == 0)) {
        return;
      }
      long epoch = seen.phase() == Phase.READY ? seen.epoch() : seen.epoch() + 1;
      if (state.compareAndSet(seen, new State(Phase.READY, 0, 0, 0, false, epoch, ""))) {
        return;
      }
    }
  }

  /** The call ended in a way that says nothing of the model. */
  void left(Entry entry) {
    while (entry.probe()) {
      State seen = state();
      if (seen.epoch() != entry.epoch() || state.compareAndSet(seen, seen.probing(false))) {
        return;
      }
    }
  }

  /**
   * It failed.
   *
   * @param retryAfter how long it asks to wait; null if it does not say
   * @return whether it is left alone, or out, because of this
   */
  @SuppressWarnings("ReferenceEquality") // the very state that was seen
  boolean failed(
      Entry entry, Severity severity, @Nullable Duration retryAfter, String why, long now) {
    while (true) {
      State seen = state();
      State next = next(seen, entry, severity, retryAfter, why, now);
      if (next.equals(seen)) {
        return false;
      }
      if (state.compareAndSet(seen, next)) {
        return next.epoch() != seen.epoch();
      }
    }
  }

  /** How bad a failure is. */
  enum Severity {
    /** It may pass; several in a row are needed. */
    PASSING,
    /** The model says that it is busy. */
    BUSY,
    /** The account has nothing left. */
    QUOTA,
    /** It won't get better by itself. */
    LASTING
  }

  private State next(
      State seen,
      Entry entry,
      Severity severity,
      @Nullable Duration retryAfter,
      String why,
      long now) {
    if (seen.phase() == Phase.OUT) {
      return seen;
    }
    boolean stale = seen.epoch() != entry.epoch();
    if (stale && seen.phase() == Phase.READY) {
      return seen; // it answered since, or somebody has put it right
    }
    if (severity == Severity.LASTING) {
      return new State(Phase.OUT, 0, seen.times(), 0, false, seen.epoch() + 1, why);
    }
    if (stale) {
      return stale(seen, retryAfter, now);
    }
    int failures = seen.failures() + 1;
    if (seen.phase() == Phase.READY
        && severity == Severity.PASSING
        && failures < cooldown.failures()) {
      return new State(Phase.READY, failures, seen.times(), 0, false, seen.epoch(), why);
    }
    Duration begin = severity == Severity.QUOTA ? cooldown.quota() : cooldown.first();
    Duration lasting = cooldown.lasting(begin, seen.times());
    if (retryAfter != null && (seen.times() == 0 || retryAfter.compareTo(lasting) > 0)) {
      lasting = retryAfter;
    }
    return new State(
        Phase.COOLING,
        failures,
        seen.times() + 1,
        now + lasting.toNanos(),
        false,
        seen.epoch() + 1,
        why);
  }

  /** A call from before the cooldown failed as well: no news, unless the vendor wants longer. */
  private static State stale(State seen, @Nullable Duration retryAfter, long now) {
    if (seen.phase() != Phase.COOLING || retryAfter == null) {
      return seen;
    }
    long until = now + retryAfter.toNanos();
    return until - seen.until() <= 0
        ? seen
        : new State(
            seen.phase(),
            seen.failures(),
            seen.times(),
            until,
            seen.probing(),
            seen.epoch(),
            seen.why());
  }

  /** Lets it be asked again, whatever was. */
  void reinstate() {
    while (true) {
      State seen = state();
      if (state.compareAndSet(seen, new State(Phase.READY, 0, 0, 0, false, seen.epoch() + 1, ""))) {
        return;
      }
    }
  }
}
