package ai.powertools.retry.kept;

/**
 * How many letters stand how.
 *
 * @param waiting to be driven again
 * @param taken by somebody who drives them, or died doing so
 * @param done and only still there to be looked at
 * @param givenUp not driven again unless asked for
 */
public record LetterCounts(long waiting, long taken, long done, long givenUp) {
  /** All of them. */
  public long total() {
    return waiting + taken + done + givenUp;
  }

  /** Those that are still to be done. */
  long open() {
    return waiting + taken;
  }
}
