package ai.powertools.retry.report;

/** What ids look like, as opposed to words, names and numbers. */
final class IdShape {
  /** A mixture of letters and digits of this length has come from no dictionary. */
  private static final int SHORTEST = 8;

  /** Letters in front of a few digits are a name with a number, as in {@code embedding3}. */
  private static final int FEWEST_CHANGES = 3;

  private static final int LONG = 16;

  private IdShape() {}

  /**
   * Whether a run of letters, digits and underscores or dashes is one id: hexadecimal digits of
   * both sorts, or letters and digits that alternate. A run with dashes or underscores is judged by
   * its parts elsewhere.
   */
  static boolean isId(CharSequence text, int from, int to) {
    if (isPrefixedHex(text, from, to)) {
      return true;
    }
    if (to - from < SHORTEST) {
      return false;
    }
    boolean hex = true;
    int changes = 0;
    int digits = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!Ascii.alphanumeric(c)) {
        return false;
      }
      hex &= Ascii.hex(c);
      digits += Ascii.digit(c) ? 1 : 0;
      changes += i > from && Ascii.digit(c) != Ascii.digit(text.charAt(i - 1)) ? 1 : 0;
    }
    boolean mixed = digits > 0 && digits < to - from;
    return mixed && (hex || changes >= FEWEST_CHANGES || to - from >= LONG);
  }

  static boolean isHex(CharSequence text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Ascii.hex(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** As in {@code 0x7f3a}. */
  private static boolean isPrefixedHex(CharSequence text, int from, int to) {
    return to - from > 2
        && text.charAt(from) == '0'
        && text.charAt(from + 1) == 'x'
        && isHex(text, from + 2, to);
  }
}
