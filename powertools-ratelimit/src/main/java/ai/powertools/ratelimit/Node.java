package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place that calls have to pass: the whole limiter, a provider, a model, a user; with its limits,
 * what runs, and those who wait before it. Guarded by the gate's guard.
 *
 * @implNote Who has passed here and waits further up has taken nothing yet, but holds a claim: what
 *     it will take is kept for it, so that nobody behind it can make it come back.
 */
final class Node {
  /** The name of its level; empty for the whole limiter. */
  final String level;

  /** As in {@code user "ada"}; empty for the whole limiter. */
  final String label;

  final String key;

  /** Where it is kept under its key; empty maps for those that are not kept so. */
  final Map<String, Node> home;

  final Map<String, Node> children = new HashMap<>();
  final FairLine line;
  private final Set<Waiter> claims = new LinkedHashSet<>();

  private Limits limits;
  @Nullable Pace pace;
  @Nullable Supply supply;
  private Level[] levels;
  private long[] claimed;
  private int concurrency;
  int inFlight;

  /** Whether its key has another place now, or none. */
  boolean gone;

  /** How many wait here, or further down and have yet to pass here. */
  int coming;

  private long closedUntil;
  @Nullable Plan plan;
  Time.Timer alarm = () -> false;
  long alarmAt = Level.NEVER;

  /** The charge up to which all was forgotten; -1 when new levels may remember others. */
  private long forgotten = -1;

  /** Those before and after it among all that have a key, by last use. */
  @Nullable Node older;

  @Nullable Node newer;

  Node(
      String level,
      String label,
      String key,
      Map<String, Node> home,
      Limits limits,
      Weights weights,
      long now) {
    this.level = level;
    this.label = label;
    this.key = key;
    this.home = home;
    this.line = new FairLine(weights);
    this.limits = limits;
    this.levels = limits.list().stream().map(limit -> Level.of(limit, now)).toArray(Level[]::new);
    this.claimed = new long[levels.length];
    this.concurrency = limits.concurrency().orElse(Integer.MAX_VALUE);
  }

  Limits limits() {
    return limits;
  }

  Level[] levels() {
    return levels;
  }

  /** How many calls may run at once now. */
  int ceiling() {
    return pace == null ? concurrency : Math.min(concurrency, pace.ceiling());
  }

  /** Whether a permit has to come back for this place to count right. */
  boolean countsCalls() {
    return limits.concurrency().isPresent();
  }

  /** Until when nobody passes, because the provider said so. */
  long closedUntil() {
    return closedUntil;
  }

  /** Nobody passes until then; false if that is so already. */
  boolean close(long until) {
    if (until <= closedUntil) {
      return false;
    }
    closedUntil = until;
    plan = null;
    return true;
  }

  /** What is known of its pace, from now on if nothing was. */
  Pace pace(Time time) {
    Pace known = pace;
    if (known == null) {
      known = new Pace(null, null, time);
      pace = known;
    }
    return known;
  }

  /** Whether nothing but time, and what is given back, lets somebody pass sooner. */
  boolean opensByTimeAlone() {
    return supply == null
        && !countsCalls()
        && hasRoom()
        && (pace == null || pace.factor() == 1); // a slowed one may become faster
  }

  void refill(long now) {
    for (Level level : levels) {
      level.refill(now);
    }
  }

  /** Whether so much can go now, whoever waits. */
  boolean isOpen(Amounts amounts, long now) {
    return hasRoom() && isOpenHere(amounts, now) && (supply == null || supply.covers(amounts, now));
  }

  /** The same, whatever runs, and whatever other processes leave. */
  boolean isOpenHere(Amounts amounts, long now) {
    if (now < closedUntil) {
      return false;
    }
    for (int i = 0; i < levels.length; i++) {
      Level level = levels[i];
      level.refill(now);
      if (level.nanosUntil(level.of(amounts), claimed[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  boolean hasRoom() {
    return inFlight + claims.size() < ceiling();
  }

  /** Whether nothing keeps somebody who waits here but that no answer comes from elsewhere. */
  boolean awaitsAnswer(Waiter waiter, long now) {
    return supply != null
        && supply.isSilent(waiter.since)
        && hasRoom()
        && isOpenHere(waiter.amounts(), now);
  }

  /** When so much can go as far as time counts, whoever waits and whatever runs. */
  long openAt(Amounts amounts, long now) {
    refill(now);
    long latest = Math.max(0, closedUntil - now);
    for (int i = 0; i < levels.length; i++) {
      latest = Math.max(latest, levels[i].nanosUntil(levels[i].of(amounts), claimed[i]));
    }
    long here = now + Math.min(Level.FAR, latest);
    return supply == null ? here : Math.max(here, supply.openAt(amounts, now));
  }

  /** The limit that can never let so much through; null if there is none. */
  @Nullable Limit impossible(Amounts amounts) {
    for (Limit limit : limits.list()) {
      Dimension dimension = limit.dimension();
      if (amounts.of(dimension.slot(), dimension) > limit.largest()) {
        return limit;
      }
    }
    return null;
  }

  /** How long its scarcest limit needs to bring so much, in nanoseconds: what a turn costs. */
  double cost(Amounts amounts) {
    double cost = 1;
    for (Level level : levels) {
      Limit limit = level.limit();
      cost = Math.max(cost, (double) level.of(amounts) * limit.window().toNanos() / limit.amount());
    }
    return cost;
  }

  /** Takes for good, where nothing will be corrected. */
  void take(Amounts amounts, long lastCharge) {
    forget(lastCharge);
    for (Level level : levels) {
      level.take(level.of(amounts));
    }
    plan = null;
  }

  private void forget(long lastCharge) {
    if (forgotten != lastCharge) {
      forgotten = lastCharge;
      for (Level level : levels) {
        level.forget(lastCharge);
      }
    }
  }

  /**
   * Takes for good if it is there, where nobody waits, nothing runs and nothing will be corrected.
   * May say no though it could go.
   */
  boolean takeIfThere(Amounts amounts, long lastCharge, long now) {
    if (now < closedUntil || supply != null || concurrency != Integer.MAX_VALUE) {
      return false;
    }
    Level[] all = levels;
    for (int i = 0; i < all.length; i++) {
      if (!all[i].takeIfThere(all[i].of(amounts), now)) {
        for (int j = 0; j < i; j++) {
          all[j].putBack(all[j].of(amounts));
        }
        return false;
      }
    }
    forget(lastCharge);
    return true;
  }

  void charge(Amounts amounts, long number, long oldest) {
    for (Level level : levels) {
      level.charge(level.of(amounts), number, oldest);
    }
    plan = null;
  }

  /** Corrects what was charged. */
  void correct(Amounts before, Permit permit, long nextCharge, long oldest, long now) {
    for (Level level : levels) {
      level.refill(now);
      long difference = level.of(permit.charged()) - level.of(before);
      if (difference > 0) {
        level.charge(difference, nextCharge, oldest);
      } else if (difference < 0) {
        level.giveBack(-difference, permit.number, permit.at);
      }
    }
    plan = null;
  }

  /** Those who have passed here and wait further up. */
  Set<Waiter> passed() {
    return Collections.unmodifiableSet(claims);
  }

  void claim(Waiter waiter) {
    claims.add(waiter);
    count(waiter, 1);
  }

  void unclaim(Waiter waiter) {
    if (claims.remove(waiter)) {
      count(waiter, -1);
    }
  }

  private void count(Waiter waiter, int sign) {
    for (int i = 0; i < levels.length; i++) {
      claimed[i] += sign * levels[i].of(waiter.amounts());
    }
    plan = null;
  }

  /** From now on under these limits; what is missing stays missing. */
  void change(Limits changed, long lastCharge, long now) {
    refill(now);
    Level[] fresh = new Level[changed.list().size()];
    for (int i = 0; i < fresh.length; i++) {
      Limit limit = changed.list().get(i);
      Level level = null;
      for (int j = 0; j < levels.length; j++) {
        if (limits.list().get(j).sameSubject(limit)) {
          level = levels[j].under(limit, lastCharge);
        }
      }
      if (level == null) {
        level = Level.of(limit, now);
        level.forget(lastCharge);
      }
      fresh[i] = level;
    }
    limits = changed;
    use(fresh);
    if (pace != null && pace.factor() < 1) {
      repace(lastCharge, now);
    }
  }

  /** From now on as much of the limits as its pace says. */
  void repace(long lastCharge, long now) {
    if (supply != null) {
      return;
    }
    double factor = pace == null ? 1 : pace.factor();
    refill(now);
    Level[] fresh = new Level[levels.length];
    for (int i = 0; i < fresh.length; i++) {
      fresh[i] = levels[i].under(limits.list().get(i).slower(factor), lastCharge);
    }
    use(fresh);
  }

  /** From now on its limits are kept elsewhere, its limit to calls at once too. */
  void shareBy(Supply supply) {
    this.supply = supply;
    levels = new Level[0];
    claimed = new long[0];
    concurrency = Integer.MAX_VALUE;
  }

  private void use(Level[] fresh) {
    levels = fresh;
    forgotten = -1;
    concurrency = limits.concurrency().orElse(Integer.MAX_VALUE);
    claimed = new long[levels.length];
    claims.forEach(waiter -> count(waiter, 1));
    plan = null;
  }

  /** A new plan for all who wait here, that nobody has been put in yet. */
  Plan freshPlan(long now, String otherwise) {
    Level[] copies = new Level[levels.length];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = levels[i].copy();
      copies[i].refill(now);
      copies[i].take(claimed[i]);
    }
    return new Plan(copies, Math.max(now, closedUntil), otherwise);
  }

  /** Whether it is as good as new, so that it may be forgotten. */
  boolean atRest(long now) {
    if (inFlight > 0 || !claims.isEmpty() || coming > 0 || !children.isEmpty()) {
      return false;
    }
    if (now < closedUntil) {
      return false;
    }
    for (Level level : levels) {
      level.refill(now);
      if (!level.isFull()) {
        return false;
      }
    }
    return true;
  }

  /** All who wait here, in turn. */
  Iterator<Waiter> waiters() {
    return line.inTurn();
  }
}
