package ai.powertools.session;

/**
 * What is kept is not what was written: bytes were changed, cut off, or moved to a place where they
 * do not belong. Nothing of it is given back.
 */
public final class DamagedRecordException extends SessionException {
  private static final long serialVersionUID = 1L;

  private final String where;
  private final String problem;

  /**
   * An error about one record.
   *
   * @param where which value or entry it is, for the message
   * @param problem what is wrong with it, as the end of a sentence
   */
  public DamagedRecordException(String where, String problem) {
    super(
        "The record of "
            + where
            + " is damaged: "
            + problem
            + ". Nothing of it is used. Restore it from a backup, or put it aside"
            + " (sessions.setAside(sessions.verify())).",
        null);
    this.where = where;
    this.problem = problem;
  }

  /** Which value or entry it is. */
  public String where() {
    return where;
  }

  /** What is wrong with it, never a part of the value. */
  public String problem() {
    return problem;
  }
}
