package ai.powertools.router;

/**
 * How a server of one's own is.
 *
 * @param status whether it can answer
 * @param detail its version, or what is wrong
 */
public record ServerHealth(Status status, String detail) {
  /** Whether it can answer. */
  public enum Status {
    /** It can. */
    READY,
    /** It is there, and loads its model. */
    LOADING,
    /** It is not there, or says so itself. */
    DOWN
  }

  /** Whether it can answer now. */
  public boolean isReady() {
    return status == Status.READY;
  }
}
