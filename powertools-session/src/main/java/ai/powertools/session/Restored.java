package ai.powertools.session;

import java.util.List;

/**
 * What a restore put back.
 *
 * @param sessions by their names in the place where they are now, in order
 * @param entries how many values, entries of logs and of the past
 */
public record Restored(List<String> sessions, long entries) {
  /** Makes it; the list is copied. */
  public Restored {
    sessions = List.copyOf(sessions);
  }
}
