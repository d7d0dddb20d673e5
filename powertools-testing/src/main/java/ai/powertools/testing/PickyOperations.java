package ai.powertools.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Tells the operations whose answer fits few states, like a read, from those that say little, like
 * a comparison that failed. Measured on the first states that a search comes to.
 */
final class PickyOperations<S, O, R> {
  private static final int SAMPLE = 12;

  private final SequentialModel<S, O, R> model;
  private final List<Operation<O, R>> operations;
  private final List<S> sample = new ArrayList<>();
  private final List<Optional<Boolean>> known;

  PickyOperations(SequentialModel<S, O, R> model, List<Operation<O, R>> operations) {
    this.model = model;
    this.operations = operations;
    this.known = new ArrayList<>(Collections.nCopies(operations.size(), Optional.empty()));
  }

  void learn(S state) {
    if (sample.size() < SAMPLE && !sample.contains(state)) {
      sample.add(state);
    }
  }

  boolean isPicky(int operation) {
    Optional<Boolean> before = known.get(operation);
    if (before.isPresent()) {
      return before.get();
    }
    Operation<O, R> one = operations.get(operation);
    long fits =
        sample.stream()
            .filter(state -> model.step(state, one.operation(), one.result()).isPresent())
            .count();
    boolean picky = 2 * fits <= sample.size();
    if (sample.size() == SAMPLE) {
      known.set(operation, Optional.of(picky));
    }
    return picky;
  }
}
