package ai.powertools.retry.kept;

/** Texts as every database takes them. */
final class Stored {
  private static final char REPLACEMENT = '\uFFFD';

  private Stored() {}

  /** Without U+0000, which PostgreSQL refuses, and without halves of characters. */
  static String text(String text) {
    StringBuilder valid = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        valid = valid == null ? new StringBuilder(text) : valid;
        valid.setCharAt(i, REPLACEMENT);
      }
    }
    return valid == null ? text : valid.toString();
  }

  /** At most so many chars, no character cut in half. */
  static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
