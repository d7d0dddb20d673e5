package ai.powertools.testing;

import java.util.Optional;

/**
 * What an object does when its operations come one after the other; a {@link
 * LinearizabilityChecker} compares a concurrent history with it. States and operations are values
 * with {@code equals} and {@code hashCode}; a state is never changed.
 *
 * @param <S> the state of one key
 * @param <O> what can be asked for
 * @param <R> what can be answered
 */
public interface SequentialModel<S, O, R> {
  /** The state of a key before anything was done to it. */
  S initial();

  /**
   * What follows when the operation meets this state.
   *
   * @param result what was answered; empty when that is unknown, and any answer would do
   * @return the next state, which may be the same; empty when the object would not have answered
   *     like that
   */
  Optional<S> step(S state, O operation, Optional<R> result);

  /**
   * Whether the operation, with this answer, leaves every state as it is, like a read. Saying so
   * makes the search far quicker; false, if in doubt, is always right.
   *
   * @param result what was answered
   */
  default boolean changesNothing(O operation, R result) {
    return false;
  }
}
