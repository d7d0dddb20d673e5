package ai.powertools.session;

import java.util.List;

/**
 * What differs between two versions of a session: values, and entries of logs. To see the values
 * themselves read them with {@link Session#at(long)}.
 *
 * @param from the earlier version
 * @param to the later one
 * @param changes by name, then by number
 */
public record SessionDiff(long from, long to, List<Change> changes) {
  /** Makes it; the list is copied. */
  public SessionDiff {
    changes = List.copyOf(changes);
  }

  /** What happened to it between the two. */
  public enum Kind {
    /** It was not there before. */
    ADDED,
    /** It was set again. */
    CHANGED,
    /** It is not there any more. */
    REMOVED
  }

  /**
   * One difference.
   *
   * @param kind what happened
   * @param name of the value or the log
   * @param seq the number in the log; 0 for a value
   */
  public record Change(Kind kind, String name, long seq) {}
}
