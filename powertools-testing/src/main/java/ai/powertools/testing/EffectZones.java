package ai.powertools.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Until when an operation must have taken effect, and how long that is seen, going by those ahead
 * that read it or build on it.
 */
final class EffectZones<S, O, R> {
  /** How many operations ahead are looked at. */
  private static final int HORIZON = 96;

  private static final int LONGEST_CHAIN = 16;

  private final NextOperations<S, O, R> steps;
  private final List<Operation<O, R>> operations;
  private final int urgent;
  private final List<Integer> ahead = new ArrayList<>();
  private final long openUntil;
  private final Set<Integer> refusedNow = new HashSet<>();

  /** A choice and its zone, and whether the operation that ends first becomes possible by it. */
  record Zone<S>(
      NextOperations.Choice<S> choice, long deadline, long seenUntil, boolean leadsToUrgent) {

    Zone<S> with(Operation<?, ?> user, boolean isUrgent) {
      return new Zone<>(
          choice,
          Math.min(deadline, user.returned()),
          Math.max(seenUntil, user.invoked()),
          leadsToUrgent || isUrgent);
    }
  }

  EffectZones(
      NextOperations<S, O, R> steps,
      List<Operation<O, R>> operations,
      OpenOperations<O, R> left,
      S state) {
    this.steps = steps;
    this.operations = operations;
    this.urgent = left.firstToEnd();
    for (int i = left.first(); i >= 0 && ahead.size() < HORIZON; i = left.nextOf(i)) {
      ahead.add(i);
      if (steps.isRefused(state, i)) {
        refusedNow.add(i);
      }
    }
    openUntil = urgent < 0 ? Long.MAX_VALUE : operations.get(urgent).returned();
  }

  Zone<S> of(NextOperations.Choice<S> choice) {
    long deadline = operations.get(choice.operation()).returned();
    S state = choice.next();
    boolean leads = urgent >= 0 && !steps.isRefused(state, urgent);
    Zone<S> zone = new Zone<>(choice, deadline, Long.MIN_VALUE, leads);
    Set<Integer> chain = new HashSet<>(Set.of(choice.operation()));
    int link = choice.operation();
    while (link >= 0 && chain.size() <= LONGEST_CHAIN) {
      link = -1;
      for (int user : ahead) {
        if (!steps.isPicky(user)) {
          if (operations.get(user).invoked() > openUntil && leadsTo(state, user)) {
            break; // from here on it may be this one whose effect is seen
          }
        } else if (steps.isReadOf(state, user)) {
          zone = zone.with(operations.get(user), user == urgent);
        } else if (refusedNow.contains(user)
            && !chain.contains(user)
            && (link < 0 || operations.get(user).returned() < operations.get(link).returned())
            && !steps.isRefused(state, user)) {
          link = user; // a change that was waiting for just this state
        }
      }
      if (link >= 0) {
        zone = zone.with(operations.get(link), link == urgent);
        chain.add(link);
        state = steps.step(state, link).orElseThrow();
      }
    }
    return zone;
  }

  private boolean leadsTo(S state, int operation) {
    return !steps.onlyReads(operation)
        && steps.step(state, operation).filter(state::equals).isPresent();
  }
}
