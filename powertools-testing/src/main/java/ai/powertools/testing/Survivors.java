package ai.powertools.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a check of a {@link CrashHarness} found in the files. Immutable.
 *
 * @param whole the ids of all writes that are there completely
 * @param torn what is there in part or contradicts itself, one description each
 */
public record Survivors(Set<String> whole, List<String> torn) {
  /** Copies both. */
  public Survivors {
    whole = Set.copyOf(whole);
    torn = List.copyOf(torn);
  }

  /**
   * Nothing is torn, and these are there.
   *
   * @throws IllegalArgumentException if one is there twice, as if it had been written twice
   */
  public static Survivors of(Collection<String> whole) {
    Set<String> once = new HashSet<>();
    for (String id : whole) {
      if (!once.add(id)) {
        throw new IllegalArgumentException("\"" + id + "\" is there twice.");
      }
    }
    return new Survivors(once, List.of());
  }

  /** The same, and these are torn. */
  public Survivors torn(List<String> more) {
    List<String> all = new ArrayList<>(torn);
    all.addAll(more);
    return new Survivors(whole, all);
  }
}
