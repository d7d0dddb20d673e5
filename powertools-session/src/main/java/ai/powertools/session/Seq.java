package ai.powertools.session;

/** What the numbers of entries mean that are not those of a log. */
final class Seq {
  /** A value. */
  static final long VALUE = 0;

  /** The first entry of a log. */
  static final long FIRST = 1;

  /** A snapshot, by its label. */
  static final long SNAPSHOT = -1;

  /** The number of the last entry of a log that has none any more. */
  static final long END = -2;

  private Seq() {}
}
