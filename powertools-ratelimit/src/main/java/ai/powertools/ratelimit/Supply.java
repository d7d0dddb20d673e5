package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import ai.powertools.ratelimit.shared.Grant;
import ai.powertools.ratelimit.shared.OnFailure;
import ai.powertools.ratelimit.shared.Outage;
import ai.powertools.ratelimit.shared.SharedTake;
import ai.powertools.ratelimit.shared.Slices;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a limiter takes from limits that several processes share: it asks for the head of its line,
 * and holds what was granted until the head goes. Guarded by the gate's guard; the server is asked
 * outside of it.
 *
 * @implNote At most one question is under way. Without a limit to calls at once it asks for a slice
 *     besides, from which calls go without asking; with one each call asks, since it needs a place
 *     of its own. While the server is away it goes by what {@link OnFailure} says.
 */
final class Supply {
  private static final Duration FIRST_LOOK = Duration.ofMillis(20);
  private static final Duration LAST_LOOK = Duration.ofMillis(250);

  private final String limiter;
  private final String key;
  private final Limits limits;
  private final Sharing sharing;
  private final Time time;
  private final Bell bell;
  private final Wire wire;
  private final Slices slices;
  private final OwnShare ownShare;
  private final Outage outage = Outage.create();
  private final String process = UUID.randomUUID().toString();
  private final Set<String> leases = new LinkedHashSet<>();

  private @Nullable Held held;
  private boolean asking;
  private boolean renewing;
  private boolean sweeping;
  private long nextLook;
  private Duration look = FIRST_LOOK;
  private long leaseNumber;
  private @Nullable Throwable failure;

  /** Until when the server has said, last, that there is not enough. */
  private long noUntil = Long.MIN_VALUE;

  private LastRefusal lastRefusal = new LastRefusal(Map.of(), Refusal.UNREACHABLE, "");

  /** Called outside of the guard, takes it. */
  interface Bell extends Wire.Listener {
    /** It is time to renew leases, or to give back what was not spent. */
    void sweep();
  }

  Supply(GateSettings settings, GateSettings.SharedBy shared, Outbox outbox, Bell bell) {
    this.limiter = settings.name();
    this.limits = settings.limits();
    this.time = settings.time();
    this.key = shared.key();
    this.sharing = shared.sharing();
    this.bell = bell;
    this.wire = new Wire(shared, limits, time, outbox);
    this.ownShare = new OwnShare(limits, sharing.localShare());
    double slice = limits.concurrency().isPresent() ? 0 : sharing.slice();
    this.slices = Slices.of(key, limits, slice, Slices.of(key, limits).lifetime());
  }

  /** How long a decision may take beyond a caller's patience. */
  Duration grace() {
    return sharing.answerWithin().multipliedBy(2);
  }

  /** Whether a call may go without asking. */
  boolean covers(Amounts amounts, long now) {
    if (outage.isAway()) {
      return switch (sharing.onFailure()) {
        case REFUSE -> false;
        case ALLOW -> true;
        case LOCAL_SHARE -> ownShare.covers(amounts, now);
      };
    }
    Held reserved = held;
    if (reserved != null && reserved.from() <= now && reserved.covers(amounts)) {
      return true;
    }
    return limits.concurrency().isEmpty() && slices.covers(counted(amounts), now);
  }

  /**
   * Takes what {@link #covers} said is there.
   *
   * @param permit whose lease and stamp it becomes; null when nothing will come back
   */
  void take(@Nullable Permit permit, Amounts amounts, long now) {
    if (outage.isAway()) {
      ownShare.take(amounts, now);
      probe(now);
      return;
    }
    Held reserved = held;
    if (reserved != null && reserved.from() <= now && reserved.covers(amounts)) {
      held = null;
      wire.giveBack(reserved.without(amounts), reserved.stamp());
      mark(permit, reserved.stamp(), reserved.lease());
    } else {
      long stamp = slices.stamp();
      slices.take(counted(amounts), now);
      mark(permit, stamp, "");
    }
  }

  private void mark(@Nullable Permit permit, long stamp, String lease) {
    if (permit != null) {
      permit.grant = new SharedGrant(stamp, lease);
    }
    if (!lease.isEmpty()) {
      if (permit == null) {
        wire.release(lease);
      } else {
        leases.add(lease);
        renewInTime();
      }
    }
  }

  /** What a permit has from the server. */
  record SharedGrant(long stamp, String lease) {}

  /** A permit is charged something else than before. */
  void correct(Permit permit, Amounts before, long now) {
    SharedGrant grant = permit.grant;
    Amounts after = permit.charged();
    if (grant == null) {
      return; // it was let through while the server was away
    }
    Map<Dimension, Long> less = new HashMap<>();
    Map<Dimension, Long> more = new HashMap<>();
    for (Dimension dimension : slices.dimensions()) {
      long difference =
          after.of(dimension.slot(), dimension) - before.of(dimension.slot(), dimension);
      if (difference < 0) {
        less.put(dimension, -difference);
      } else if (difference > 0) {
        more.put(dimension, difference);
      }
    }
    if (!less.isEmpty() && !slices.giveBack(slices.counted(less), grant.stamp(), now)) {
      wire.giveBack(less, grant.stamp());
    }
    if (!more.isEmpty()) {
      wire.chargeMore(more);
    }
  }

  /** Looks whether the server is there again, with a question that takes nothing. */
  private void probe(long now) {
    if (!asking && outage.mayAsk(now)) {
      ask(SharedTake.of(key, limits, amounts(Amounts.NOTHING)));
    }
  }

  private void ask(SharedTake take) {
    asking = true;
    wire.ask(take, bell);
  }

  /** A permit has come back. */
  void ended(Permit permit) {
    SharedGrant grant = permit.grant;
    if (grant != null && !grant.lease().isEmpty() && leases.remove(grant.lease())) {
      wire.release(grant.lease());
      look = FIRST_LOOK;
      nextLook = 0; // the head of our own line may have the place
    }
  }

  void backOff(Duration pause) {
    wire.backOff(pause);
  }

  /** When the head of the line should be looked at again; never while an answer is awaited. */
  long openAt(Amounts amounts, long now) {
    if (outage.isAway() && !asking) {
      if (sharing.onFailure() == OnFailure.LOCAL_SHARE) {
        return Math.min(ownShare.openAt(amounts, now), probeAt(now));
      }
      return probeAt(now);
    }
    Held reserved = held;
    if (reserved != null && reserved.covers(amounts)) {
      return Math.max(now, reserved.from());
    }
    return asking ? Level.NEVER : Math.max(now + 1, nextLook);
  }

  private long probeAt(long now) {
    return now + Math.max(FIRST_LOOK.toNanos(), outage.probeIn(now).toNanos());
  }

  /**
   * Asks for what the head of the line needs, if that is due.
   *
   * @return why the head has to go instead; null when it may stay
   */
  @Nullable RateLimitExceededException ask(Waiter head, long now) {
    Held reserved = held;
    if (asking || (reserved != null && reserved.covers(head.amounts()))) {
      return null;
    }
    if (!outage.isAway()) {
      if (now < nextLook && !lastRefusal.isNewsFor(head.amounts())) {
        return lastRefusal.refusal(limiter, head, nextLook, now);
      }
    } else if (!outage.mayAsk(now)) { // who may, has to: it counts as a probe that is under way
      return withoutServer(head, now);
    }
    drop();
    question(head, now);
    return null;
  }

  /** Why somebody has to go while the server does not answer; null when it may stay. */
  @Nullable RateLimitExceededException withoutServer(Waiter head, long now) {
    if (sharing.onFailure() == OnFailure.REFUSE) {
      Throwable cause = failure == null ? new TimeoutException() : failure;
      return RateLimitExceededException.unreachable(limiter, head.demand, label(), cause);
    }
    long at = ownShare.openAt(head.amounts(), now);
    if (sharing.onFailure() == OnFailure.ALLOW || at <= head.patienceEnd()) {
      return null;
    }
    return RateLimitExceededException.tooLate(
        limiter,
        head.demand,
        Duration.ofNanos(head.allowed),
        "this process's own share, since " + label() + " cannot be reached",
        Duration.ofNanos(at - now));
  }

  /** Whether the server has not said since then that there is not enough. */
  boolean isSilent(long since) {
    return noUntil < since;
  }

  /** It has not said anything for as long as a decision may take. */
  void givenUp(long now) {
    outage.silent(now);
  }

  private void question(Waiter head, long now) {
    long left = Math.max(0, head.since + head.allowed - now);
    Duration patience = head.allowed >= Level.FAR ? sharing.lease() : Duration.ofNanos(left);
    if (limits.concurrency().isPresent()) {
      leaseNumber++;
      ask(
          SharedTake.of(key, limits, amounts(head.amounts()))
              .within(patience)
              .holding(process + "-" + leaseNumber, sharing.lease()));
    } else {
      slices.next(counted(head.amounts()), patience, now).ifPresent(this::ask);
    }
  }

  /** An answer has come. */
  void answered(SharedTake take, @Nullable Grant grant, @Nullable Throwable problem, long now) {
    asking = false;
    if (limits.concurrency().isEmpty()) {
      slices
          .answered(take, Optional.ofNullable(grant), now)
          .ifPresent(old -> wire.giveBack(old.amounts(), old.stamp()));
      sweepInTime();
    }
    if (grant == null) {
      failure = problem;
      outage.failed(now);
      wait(FIRST_LOOK, now, new LastRefusal(Map.of(), Refusal.UNREACHABLE, label()));
    } else if (grant.granted()) {
      outage.answered();
      look = FIRST_LOOK;
      nextLook = 0; // and not now: who asks next may have looked at the clock before
      long from = now + grant.delay().toNanos();
      noUntil = grant.delay().isZero() ? Math.min(noUntil, now) : from;
      held = new Held(take.least(), from, take.lease().orElse(""), grant.stamp());
    } else {
      outage.answered();
      String inTheWay = grant.inTheWay().map(Limit::toString).orElseGet(this::otherwise);
      Refusal kind = grant.isBusy() ? Refusal.BUSY : Refusal.TOO_LATE;
      wait(
          grant.isBusy() ? look : grant.delay(),
          now,
          new LastRefusal(take.least(), kind, inTheWay));
      noUntil = nextLook;
      look = look.multipliedBy(2).compareTo(LAST_LOOK) < 0 ? look.multipliedBy(2) : LAST_LOOK;
    }
  }

  private void wait(Duration pause, long now, LastRefusal why) {
    nextLook = now + pause.toNanos();
    lastRefusal = why;
  }

  private String otherwise() {
    return limits.concurrency().isPresent()
        ? limits.concurrency().getAsInt() + " calls at once"
        : "a pause that the provider asked for";
  }

  /** Nobody waits any more for what is held. */
  void drop() {
    Held reserved = held;
    if (reserved != null) {
      held = null;
      wire.giveBack(reserved.amounts(), reserved.stamp());
      if (!reserved.lease().isEmpty()) {
        wire.release(reserved.lease());
      }
    }
  }

  private void renewInTime() {
    if (!renewing) {
      renewing = true;
      time.after(sharing.lease().dividedBy(3), bell::sweep);
    }
  }

  private void sweepInTime() {
    if (!sweeping) {
      sweeping = true;
      time.after(slices.lifetime(), bell::sweep);
    }
  }

  /** Renews the leases of calls that go on, and gives back what was not spent in time. */
  void sweep(long now) {
    if (sweeping) {
      sweeping = false;
      slices.unused(now).ifPresent(old -> wire.giveBack(old.amounts(), old.stamp()));
    }
    if (renewing) {
      renewing = false;
      if (!leases.isEmpty()) {
        wire.renew(List.copyOf(leases));
        renewInTime();
      }
    }
  }

  private Map<Dimension, Long> amounts(Amounts amounts) {
    Map<Dimension, Long> map = new HashMap<>();
    for (Dimension dimension : slices.dimensions()) {
      map.put(dimension, amounts.of(dimension.slot(), dimension));
    }
    return map;
  }

  private long[] counted(Amounts amounts) {
    List<Dimension> dimensions = slices.dimensions();
    long[] counts = new long[dimensions.size()];
    for (int i = 0; i < counts.length; i++) {
      Dimension dimension = dimensions.get(i);
      counts[i] = amounts.of(dimension.slot(), dimension);
    }
    return counts;
  }

  /** What to call it in messages. */
  String label() {
    return "the server that keeps the limits of \"" + key + "\"";
  }
}
