package ai.powertools.session;

import java.util.List;

/**
 * A session that was opened after a crash, and what was found.
 *
 * @param session to go on with
 * @param found what a look at all of its records showed
 * @param log what the crash left in the log of the database, in words; empty when it left nothing
 *     or can't be told
 */
public record Recovered(Session session, Verified found, List<String> log) {
  /** Makes it; the list is copied. */
  public Recovered {
    log = List.copyOf(log);
  }
}
