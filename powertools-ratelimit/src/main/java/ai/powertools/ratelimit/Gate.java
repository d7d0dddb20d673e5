package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a limiter: everything that threads ask of it, one after the other. One guard covers
 * all of it; nobody waits under it, and nobody else's code runs under it but the controls that
 * adapt, which say how.
 */
final class Gate {
  private final GateSettings settings;
  private final Time time;
  private final long origin;
  private final Guard guard = new Guard();

  /** About the last demand that was refused: it is refused again without taking the guard. */
  private volatile @Nullable Hint hint;

  /** Whether there is nobody to whom each permit has to be told. */
  private final boolean isSimple;

  // All guarded by the guard.
  private final Places places;
  private final Node root;
  private final Outbox outbox;
  private final Accounts accounts;
  private final Admission admission;
  private final Steering steering;

  Gate(GateSettings settings) {
    this.settings = settings;
    this.time = settings.time();
    this.origin = time.nanos();
    this.places = new Places(settings);
    this.root = places.root();
    this.outbox = new Outbox(settings.name(), settings.listener());
    this.accounts = new Accounts(settings, places, outbox);
    this.admission = new Admission(settings, accounts, outbox, new Alarms(this));
    this.steering = new Steering(settings, places, accounts, admission, outbox);
    this.isSimple = !outbox.listens();
    GateSettings.SharedBy shared = settings.shared();
    if (shared != null) {
      Supply supply = new Supply(settings, shared, outbox, new Answers(this));
      root.shareBy(supply);
      accounts.shareBy(supply);
    }
  }

  /** Who may go. To be used under the guard. */
  Admission admission() {
    return admission;
  }

  /** What is told about places. To be used under the guard. */
  Steering steering() {
    return steering;
  }

  String name() {
    return settings.name();
  }

  /** Whether a decision may need an answer from elsewhere. */
  boolean isShared() {
    return settings.shared() != null;
  }

  /** Takes for good if it can be had at once. */
  boolean take(Demand demand) {
    long now = now();
    if (isRefusedStill(demand, now)) {
      return false;
    }
    return (isSimple && demand.isPlain() && takeIfThere(demand.amounts(), now))
        || takeInTurn(demand, now);
  }

  /** The short way for what is asked most often; a no means nothing. */
  private boolean takeIfThere(Amounts amounts, long now) {
    guard.lock();
    try {
      return admission.waiting() == 0 && accounts.takeIfThere(root, amounts, now);
    } finally {
      guard.unlock();
    }
  }

  private boolean takeInTurn(Demand demand, long now) {
    checkDeadline(demand);
    Node[] path = lock(demand, now);
    try {
      accounts.requireNothingBack(path);
      catchUp(path, now);
      if (admission.isOpen(path, demand.amounts(), now)) {
        accounts.take(path, demand.amounts(), now);
        outbox.granted(demand, 0);
        return true;
      }
      if (!isShared()) {
        refuseNow(path, demand, now);
      }
      return false;
    } finally {
      leave();
    }
  }

  private boolean isRefusedStill(Demand demand, long now) {
    Hint last = hint;
    return last != null && last.refuses(demand, now);
  }

  /**
   * A permit if it can be had at once, null otherwise.
   *
   * @param orNever whether it is refused otherwise, and does not wait
   */
  @Nullable Permit pass(Demand demand, boolean orNever) {
    long now = now();
    if (isRefusedStill(demand, now)) {
      return null;
    }
    checkDeadline(demand);
    Node[] path = lock(demand, now);
    try {
      catchUp(path, now);
      if (admission.isOpen(path, demand.amounts(), now)) {
        return accounts.admit(this, demand, path, now, now);
      }
      if (orNever) {
        refuseNow(path, demand, now);
      }
      return null;
    } finally {
      leave();
    }
  }

  private void refuseNow(Node[] path, Demand demand, long now) {
    admission.requirePossible(path, demand);
    if (outbox.listens()) {
      outbox.refused(demand, Refusal.TOO_LATE, Reasons.of(path, demand.amounts(), now), 0);
    } else if (path.length == 1
        && demand.deadline().isNever()
        && admission.waiting() == 0
        && root.opensByTimeAlone()) {
      hint = new Hint(demand, root.openAt(demand.amounts(), now));
    }
  }

  /**
   * Steps into the line, unless the wait would be too long; already answered if it can go.
   *
   * @throws RateLimitExceededException if the wait would be too long
   */
  Waiter enter(Demand demand, Executor executor) {
    checkDeadline(demand);
    int weight = settings.weights().of(demand.tenant());
    long grace = root.supply == null ? 0 : root.supply.grace().toNanos();
    long now = now();
    Node[] path = lock(demand, now);
    try {
      catchUp(path, now);
      Waiter waiter = new Waiter(this, demand, path, now, grace, weight, executor);
      admission.enter(waiter, now);
      return waiter;
    } finally {
      leave();
    }
  }

  /** Takes the guard, and finds the places to be passed. */
  private Node[] lock(Demand demand, long now) {
    if (demand.depth() == 0) {
      guard.lock();
      return places.rootOnly();
    }
    places.check(demand);
    guard.lock();
    Node[] path = places.find(demand, now);
    if (path == null) {
      guard.unlock();
      Places.Template[] templates = places.templates(demand); // other people's code
      guard.lock();
      path = places.create(demand, templates, now);
    }
    return path;
  }

  /** Takes the guard, and finds the places again that were forgotten since a call has ended. */
  private void lock(Permit permit) {
    guard.lock();
    for (Node node : permit.path) {
      if (node.gone) {
        guard.unlock();
        permit.path = lock(permit.demand(), now());
        return;
      }
    }
  }

  /** Decides about those who wait all that can be decided now, before somebody new comes. */
  private void catchUp(Node[] path, long now) {
    admission.endLeases(now);
    if (admission.waiting() > 0) {
      admission.settle(path, now);
    }
  }

  private void checkDeadline(Demand demand) {
    if (!demand.deadline().isNever()) {
      demand.deadline().check("a permit of limiter \"" + name() + "\"");
    }
  }

  /** Somebody does not want a permit any more. */
  void withdraw(Waiter waiter) {
    guarded(
        now -> {
          if (waiter.waits) {
            waiter.expiry.cancel();
            admission.leave(waiter);
            outbox.gaveUp(waiter.demand, now - waiter.since);
            admission.settle(waiter.path, now);
          }
        });
  }

  /** Corrects what a permit is charged. */
  void correct(Permit permit, UnaryOperator<Amounts> correction) {
    guarded(
        permit,
        now -> {
          Amounts before = permit.charged();
          permit.charge(correction.apply(before));
          admission.correct(permit, before, now);
        });
  }

  /** Takes a permit back whose call has ended. */
  void release(Permit permit, Outcome outcome) {
    guard.lock();
    try {
      if (permit.out) {
        steering.ended(permit, outcome, now());
      }
    } finally {
      leave();
    }
  }

  /** Takes a permit back whose call was never sent. */
  void cancel(Permit permit) {
    guarded(
        now -> {
          if (permit.out && !permit.reported()) {
            Amounts before = permit.charged();
            permit.uncharge();
            admission.correct(permit, before, now);
          }
          if (permit.out) {
            steering.ended(permit, Outcome.UNRELATED, now);
          }
        });
  }

  void renew(Permit permit) {
    guarded(
        now -> {
          if (permit.out) {
            accounts.inFlight().renew(permit, now);
          }
        });
  }

  /** The provider refused a call. */
  void throttled(Permit permit, Duration retryAfter) {
    guarded(permit, now -> steering.throttled(permit, retryAfter, now));
  }

  /** The provider said something about its limits with the answer to a call. */
  void learn(Permit permit, LimitReport report) {
    Lesson lesson = new Lesson(report, permit);
    guarded(permit, now -> steering.learn(places.provider(permit.path), lesson, now));
  }

  /** Does something under the guard, and tells afterwards what was decided. */
  void guarded(LongConsumer action) {
    guard.lock();
    act(action);
  }

  private void guarded(Permit permit, LongConsumer action) {
    lock(permit);
    act(action);
  }

  private void act(LongConsumer action) {
    try {
      hint = null;
      action.accept(now());
    } finally {
      leave();
    }
  }

  /** Nobody passes a place for a while. */
  void backOff(Demand where, Duration pause) {
    visit(where, (node, now) -> steering.backOff(node, pause, now));
  }

  /** The provider of a place said something about its limits. */
  void learn(Demand where, LimitReport report) {
    visit(where, (node, now) -> steering.learn(node, new Lesson(report, null), now));
  }

  /** Other limits for a place. */
  void change(Demand where, Limits limits) {
    visit(where, (node, now) -> steering.change(node, limits, now));
  }

  /** Something to be done at a place, under the guard. */
  private interface Visit {
    void at(Node node, long now);
  }

  private void visit(Demand where, Visit visit) {
    long now = now();
    Node[] path = lock(where, now);
    try {
      hint = null;
      visit.at(path[0], now);
    } finally {
      leave();
    }
  }

  /** Other limits for all keys of a level that are kept now. */
  void changeLevel(String level, Function<String, Limits> limits) {
    List<Node> nodes = new ArrayList<>();
    guard.lock();
    try {
      nodes.addAll(places.ofLevel(level));
    } finally {
      leave();
    }
    for (Node node : nodes) {
      Limits changed = limits.apply(node.key); // other people's code
      guarded(now -> steering.change(node, changed, now));
    }
  }

  /** How a place looks; as if it were new where it is not kept. */
  LimiterState state(Demand where) {
    return see(where, steering::state);
  }

  Limits limits(Demand where) {
    return see(where, (node, now) -> node.limits());
  }

  /** Something to be seen at a place, under the guard. */
  private interface Sight<T> {
    T of(Node node, long now);
  }

  private <T> T see(Demand where, Sight<T> sight) {
    long now = now();
    Node[] path = lock(where, now);
    try {
      return sight.of(path[0], now);
    } finally {
      leave();
    }
  }

  /** Lets the guard go, then tells those about whom something was decided. */
  private void leave() {
    if (outbox.isEmpty()) {
      guard.unlock();
      return;
    }
    Outbox.Mail mail = outbox.takeOut();
    guard.unlock();
    mail.send();
  }

  private long now() {
    return time.nanos() - origin;
  }
}
