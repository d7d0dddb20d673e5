package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a limiter: who is let through next, and when. One lock guards all of it; nobody
 * waits under it, and nobody else's code runs under it.
 *
 * @implNote Those who wait stand in one line, and only its head is looked at: whoever is behind a
 *     heavy one waits with it. One timer is set, for the moment the head can go; every event that
 *     may change that ends in {@link #advance}. A newcomer is measured against the plan of all
 *     before it, which is kept between arrivals, so that a refusal costs as much as an admission.
 */
final class Gate {
  private static final long NEVER = Long.MAX_VALUE;
  private static final String BACK_OFF = "the back-off that the provider asked for";

  private final String name;
  private final List<Limit> limits;
  private final int concurrency;
  private final Time time;
  private final long origin;
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by the lock.
  private final Buckets buckets;
  private final LinkedHashSet<Waiter> line = new LinkedHashSet<>();
  private List<Waiter> decided = new ArrayList<>();
  private @Nullable Plan plan;
  private Time.Timer alarm = () -> false;
  private long alarmAt = NEVER;
  private long closedUntil;
  private long charges;
  private final LinkedHashSet<Permit> inFlight = new LinkedHashSet<>();

  Gate(String name, List<Limit> limits, int concurrency, Time time) {
    this.name = name;
    this.limits = List.copyOf(limits);
    this.concurrency = concurrency;
    this.time = time;
    this.origin = time.nanos();
    this.buckets = Buckets.of(limits);
  }

  String name() {
    return name;
  }

  /** A permit if it can be had at once, null otherwise. */
  @Nullable Permit pass(Demand demand) {
    check(demand);
    lock.lock();
    try {
      long now = now();
      catchUp(now);
      return open(demand, now) ? admit(demand) : null;
    } finally {
      leave();
    }
  }

  /** Steps into the line, unless the wait would be too long. */
  Waiter enter(Demand demand, Executor executor) {
    check(demand);
    lock.lock();
    try {
      long now = now();
      catchUp(now);
      long allowed = demand.waitNanos();
      long deadline = allowed >= Bucket.FAR ? NEVER : now + allowed;
      Waiter waiter = new Waiter(demand, allowed, deadline, executor);
      if (open(demand, now)) {
        letThrough(waiter);
      } else {
        join(waiter, now);
      }
      return waiter;
    } finally {
      leave();
    }
  }

  /** Corrects what a permit is charged. */
  void correct(Permit permit, long tokens) {
    lock.lock();
    try {
      long now = now();
      buckets.refill(now);
      long more = permit.charge(tokens);
      if (more > 0) {
        charges++;
        buckets.chargeTokens(more, charges, oldestInFlight());
        refuseTheHopeless(now);
      } else if (more < 0) {
        buckets.giveBack(Limit.Kind.TOKENS, -more, permit.number);
        plan = null;
      }
      advance(now);
    } finally {
      leave();
    }
  }

  /** Takes a permit back whose call has ended. */
  void release(Permit permit) {
    lock.lock();
    try {
      if (inFlight.remove(permit)) {
        advance(now());
      }
    } finally {
      leave();
    }
  }

  /** Takes a permit back whose call was never sent. */
  void cancel(Permit permit) {
    lock.lock();
    try {
      long now = now();
      buckets.refill(now);
      if (inFlight.contains(permit) && !permit.reported()) {
        buckets.giveBack(Limit.Kind.REQUESTS, 1, permit.number);
        buckets.giveBack(Limit.Kind.TOKENS, -permit.charge(0), permit.number);
        plan = null;
      }
      if (inFlight.remove(permit)) {
        advance(now);
      }
    } finally {
      leave();
    }
  }

  void backOff(Duration pause) {
    lock.lock();
    try {
      long now = now();
      long until = now + nanos(pause);
      if (until > closedUntil) {
        closedUntil = until;
        refuseTheHopeless(now);
        advance(now);
      }
    } finally {
      leave();
    }
  }

  LimiterState state() {
    lock.lock();
    try {
      long now = now();
      buckets.refill(now);
      return new LimiterState(
          buckets.available(Limit.Kind.REQUESTS),
          buckets.available(Limit.Kind.TOKENS),
          inFlight.size(),
          line.size(),
          Duration.ofNanos(Math.max(0, closedUntil - now)));
    } finally {
      leave();
    }
  }

  /** Refuses what can never be, and what nobody waits for any more. */
  private void check(Demand demand) {
    for (Limit limit : limits) {
      if (limit.of(demand) > limit.largest()) {
        throw RateLimitExceededException.impossible(name, demand, limit);
      }
    }
    if (!demand.deadline().isNever()) {
      demand.deadline().check("a permit of limiter \"" + name + "\"");
    }
  }

  /** Decides about those who wait all that can be decided now, before somebody new comes. */
  private void catchUp(long now) {
    advance(now);
    if (plan == null && !line.isEmpty()) {
      replan(now);
      advance(now);
    }
  }

  /** Whether somebody who is not in the line can go. */
  private boolean open(Demand demand, long now) {
    return line.isEmpty() && admits(demand, now);
  }

  private boolean admits(Demand demand, long now) {
    return now >= closedUntil && inFlight.size() < concurrency && buckets.nanosUntil(demand) == 0;
  }

  private Permit admit(Demand demand) {
    charges++;
    Permit permit = new Permit(this, demand, charges);
    inFlight.add(permit);
    buckets.charge(demand, charges, oldestInFlight());
    return permit;
  }

  private long oldestInFlight() {
    return inFlight.isEmpty() ? charges : inFlight.iterator().next().number;
  }

  private void letThrough(Waiter waiter) {
    waiter.granted(admit(waiter.demand));
    decided.add(waiter);
  }

  private void join(Waiter waiter, long now) {
    Plan ahead = plan == null ? replan(now) : plan;
    ahead.advance(now);
    RateLimitExceededException refusal = refusal(waiter, ahead, now);
    if (refusal != null) {
      throw refusal;
    }
    ahead.admit(waiter.demand);
    line.add(waiter);
    if (waiter.deadline != NEVER) {
      waiter.expiry = time.after(Duration.ofNanos(waiter.deadline - now), () -> expire(waiter));
    }
    advance(now);
  }

  /** Why this one, next in the plan, cannot be let through in time; null when it can. */
  private @Nullable RateLimitExceededException refusal(Waiter waiter, Plan ahead, long now) {
    Duration allowed = Duration.ofNanos(waiter.allowed);
    long earliest = ahead.earliest(waiter.demand);
    if (earliest > waiter.deadline) {
      return RateLimitExceededException.tooLate(
          name,
          waiter.demand,
          allowed,
          ahead.inTheWay(waiter.demand),
          Duration.ofNanos(earliest - now));
    }
    if (waiter.deadline <= now) {
      return RateLimitExceededException.busy(name, waiter.demand, allowed, callsAtOnce());
    }
    return null;
  }

  private void refuseTheHopeless(long now) {
    if (!line.isEmpty()) {
      replan(now);
    }
  }

  /** Plans anew for all who wait, and refuses those who would now wait too long. */
  private Plan replan(long now) {
    String inTheWay = closedUntil > now ? BACK_OFF : callsAtOnce();
    Plan fresh = new Plan(buckets.copy(), Math.max(now, closedUntil), inTheWay);
    for (Iterator<Waiter> waiters = line.iterator(); waiters.hasNext(); ) {
      Waiter waiter = waiters.next();
      RateLimitExceededException refusal = refusal(waiter, fresh, now);
      if (refusal == null) {
        fresh.admit(waiter.demand);
      } else {
        waiters.remove();
        waiter.refused(refusal);
        decided.add(waiter);
      }
    }
    plan = fresh;
    return fresh;
  }

  /** Lets through whoever can go, from the head of the line, and sets the alarm for the next. */
  private void advance(long now) {
    buckets.refill(now);
    Iterator<Waiter> waiters = line.iterator();
    Waiter head = waiters.hasNext() ? waiters.next() : null;
    while (head != null && admits(head.demand, now)) {
      waiters.remove();
      letThrough(head);
      head = waiters.hasNext() ? waiters.next() : null;
      plan = null;
    }
    if (head == null) {
      plan = null;
    }
    setAlarm(
        head == null || inFlight.size() >= concurrency
            ? NEVER
            : Math.max(closedUntil, now + buckets.nanosUntil(head.demand)),
        now);
  }

  private void setAlarm(long at, long now) {
    if (at == alarmAt) {
      return;
    }
    alarm.cancel();
    alarmAt = at;
    if (at != NEVER) {
      alarm = time.after(Duration.ofNanos(at - now), () -> ring(at));
    }
  }

  private void ring(long at) {
    lock.lock();
    try {
      if (alarmAt == at) {
        alarmAt = NEVER;
      }
      advance(now());
    } finally {
      leave();
    }
  }

  private void expire(Waiter waiter) {
    lock.lock();
    try {
      long now = now();
      advance(now);
      if (line.contains(waiter)) {
        refuseTheHopeless(now);
        advance(now);
      }
    } finally {
      leave();
    }
  }

  /** Somebody does not want a permit any more. */
  void withdraw(Waiter waiter) {
    lock.lock();
    try {
      if (line.remove(waiter)) {
        waiter.expiry.cancel();
        plan = null;
        advance(now());
      }
    } finally {
      leave();
    }
  }

  /** Unlocks, then tells those about whom something was decided. */
  private void leave() {
    List<Waiter> told = decided;
    if (told.isEmpty()) {
      lock.unlock();
      return;
    }
    decided = new ArrayList<>();
    lock.unlock();
    told.forEach(Waiter::tell);
  }

  private long now() {
    return time.nanos() - origin;
  }

  private String callsAtOnce() {
    return concurrency == 1 ? "1 call at once" : concurrency + " calls at once";
  }

  private static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofNanos(Bucket.FAR)) >= 0 ? Bucket.FAR : duration.toNanos();
  }
}
