package ai.powertools.retry.report;

/** Kinds of characters in ASCII, and of runs of them. */
final class Ascii {
  private Ascii() {}

  static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean upper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean lower(char c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean letter(char c) {
    return upper(c) || lower(c);
  }

  static boolean alphanumeric(char c) {
    return digit(c) || letter(c);
  }

  static boolean hex(char c) {
    return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /** What Base64 is made of, in its usual alphabet and in the one for URLs. */
  static boolean base64(char c) {
    return alphanumeric(c) || c == '+' || c == '/' || c == '=' || c == '_' || c == '-';
  }

  /**
   * Whether a run of Base64 looks as if it had been rolled by dice. It has large letters, small
   * ones and digits; and fewer other signs than one in ten (a path or a name of many words has
   * more).
   */
  static boolean looksRandom(CharSequence text, int from, int to) {
    int large = 0;
    int small = 0;
    int digits = 0;
    int others = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      large += upper(c) ? 1 : 0;
      small += lower(c) ? 1 : 0;
      digits += digit(c) ? 1 : 0;
      others += "+/_-".indexOf(c) >= 0 ? 1 : 0;
    }
    return large > 0 && small > 0 && digits > 0 && others * 10 <= to - from;
  }
}
