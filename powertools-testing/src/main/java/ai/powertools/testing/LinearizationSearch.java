package ai.powertools.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The search for an order of one key's operations, depth first, with a memory of what was reached.
 *
 * <p>An operation that only reads, and whose answer fits, is placed as soon as it is open: where an
 * order has it later, one with it here explains the same. For the rest {@link NextOperations} says
 * what to try first.
 */
final class LinearizationSearch<S, O, R> {
  private final SequentialModel<S, O, R> model;
  private final List<Operation<O, R>> operations;
  private final OpenOperations<O, R> left;
  private final NextOperations<S, O, R> choices;
  private static final int QUICK = 20_000;
  private static final int STUCK_FOR = 300;
  private static final int FURTHEST_BACK = 200;
  private static final int SHUFFLED_ONE_IN = 5;

  private final String key;
  private final long mostSteps;
  private final SplittableRandom random = new SplittableRandom(1); // the same verdict each time
  private final BitSet placed = new BitSet();
  private final List<Integer> order = new ArrayList<>();
  private final Set<Reached<S>> reached = new HashSet<>();
  private final Deque<Branch<S>> branches = new ArrayDeque<>();
  private int answeredLeft;
  private Optional<Verdict.NotLinearizable> furthest = Optional.empty();
  private long furthestEnd = Long.MIN_VALUE;

  /** All operations below {@code base} are placed, and those of {@code beyond}. */
  private record Reached<S>(int base, BitSet beyond, S state) {}

  /** A place in the search: how long the order was before it, and what is still to be tried. */
  private record Branch<S>(int before, Deque<NextOperations.Choice<S>> untried) {}

  private enum Outcome {
    FOUND,
    NONE,
    GAVE_UP
  }

  LinearizationSearch(
      SequentialModel<S, O, R> model, String key, List<Operation<O, R>> history, long mostSteps) {
    this.key = key;
    this.model = model;
    this.mostSteps = mostSteps;
    // Those that may never take effect stand last, so that what is placed has few gaps.
    this.operations =
        history.stream()
            .sorted(
                Comparator.comparing((Operation<O, R> one) -> !one.isAnswered())
                    .thenComparingLong(Operation::invoked))
            .toList();
    this.left = new OpenOperations<>(operations);
    this.choices = new NextOperations<>(model, operations, left);
    this.answeredLeft = (int) operations.stream().filter(Operation::isAnswered).count();
  }

  Verdict run() {
    long quick = Math.min(mostSteps, QUICK + operations.size());
    long rest = mostSteps - quick;
    Outcome outcome = searchAll(quick);
    if (outcome == Outcome.GAVE_UP && rest > 0) {
      outcome = wander(rest / 2);
    }
    if (outcome == Outcome.GAVE_UP && rest > 0) {
      outcome = searchAll(rest - rest / 2);
    }
    return switch (outcome) {
      case FOUND -> new Verdict.Linearizable(1, operations.size());
      case NONE -> furthest.orElseThrow();
      case GAVE_UP -> new Verdict.Undecided(key, mostSteps);
    };
  }

  private boolean begin() {
    takeBack(0);
    branches.clear();
    reached.clear();
    return enter(model.initial(), 0, false);
  }

  /** Leaves nothing out. */
  private Outcome searchAll(long steps) {
    boolean found = begin();
    for (long step = 0; step < steps && !found; step++) {
      if (branches.isEmpty()) {
        return Outcome.NONE;
      }
      found = goOn(false);
    }
    return found ? Outcome.FOUND : Outcome.GAVE_UP;
  }

  /**
   * Goes back some way at random, and on in a slightly other order, whenever it has not come
   * further for a while: a wrong choice is most often not among the last ones, and there are too
   * many orders of those after it to try them all.
   */
  private Outcome wander(long steps) {
    boolean found = begin();
    long best = Long.MIN_VALUE;
    int deepest = 0;
    long lastGain = 0;
    boolean goneBack = false;
    for (long step = 0; step < steps && !found; step++) {
      if (branches.isEmpty()) {
        found = begin();
      } else {
        found = goOn(goneBack);
      }
      long now = firstEnd();
      if (now > best) {
        best = now;
        deepest = order.size();
        lastGain = step;
        goneBack = false;
      } else if (step - lastGain > STUCK_FOR) {
        goBackTo(deepest - random.nextInt(4, FURTHEST_BACK));
        reached.clear();
        lastGain = step;
        goneBack = true;
      }
    }
    return found ? Outcome.FOUND : Outcome.GAVE_UP;
  }

  private void goBackTo(int length) {
    while (order.size() > Math.max(0, length) && !branches.isEmpty()) {
      takeBack(branches.pop().before());
    }
  }

  private long firstEnd() {
    int first = left.firstToEnd();
    return first < 0 ? Long.MAX_VALUE : operations.get(first).returned();
  }

  /** One step: the next choice of the last branch, or back when it has none. */
  private boolean goOn(boolean shuffled) {
    Branch<S> branch = branches.element();
    NextOperations.Choice<S> choice = branch.untried().poll();
    if (choice == null) {
      takeBack(branch.before());
      branches.pop();
      return false;
    }
    int before = order.size();
    place(choice.operation());
    return enter(choice.next(), before, shuffled);
  }

  /** Whether all is explained; otherwise a branch is added, unless it was here before. */
  private boolean enter(S state, int before, boolean shuffled) {
    placeReads(state);
    if (answeredLeft == 0) {
      return true;
    }
    int base = placed.nextClearBit(0);
    BitSet beyond = placed.get(base, Math.max(base, placed.length()));
    if (!reached.add(new Reached<>(base, beyond, state))) {
      takeBack(before);
      return false;
    }
    Deque<NextOperations.Choice<S>> untried = choices.from(state);
    if (untried.isEmpty()) {
      note(state);
    }
    if (shuffled && untried.size() > 1 && random.nextInt(SHUFFLED_ONE_IN) == 0) {
      List<NextOperations.Choice<S>> other = new ArrayList<>(untried);
      NextOperations.Choice<S> first = other.remove(random.nextInt(other.size()));
      untried = new ArrayDeque<>(other);
      untried.addFirst(first);
    }
    branches.push(new Branch<>(before, untried));
    return false;
  }

  private void placeReads(S state) {
    int next = left.firstOpen();
    while (next >= 0) {
      if (choices.isReadOf(state, next)) {
        place(next);
        next = left.firstOpen(); // what ended first may be gone, and more is open
      } else {
        next = left.nextOpen(next);
      }
    }
  }

  private void place(int operation) {
    left.take(operation);
    placed.set(operation);
    order.add(operation);
    if (operations.get(operation).isAnswered()) {
      answeredLeft--;
    }
  }

  private void takeBack(int before) {
    while (order.size() > before) {
      int operation = order.remove(order.size() - 1);
      placed.clear(operation);
      left.putBack(operation);
      if (operations.get(operation).isAnswered()) {
        answeredLeft++;
      }
    }
  }

  /** Remembers the place at which the search came furthest. */
  private void note(S state) {
    int stuck = left.firstToEnd();
    long end = operations.get(stuck).returned();
    if (end > furthestEnd) {
      furthestEnd = end;
      List<Operation<O, R>> open = new ArrayList<>();
      for (int i = left.firstOpen(); i >= 0; i = left.nextOpen(i)) {
        if (i != stuck) {
          open.add(operations.get(i));
        }
      }
      furthest =
          Optional.of(
              new Verdict.NotLinearizable(
                  key,
                  order.stream().map(operations::get).toList(),
                  String.valueOf(state),
                  operations.get(stuck),
                  open));
    }
  }
}
