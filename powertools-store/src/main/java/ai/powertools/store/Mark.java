package ai.powertools.store;

import java.util.Arrays;

/**
 * Stands for a state of the store: two that are equal say that nothing was written in between that
 * the one who asks would have to know of. Immutable.
 */
public final class Mark {
  private final long[] words;

  Mark(long... words) {
    this.words = words;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mark mark && Arrays.equals(words, mark.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    return "mark " + Integer.toHexString(hashCode());
  }
}
