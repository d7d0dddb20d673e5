package ai.powertools.session;

/**
 * Counts the tokens of an entry, as the model does that will read it.
 *
 * @param <T> what entries are
 */
@FunctionalInterface
public interface TokenCounter<T> {
  /** How many; 0 or more. */
  long count(T entry);
}
