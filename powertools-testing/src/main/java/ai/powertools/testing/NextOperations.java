package ai.powertools.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to try next, the most promising first; all that is possible is tried in the end, so that
 * this decides about time only.
 *
 * <p>Nothing is placed before it must: before the operation that ends first. Where that one doesn't
 * fit yet, one that leads to it goes before it. Before an operation whose effect is seen for a long
 * time go those which must have taken effect meanwhile and leave no trace: for a register this is
 * the order of its zones (Gibbons and Korach, "Testing shared memories", 1997).
 */
final class NextOperations<S, O, R> {
  private final SequentialModel<S, O, R> model;
  private final List<Operation<O, R>> operations;
  private final OpenOperations<O, R> left;
  private final boolean[] onlyReads;
  private final PickyOperations<S, O, R> picky;

  /** An operation that may come next, and the state after it. */
  record Choice<S>(int operation, S next) {}

  NextOperations(
      SequentialModel<S, O, R> model, List<Operation<O, R>> operations, OpenOperations<O, R> left) {
    this.model = model;
    this.operations = operations;
    this.left = left;
    this.picky = new PickyOperations<>(model, operations);
    this.onlyReads = new boolean[operations.size()];
    for (int i = 0; i < onlyReads.length; i++) {
      Operation<O, R> one = operations.get(i);
      onlyReads[i] = one.result().filter(r -> model.changesNothing(one.operation(), r)).isPresent();
    }
  }

  /** Whether it only reads, and would read this state. */
  boolean isReadOf(S state, int operation) {
    return onlyReads[operation] && step(state, operation).isPresent();
  }

  boolean onlyReads(int operation) {
    return onlyReads[operation];
  }

  boolean isPicky(int operation) {
    return picky.isPicky(operation);
  }

  boolean isRefused(S state, int operation) {
    return step(state, operation).isEmpty();
  }

  Optional<S> step(S state, int operation) {
    Operation<O, R> one = operations.get(operation);
    return model.step(state, one.operation(), one.result());
  }

  Deque<Choice<S>> from(S state) {
    List<Choice<S>> possible = possible(state);
    if (possible.size() < 2) {
      return new ArrayDeque<>(possible);
    }
    possible.forEach(choice -> picky.learn(choice.next()));
    EffectZones<S, O, R> effects = new EffectZones<>(this, operations, left, state);
    List<EffectZones.Zone<S>> zones = new ArrayList<>();
    for (Choice<S> choice : possible) {
      zones.add(effects.of(choice));
    }
    zones.sort(Comparator.comparingLong(EffectZones.Zone::deadline));
    Set<EffectZones.Zone<S>> order = new LinkedHashSet<>();
    target(zones).ifPresent(target -> putBefore(target, zones, order));
    order.addAll(zones);
    Deque<Choice<S>> choices = new ArrayDeque<>();
    order.forEach(zone -> choices.add(zone.choice()));
    return choices;
  }

  /** What has to go before the target, what has to go before that, and then the target. */
  private void putBefore(
      EffectZones.Zone<S> target, List<EffectZones.Zone<S>> zones, Set<EffectZones.Zone<S>> order) {
    Deque<EffectZones.Zone<S>> chain = new ArrayDeque<>(List.of(target));
    boolean found = true;
    while (found) {
      found = false;
      for (EffectZones.Zone<S> other : zones) {
        if (!chain.contains(other) && goesBefore(other, chain.element())) {
          chain.addFirst(other);
          found = true;
          break;
        }
      }
    }
    order.addAll(chain);
  }

  private List<Choice<S>> possible(S state) {
    List<Choice<S>> possible = new ArrayList<>();
    for (int i = left.firstOpen(); i >= 0; i = left.nextOpen(i)) {
      int operation = i;
      boolean mayBeLeftOut = !operations.get(operation).isAnswered();
      step(state, operation)
          .filter(next -> !(mayBeLeftOut && next.equals(state)))
          .ifPresent(next -> possible.add(new Choice<>(operation, next)));
    }
    return possible;
  }

  /** The one that ends first, or else one that leads to it. */
  private Optional<EffectZones.Zone<S>> target(List<EffectZones.Zone<S>> zones) {
    int urgent = left.firstToEnd();
    Optional<EffectZones.Zone<S>> itself =
        zones.stream().filter(zone -> zone.choice().operation() == urgent).findFirst();
    return itself.isPresent()
        ? itself
        : zones.stream().filter(EffectZones.Zone::leadsToUrgent).findFirst();
  }

  private boolean goesBefore(EffectZones.Zone<S> other, EffectZones.Zone<S> target) {
    boolean nowOrNever = isRefused(target.choice().next(), other.choice().operation());
    return (nowOrNever || other.deadline() < target.seenUntil())
        && step(other.choice().next(), target.choice().operation())
            .filter(target.choice().next()::equals)
            .isPresent();
  }
}
