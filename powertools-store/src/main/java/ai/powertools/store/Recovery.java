package ai.powertools.store;

/**
 * What lay in the log of a SQLite file when it was opened: what a crash has left, or what a process
 * that is at work has not moved into the main file yet. For PostgreSQL and memory all is zero.
 * Immutable.
 *
 * <p>{@linkplain #unusableFrames() Frames that can't be used} are a write that was under way and
 * had not been acknowledged, or damage; the log does not tell which. If the log as a whole
 * {@linkplain #readable() can't be read}, SQLite takes it for empty, and what was committed since
 * the last checkpoint is gone.
 *
 * @param logBytes the size of the log when it was looked through; 0 if there was none
 * @param readable whether its header makes sense, or there is none to read
 * @param transactions how many commits were found whole; some may be in the main file as well
 * @param pages how many pages they wrote, a page written twice counted twice
 * @param unusableFrames how many pages behind the last whole commit belong to this log and can't be
 *     used
 * @param unusableBytes their bytes
 * @param unusableCommits how many of those say that they end a transaction: more than those that
 *     were being written at the time of the crash mean damage
 */
public record Recovery(
    long logBytes,
    boolean readable,
    long transactions,
    long pages,
    long unusableFrames,
    long unusableBytes,
    long unusableCommits) {
  /** Nothing was left. */
  static final Recovery NONE = new Recovery(0, true, 0, 0, 0, 0, 0);

  /** A log whose header makes no sense. */
  static Recovery unreadable(long logBytes) {
    return new Recovery(logBytes, false, 0, 0, 0, 0, 0);
  }

  /** Whether all that was in the log can be used. */
  public boolean isClean() {
    return readable && unusableFrames == 0;
  }

  /** The same without what is still being written. */
  Recovery withoutRest() {
    return new Recovery(logBytes, readable, transactions, pages, 0, 0, 0);
  }
}
