package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may go, who waits where, and who is next. Guarded by the gate's guard.
 *
 * @implNote A call passes places from the last of its keys up to the root, and waits in the line of
 *     the first that is not open; what it will take of those it has passed is kept for it. Only the
 *     head of a line is looked at: whoever is behind a heavy one waits with it. Each line sets one
 *     timer, for the moment its head can go; every event that may change that ends in {@link
 *     #settle}.
 */
final class Admission {
  private final String name;
  private final Time time;
  private final Bell bell;
  private final Outbox outbox;
  private final Accounts accounts;
  private final InFlight inFlight;
  private final Waiting waiting;
  private final Outlook outlook;

  /** Where somebody had a claim who was refused further up; empty but while they are served. */
  private final Set<Node> freed = new LinkedHashSet<>();

  private boolean servesFreed;

  /** What rings when a moment has come; it takes the guard. */
  interface Bell {
    /** The head of a line may be able to go. */
    void turn(Node node, long due);

    /** Somebody's patience is over. */
    void over(Waiter waiter);
  }

  Admission(GateSettings settings, Accounts accounts, Outbox outbox, Bell bell) {
    this.name = settings.name();
    this.time = settings.time();
    this.bell = bell;
    this.outbox = outbox;
    this.accounts = accounts;
    this.inFlight = accounts.inFlight();
    this.waiting = new Waiting(settings.mostWaiting(), settings.shed());
    this.outlook = new Outlook(settings.name());
  }

  int waiting() {
    return waiting.size();
  }

  /** Whether somebody who waits nowhere can go. */
  boolean isOpen(Node[] path, Amounts amounts, long now) {
    for (Node node : path) {
      if (!isPassable(node, amounts, now)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPassable(Node node, Amounts amounts, long now) {
    return node.line.isEmpty() && node.isOpen(amounts, now);
  }

  private void letThrough(Waiter waiter, long now) {
    waiter.granted(accounts.admit(waiter.gate, waiter.demand, waiter.path, waiter.since, now));
    outbox.decided(waiter);
  }

  /**
   * Lets somebody through, or into the line.
   *
   * @throws RateLimitExceededException if the wait would be too long, or too many wait
   */
  void enter(Waiter waiter, long now) {
    Node[] path = waiter.path;
    int place = 0;
    while (place < path.length && isPassable(path[place], waiter.amounts(), now)) {
      place++;
    }
    if (place == path.length) {
      letThrough(waiter, now);
      return;
    }
    requirePossible(path, waiter.demand);
    int most = waiting.size();
    Waiter displaced = whoMakesRoom(waiter.demand);
    moveTo(waiter, place);
    RateLimitExceededException refusal = lineUp(waiter, now);
    if (refusal != null) {
      outbox.refused(waiter.demand, refusal.refusal(), refusal.limit(), 0);
      throw refusal;
    }
    waiter.announce();
    if (displaced != null && displaced.waits) {
      leave(displaced);
      refuse(displaced, RateLimitExceededException.displaced(name, displaced.demand, most), now);
      settle(displaced.path, now);
    }
    serve(path[place], now);
    if (waiter.waits && waiter.deadline != Level.NEVER) {
      waiter.expiry = time.after(Duration.ofNanos(waiter.deadline - now), () -> bell.over(waiter));
    }
  }

  /**
   * Refuses what can never be.
   *
   * @throws RateLimitExceededException then
   */
  void requirePossible(Node[] path, Demand demand) {
    for (Node node : path) {
      Limit limit = node.impossible(demand.amounts());
      if (limit != null) {
        String what = Reasons.at(node, limit.toString());
        outbox.refused(demand, Refusal.IMPOSSIBLE, what, 0);
        throw RateLimitExceededException.impossible(name, demand, what, limit.largest());
      }
    }
  }

  /** Who has to go for a newcomer, if it can wait itself; null if there is room. */
  private @Nullable Waiter whoMakesRoom(Demand newcomer) {
    if (!waiting.isFull()) {
      return null;
    }
    Waiter displaced = waiting.displacedBy(newcomer);
    if (displaced == null) {
      RateLimitExceededException refusal =
          RateLimitExceededException.queueFull(name, newcomer, waiting.size());
      outbox.refused(newcomer, refusal.refusal(), refusal.limit(), 0);
      throw refusal;
    }
    return displaced;
  }

  private static void moveTo(Waiter waiter, int place) {
    waiter.position = place;
    waiter.cost = waiter.place().cost(waiter.amounts());
  }

  private @Nullable RateLimitExceededException lineUp(Waiter waiter, long now) {
    Node node = waiter.place();
    boolean last = node.line.goesLast(waiter.demand);
    Plan ahead = null;
    if (last && waiter.deadline != Level.NEVER) {
      ahead = planOf(node, now);
    }
    waiting.add(waiter);
    node.line.add(waiter);
    RateLimitExceededException refusal = null;
    if (waiter.deadline != Level.NEVER) {
      refusal =
          outlook.refusal(waiter, ahead == null ? Outlook.planBefore(waiter, now) : ahead, now);
    }
    if (refusal != null) {
      waiting.remove(waiter);
      waiter.waits = false;
      node.line.remove(waiter);
    } else if (last && node.plan != null) {
      node.plan.admit(waiter.amounts());
    } else {
      node.plan = null;
    }
    return refusal;
  }

  private Plan planOf(Node node, long now) {
    Plan plan = node.plan == null ? refuseTheHopeless(node, now) : node.plan;
    plan.advance(now);
    return plan;
  }

  /** Plans anew for all who wait at a place, and refuses those who would now wait too long. */
  Plan refuseTheHopeless(Node node, long now) {
    Outlook.Prospect prospect = outlook.of(node, now);
    prospect
        .refusals()
        .forEach(
            (waiter, refusal) -> {
              leave(waiter);
              refuse(waiter, refusal, now);
            });
    node.plan = prospect.plan();
    for (Waiter waiter : prospect.refusals().keySet()) {
      for (int i = waiter.position - 1; i >= 0; i--) {
        serve(waiter.path[i], now); // what it had claimed is free
      }
    }
    return prospect.plan();
  }

  private void refuse(Waiter waiter, RateLimitExceededException refusal, long now) {
    waiter.refused(refusal);
    outbox.decided(waiter);
    outbox.refused(waiter.demand, refusal.refusal(), refusal.limit(), now - waiter.since);
  }

  /** Takes somebody out of its line, and its claims back. */
  void leave(Waiter waiter) {
    waiter.place().line.remove(waiter);
    waiter.place().plan = null;
    waiter.withdraw();
    waiting.remove(waiter);
    waiter.waits = false;
  }

  /**
   * A place is closed, or under other limits: refuses whoever cannot pass it any more, wherever it
   * waits.
   */
  void reconsider(Node node, long now) {
    for (Waiter waiter :
        node.coming > 0 || !node.passed().isEmpty() ? waiting.all() : List.<Waiter>of()) {
      RateLimitExceededException refusal = outlook.refusalAt(node, waiter, now);
      if (refusal != null && waiter.waits) {
        leave(waiter);
        refuse(waiter, refusal, now);
        settle(waiter.path, now);
      }
    }
    if (!node.line.isEmpty()) {
      refuseTheHopeless(node, now);
    }
    serve(node, now);
  }

  /** Lets through whoever can go at any place of a path. */
  void settle(Node[] path, long now) {
    for (int i = path.length - 1; i >= 0; i--) {
      if (!path[i].line.isEmpty() || path[i].alarmAt != Level.NEVER) {
        serve(path[i], now);
      }
    }
  }

  /** Lets through whoever can go, from the head of a line, and sets the alarm for the next. */
  void serve(Node node, long now) {
    Waiter head = node.line.head();
    while (head != null && node.isOpen(head.amounts(), now)) {
      node.line.serve(head);
      node.plan = null;
      rise(head, now);
      head = node.line.head();
    }
    arm(node, now);
  }

  /** Passes on somebody whose turn has come where it waits. */
  private void rise(Waiter waiter, long now) {
    Node[] path = waiter.path;
    int place = waiter.position + 1;
    while (place < path.length && isPassable(path[place], waiter.amounts(), now)) {
      place++;
    }
    waiter.withdraw();
    int closed = place < path.length ? -1 : waiter.firstClosed(now);
    if (closed >= 0) {
      // Since it passed there, calls have used more than they had reserved.
      goBack(waiter, path[closed], now);
    } else if (place < path.length) {
      moveTo(waiter, place);
      path[place].line.add(waiter);
      waiter.announce();
      path[place].plan = null;
      serve(path[place], now); // a light one of another tenant may be next, and able to go
    } else {
      waiting.remove(waiter);
      letThrough(waiter, now);
      // What was kept for it is taken now, so that it is known when it will be there again.
      for (int i = waiter.position - 1; i >= 0; i--) {
        serve(path[i], now);
      }
    }
  }

  /** Puts somebody back before a place, and those who would overtake it otherwise. */
  private void goBack(Waiter first, Node place, long now) {
    List<Waiter> behind = place.passed().stream().filter(first::isBefore).toList();
    for (Waiter waiter : behind) {
      waiter.place().line.remove(waiter);
      waiter.place().plan = null;
      waiter.withdraw();
    }
    putBack(first, place);
    behind.forEach(waiter -> putBack(waiter, place));
    settle(first.path, now); // what they had claimed is free
    behind.forEach(waiter -> settle(waiter.path, now));
  }

  private static void putBack(Waiter waiter, Node place) {
    moveTo(waiter, Arrays.asList(waiter.path).indexOf(place));
    place.line.addFirst(waiter);
    place.plan = null;
    waiter.announce();
  }

  /** Sets the alarm of a place for the moment at which its head can go. */
  private void arm(Node node, long now) {
    Waiter head = node.supply == null ? node.line.head() : askFor(node, node.supply, now);
    long at = Level.NEVER;
    if (head != null) {
      at = node.hasRoom() ? node.openAt(head.amounts(), now) : inFlight.nextEnd();
    }
    if (at - now >= Level.FAR) {
      at = Level.NEVER;
    }
    if (at == node.alarmAt) {
      return;
    }
    node.alarm.cancel();
    node.alarmAt = at;
    if (at != Level.NEVER) {
      long due = at;
      node.alarm = time.after(Duration.ofNanos(due - now), () -> bell.turn(node, due));
    }
  }

  /** Asks for what the head of a line needs; who is the head then, should it have to go. */
  private @Nullable Waiter askFor(Node node, Supply from, long now) {
    Waiter head = node.line.head();
    while (head != null && node.hasRoom() && node.isOpenHere(head.amounts(), now)) {
      RateLimitExceededException refusal = from.ask(head, now);
      if (refusal == null) {
        return head;
      }
      leave(head);
      refuse(head, refusal, now);
      freed.addAll(Arrays.asList(head.path).subList(0, head.position));
      serveFreed(now);
      head = node.line.head();
    }
    if (head == null) {
      from.drop();
    }
    return head;
  }

  /** Those who come up may be refused as well: one after the other, not one within the other. */
  private void serveFreed(long now) {
    if (servesFreed) {
      return;
    }
    servesFreed = true;
    try {
      while (!freed.isEmpty()) {
        Node node = freed.iterator().next();
        freed.remove(node);
        serve(node, now);
      }
    } finally {
      servesFreed = false;
    }
  }

  /** Takes back what was not given back in time. */
  void endLeases(long now) {
    if (now < inFlight.nextEnd()) {
      return;
    }
    for (Permit permit : inFlight.ended(now)) {
      outbox.leaseEnded(permit, now);
      comeBack(permit, now);
    }
  }

  /** Somebody else may be in flight in its place. */
  void comeBack(Permit permit, long now) {
    accounts.comeBack(permit);
    if (waiting.size() > 0) {
      settle(permit.path, now);
    }
  }

  /** Corrects what a permit was charged before to what it is charged now. */
  void correct(Permit permit, Amounts before, long now) {
    accounts.correct(permit, before, now);
    if (waiting.size() > 0) {
      for (Node node : permit.path) {
        if (!node.line.isEmpty()) {
          refuseTheHopeless(node, now);
        }
      }
      settle(permit.path, now);
    }
  }
}
