package ai.powertools.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says whether a history of concurrent operations is linearizable: whether it looks as if each had
 * taken effect at once, at some moment between its begin and its end.
 *
 * <pre>{@code
 * Verdict verdict =
 *     LinearizabilityChecker.of(new RegisterModel("0")).check(HistoryFile.registers(files));
 * assertThat(verdict.isLinearizable()).as(verdict.toString()).isTrue();
 * }</pre>
 *
 * <p>Keys are checked one by one, which suffices since linearizability is local (Herlihy and Wing,
 * 1990). The search is that of Wing and Gong with Lowe's memory of what was tried ("Testing for
 * linearizability", 2017). It can take exponential time where many operations on one key overlap,
 * and gives up after a number of steps. Immutable.
 *
 * @param <S> the state of one key
 * @param <O> what can be asked for
 * @param <R> what can be answered
 */
public final class LinearizabilityChecker<S, O, R> {
  private static final long MOST_STEPS = 1_000_000;

  private final SequentialModel<S, O, R> model;
  private final long mostSteps;

  private LinearizabilityChecker(SequentialModel<S, O, R> model, long mostSteps) {
    this.model = model;
    this.mostSteps = mostSteps;
  }

  /** Against this model, with at most a million steps a key. */
  public static <S, O, R> LinearizabilityChecker<S, O, R> of(SequentialModel<S, O, R> model) {
    return new LinearizabilityChecker<>(model, MOST_STEPS);
  }

  /**
   * The same with another number of steps a key, after which it gives up.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public LinearizabilityChecker<S, O, R> atMost(long steps) {
    if (steps <= 0) {
      throw new IllegalArgumentException("Give a positive number of steps, not " + steps);
    }
    return new LinearizabilityChecker<>(model, steps);
  }

  /**
   * The first key that is not linearizable, or else one that is undecided, or else that all are.
   */
  public Verdict check(Collection<Operation<O, R>> history) {
    Map<String, List<Operation<O, R>>> keys = new TreeMap<>();
    for (Operation<O, R> operation : history) {
      keys.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation);
    }
    Verdict verdict = new Verdict.Linearizable(keys.size(), history.size());
    for (Map.Entry<String, List<Operation<O, R>>> one : keys.entrySet()) {
      Verdict ofKey =
          new LinearizationSearch<>(model, one.getKey(), one.getValue(), mostSteps).run();
      if (ofKey instanceof Verdict.NotLinearizable) {
        return ofKey;
      }
      if (ofKey instanceof Verdict.Undecided) {
        verdict = ofKey;
      }
    }
    return verdict;
  }
}
