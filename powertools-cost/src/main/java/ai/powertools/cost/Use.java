package ai.powertools.cost;

/** What became of an answer, as its caller sees it. */
public enum Use {
  /** It was of use, as far as anybody said. */
  USED,
  /** It was cut off at the limit of tokens. */
  TRUNCATED,
  /** Nobody used it: it did not parse, failed its check, or came too late. */
  UNUSED
}
