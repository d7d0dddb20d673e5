package ai.powertools.store;

import java.util.List;

/**
 * What {@link Store#verify()} found. Immutable.
 *
 * @param problems what is wrong, a text each, with no stored values; empty if nothing was found
 * @param thorough whether all was checked that can be: on PostgreSQL that takes the extension
 *     {@code amcheck}
 * @param checked what was looked at, for people
 */
public record Integrity(List<String> problems, boolean thorough, String checked) {
  /** Copies the list. */
  public Integrity {
    problems = List.copyOf(problems);
  }

  /** Whether no problem was found. */
  public boolean isSound() {
    return problems.isEmpty();
  }
}
