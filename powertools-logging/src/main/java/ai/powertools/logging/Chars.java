package ai.powertools.logging;

/** What kinds of character there are in text that may hold secrets; all of them ASCII. */
final class Chars {
  private Chars() {}

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
    return lower(c) || upper(c);
  }

  static boolean alphanumeric(char c) {
    return letter(c) || digit(c);
  }

  static boolean hex(char c) {
    return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /** What keys are made of, and names: the alphabet of URL-safe Base64. */
  static boolean word(char c) {
    return alphanumeric(c) || c == '_' || c == '-';
  }

  /** What the value of a header such as {@code Bearer} is made of: RFC 6750, section 2.1. */
  static boolean credential(char c) {
    return word(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
  }

  static boolean quote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  /** Where a value without quotes ends. */
  static boolean endsValue(char c) {
    return c <= ' ' || quote(c) || ",;&<>|)]}".indexOf(c) >= 0;
  }
}
