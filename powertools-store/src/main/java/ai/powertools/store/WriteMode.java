package ai.powertools.store;

/**
 * What is asked of a write: when it counts as done, and what it keeps out meanwhile. Immutable.
 *
 * @param lock what those writes share that must not run beside each other; blank for none
 * @param done when the call returns
 */
public record WriteMode(String lock, Done done) {
  /** Nobody sees it before it is durable, serializable among all that is written: the default. */
  public static final WriteMode DURABLE = new WriteMode("", Done.DURABLE);

  /** When a write counts as done. */
  public enum Done {
    /** Once it survives a crash of the machine; nobody sees it before. */
    DURABLE,
    /**
     * Once it survives a crash of the machine; others may see it a little sooner. The next ones
     * need not wait until the disk is done, so that far more of them share what it does.
     */
    DURABLE_SEEN_SOONER,
    /**
     * As soon as every process sees it. It survives the end of the process at once, and where the
     * store is a file of this machine, that of the machine from the next durable write on, or a
     * little later; a database that may fail without us makes it durable like any other. It goes
     * before durable writes that wait.
     */
    SEEN
  }

  /** Done in another sense. */
  public WriteMode done(Done other) {
    return new WriteMode(lock, other);
  }

  /**
   * One after the other among all processes that write under this lock, so that none has to be run
   * again because of another. Every transaction that changes the same tables must name the same
   * lock: others are not kept out.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public WriteMode exclusive(String lock) {
    if (lock.isBlank()) {
      throw new IllegalArgumentException("A lock needs a name.");
    }
    return new WriteMode(lock, done);
  }

  /** Whether the commit itself must reach the disk before it returns. */
  boolean flushesAtCommit(boolean canFlushLater) {
    return done == Done.DURABLE || (done == Done.DURABLE_SEEN_SOONER && !canFlushLater);
  }
}
