package ai.powertools.session;

import java.util.List;

/**
 * What was found when all that is kept was looked at.
 *
 * @param sessions how many were looked at
 * @param entries how many values, entries of logs and of the past
 * @param problems what is damaged or missing; empty when all is as it was written
 * @param plainBytes how long the values would be without compression
 * @param keptBytes how long they are as they are kept
 */
public record Verified(
    long sessions, long entries, List<Problem> problems, long plainBytes, long keptBytes) {
  /** Makes it; the list is copied. */
  public Verified {
    problems = List.copyOf(problems);
  }

  /** Whether all is as it was written. */
  public boolean isIntact() {
    return problems.isEmpty();
  }

  /** Kept bytes per plain byte: 0.3 says that compression saves 70 %; 1 when nothing is kept. */
  public double ratio() {
    return plainBytes == 0 ? 1 : (double) keptBytes / plainBytes;
  }

  /**
   * Something that is not as it was written.
   *
   * @param session its name; blank when it is about the whole place
   * @param name of the value or the log; blank when it is about the session
   * @param seq the number in the log; 0 for a value
   * @param what is wrong
   */
  public record Problem(String session, String name, long seq, String what) {}
}
