package ai.powertools.logging;

/**
 * Numbers of payment cards: of a known issuer's range and length, written in one piece or in the
 * groups that are printed on cards, and right by the check digit of Luhn (ISO/IEC 7812-1).
 */
final class Cards {
  private static final int LONGEST = 19;

  /** How numbers are written, the longest first. */
  private static final int[][] LAYOUTS = {
    {4, 4, 4, 4, 3}, {19}, {4, 4, 4, 4}, {16}, {4, 6, 5}, {15}, {4, 6, 4}, {14}
  };

  private Cards() {}

  /**
   * Where the card number that begins at {@code start} ends; -1 when none does.
   *
   * @param lowest where text begins that has not been masked already
   */
  static int find(String text, int start, int lowest) {
    if (start - 2 >= lowest && isFraction(text, start)) {
      return -1;
    }
    for (int[] layout : LAYOUTS) {
      StringBuilder digits = new StringBuilder(LONGEST);
      int end = read(text, start, layout, digits);
      if (end > 0 && !goesOn(text, end) && issued(digits) && luhn(digits)) {
        return end;
      }
    }
    return -1;
  }

  /** Reads groups of digits that the same separator divides; -1 when there is something else. */
  private static int read(String text, int start, int[] layout, StringBuilder digits) {
    int i = start;
    for (int group = 0; group < layout.length; group++) {
      if (group > 0) {
        char separator = i < text.length() ? text.charAt(i) : 0;
        boolean divides = separator == ' ' || separator == '-';
        if (!divides || separator != text.charAt(start + layout[0])) {
          return -1;
        }
        i++;
      }
      for (int end = i + layout[group]; i < end; i++) {
        if (i >= text.length() || !Chars.digit(text.charAt(i))) {
          return -1;
        }
        digits.append(text.charAt(i));
      }
    }
    return i;
  }

  /** The digits after a point: 0.4111111111111111 is no card. */
  private static boolean isFraction(String text, int start) {
    return text.charAt(start - 1) == '.' && Chars.digit(text.charAt(start - 2));
  }

  private static boolean goesOn(String text, int end) {
    if (end == text.length()) {
      return false;
    }
    char next = text.charAt(end);
    boolean point = next == '.' && end + 1 < text.length() && Chars.digit(text.charAt(end + 1));
    return point || Chars.alphanumeric(next);
  }

  /** Visa, Mastercard, American Express, Diners Club, Discover, UnionPay, JCB. */
  private static boolean issued(CharSequence digits) {
    int two = 10 * (digits.charAt(0) - '0') + digits.charAt(1) - '0';
    return switch (digits.length()) {
      case 14 -> two == 30 || two == 36 || two == 38;
      case 15 -> two == 34 || two == 37;
      case 16 -> (two >= 51 && two <= 55) || (two >= 22 && two <= 27) || isLong(two);
      default -> isLong(two);
    };
  }

  private static boolean isLong(int two) {
    boolean visa = two >= 40 && two <= 49;
    return visa || two == 35 || two == 60 || two == 62 || two == 64 || two == 65;
  }

  private static boolean luhn(CharSequence digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : 2 * digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }
}
