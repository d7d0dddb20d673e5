package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import ai.powertools.ratelimit.shared.Grant;
import ai.powertools.ratelimit.shared.SharedTake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told to a limiter about its places: pauses, other limits, how calls went; and what it
 * tells of them. Guarded by the gate's guard.
 */
final class Steering {
  /** Two answers about one pause differ by how long they were under way. */
  private static final long SAME_PAUSE = Duration.ofSeconds(1).toNanos();

  private final String name;
  private final Places places;
  private final Accounts accounts;
  private final Admission admission;
  private final Outbox outbox;
  private final Time time;

  Steering(
      GateSettings settings, Places places, Accounts accounts, Admission admission, Outbox outbox) {
    this.name = settings.name();
    this.time = settings.time();
    this.places = places;
    this.accounts = accounts;
    this.admission = admission;
    this.outbox = outbox;
  }

  /** Nobody passes a place for a while, and then slowly at first. */
  void backOff(Node node, Duration pause, long now) {
    long nanos = nanos(pause);
    if (nanos <= 0) {
      return;
    }
    node.pace(time).paused(node.inFlight);
    if (node.close(now + nanos)) {
      outbox.closed(node, nanos);
      if (node.supply != null) {
        node.supply.backOff(pause);
      }
    }
    admission.reconsider(node, now);
  }

  /** The provider refused a call. */
  void throttled(Permit permit, Duration retryAfter, long now) {
    permit.outcome(Outcome.THROTTLED);
    Node node = places.provider(permit.path);
    Pace pace = node.pace(time);
    if (pace.throttled(time.instant())) {
      node.repace(accounts.charges(), now);
    }
    boolean told = !retryAfter.isNegative() && !retryAfter.isZero();
    backOff(node, told ? retryAfter : pace.blindPause(permit.at, now), now);
  }

  /** A call has ended. */
  void ended(Permit permit, Outcome outcome, long now) {
    permit.outcome(outcome);
    outbox.ended(permit, now); // before those whom it lets through
    Node node = places.provider(permit.path);
    Pace pace = node.pace;
    try {
      if (pace != null
          && pace.ended(permit, permit.heldAt(now), permit.outcome(), time.instant())) {
        node.repace(accounts.charges(), now);
        admission.reconsider(node, now);
      }
    } finally {
      admission.comeBack(permit, now); // also when the user's control throws
    }
  }

  /** The provider said something about its limits. */
  void learn(Node node, Lesson lesson, long now) {
    if (node.supply == null) { // what is shared is what all processes were given
      change(node, lesson.limits(node.limits()), now);
    }
    node.refill(now);
    lesson.lower(node, accounts.inFlight());
    node.plan = null;
    lesson.report().retryAfter().ifPresent(pause -> backOff(node, pause, now));
    admission.reconsider(node, now);
  }

  /** Other limits for a place. */
  void change(Node node, Limits limits, long now) {
    if (node.supply != null) {
      throw new IllegalStateException(
          "The limits of limiter \"%s\" are shared with other processes: give all of them others when they start."
              .formatted(name));
    }
    if (!node.limits().equals(limits)) {
      node.change(limits, accounts.charges(), now);
      outbox.changed(node);
      admission.reconsider(node, now);
    }
  }

  /** How a place looks. */
  LimiterState state(Node node, long now) {
    admission.endLeases(now);
    node.refill(now);
    List<LimiterState.Level> levels = new ArrayList<>();
    for (Level level : node.levels()) {
      levels.add(new LimiterState.Level(level.limit(), level.units()));
    }
    return new LimiterState(
        levels,
        node.inFlight,
        node.ceiling(),
        node.coming,
        Duration.ofNanos(Math.max(0, node.closedUntil() - now)),
        places.count());
  }

  /** An answer has come from where shared limits are kept. */
  void answered(SharedTake take, @Nullable Grant grant, @Nullable Throwable failure, long now) {
    Node node = places.root();
    if (node.supply != null) {
      node.supply.answered(take, grant, failure, now);
    }
    if (grant != null && !grant.closedFor().isZero()) {
      long until = now + nanos(grant.closedFor());
      if (until > node.closedUntil() + SAME_PAUSE) {
        node.pace(time).paused(node.inFlight); // another process was refused
      }
      node.close(until);
      admission.reconsider(node, now);
    }
    admission.serve(node, now);
  }

  /** It is time to renew leases, or to give back what was not spent. */
  void sweep(long now) {
    Supply supply = places.root().supply;
    if (supply != null) {
      supply.sweep(now);
    }
  }

  private static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofNanos(Level.FAR)) >= 0 ? Level.FAR : duration.toNanos();
  }
}
