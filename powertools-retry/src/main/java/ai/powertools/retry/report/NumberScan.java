package ai.powertools.retry.report;

import java.util.Locale;
import java.util.Set;

/**
 * What begins with a digit.
 *
 * @param shape what it is
 * @param end where it ends
 */
record NumberScan(Shape shape, int end) {
  /** The length of a UUID. */
  static final int UUID = 36;

  enum Shape {
    NUMBER("<n>"),
    DURATION("<duration>"),
    TIME("<time>"),
    ADDRESS("<ip>");

    private final String placeholder;

    Shape(String placeholder) {
      this.placeholder = placeholder;
    }

    String placeholder() {
      return placeholder;
    }
  }

  private static final int LONGEST_UNIT = 12;
  private static final int MOST_UNITS = 6; // days to microseconds

  private static final Set<String> UNITS =
      Set.of(
          "ns",
          "us",
          "µs",
          "ms",
          "s",
          "m",
          "h",
          "d",
          "sec",
          "secs",
          "min",
          "mins",
          "hr",
          "hrs",
          "millis",
          "milliseconds",
          "millisecond",
          "second",
          "seconds",
          "minute",
          "minutes",
          "hour",
          "hours",
          "day",
          "days");

  static NumberScan at(CharSequence text, int from) {
    int end = dateEnd(text, from);
    if (end > 0) {
      return new NumberScan(Shape.TIME, end);
    }
    end = digitsEnd(text, from);
    int dots = 0;
    int colons = 0;
    while (end + 1 < text.length()
        && ".,:".indexOf(text.charAt(end)) >= 0
        && Ascii.digit(text.charAt(end + 1))) {
      dots += text.charAt(end) == '.' ? 1 : 0;
      colons += text.charAt(end) == ':' ? 1 : 0;
      end = digitsEnd(text, end + 1);
    }
    if (dots == 3) {
      return new NumberScan(Shape.ADDRESS, end);
    }
    if (colons > 0) {
      return new NumberScan(Shape.TIME, zoneEnd(text, end));
    }
    int durationEnd = durationEnd(text, end);
    return durationEnd > 0
        ? new NumberScan(Shape.DURATION, durationEnd)
        : new NumberScan(Shape.NUMBER, end);
  }

  /** The end of an address of IPv6 or a MAC that begins here; -1 if none does. */
  static int ipv6End(CharSequence text, int from) {
    if (from > 0 && (text.charAt(from - 1) == ':' || Ascii.alphanumeric(text.charAt(from - 1)))) {
      return -1;
    }
    int colons = 0;
    int part = 0;
    int end = from;
    while (end < text.length() && part <= 4) {
      char c = text.charAt(end);
      if (c == ':') {
        colons++;
        part = 0;
      } else if (Ascii.hex(c)) {
        part++;
      } else {
        break;
      }
      end++;
    }
    boolean ends = end == text.length() || !Ascii.alphanumeric(text.charAt(end));
    boolean address =
        colons >= 3 || (colons == 2 && text.subSequence(from, end).toString().contains("::"));
    return address && part <= 4 && ends ? end : -1;
  }

  /** Eight, four, four, four and twelve hexadecimal digits with dashes between them. */
  static boolean uuid(CharSequence text, int from, int to) {
    if (to - from != UUID) {
      return false;
    }
    for (int i = 0; i < UUID; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      char c = text.charAt(from + i);
      if (dash ? c != '-' : !Ascii.hex(c)) {
        return false;
      }
    }
    return true;
  }

  private static int digitsEnd(CharSequence text, int from) {
    int end = from;
    while (end < text.length() && Ascii.digit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** The end of an ISO date, and of the time of day behind it; -1 if there is none. */
  private static int dateEnd(CharSequence text, int from) {
    if (!matches(text, from, "dddd-dd-dd")) {
      return -1;
    }
    int end = from + 10;
    if (end < text.length() && Ascii.alphanumeric(text.charAt(end)) && text.charAt(end) != 'T') {
      return -1;
    }
    boolean time =
        end < text.length()
            && (text.charAt(end) == 'T' || text.charAt(end) == ' ')
            && matches(text, end + 1, "dd:dd");
    return time ? zoneEnd(text, timeEnd(text, end + 6)) : end;
  }

  private static boolean matches(CharSequence text, int from, String shape) {
    if (text.length() - from < shape.length()) {
      return false;
    }
    for (int i = 0; i < shape.length(); i++) {
      char c = text.charAt(from + i);
      if (shape.charAt(i) == 'd' ? !Ascii.digit(c) : c != shape.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int timeEnd(CharSequence text, int from) {
    int end = from;
    while (end + 1 < text.length()
        && ".,:".indexOf(text.charAt(end)) >= 0
        && Ascii.digit(text.charAt(end + 1))) {
      end = digitsEnd(text, end + 1);
    }
    return end;
  }

  /** Z, +02:00 or nothing. */
  private static int zoneEnd(CharSequence text, int from) {
    if (from < text.length() && text.charAt(from) == 'Z') {
      return from + 1;
    }
    boolean offset = from < text.length() && (text.charAt(from) == '+' || text.charAt(from) == '-');
    return offset && matches(text, from + 1, "dd:dd") ? from + 6 : from;
  }

  /** Of a number that ends here, with its unit: {@code 20 s}, {@code 1m30.5s}; -1 without one. */
  private static int durationEnd(CharSequence text, int number) {
    boolean apart = number < text.length() && text.charAt(number) == ' ';
    int unitFrom = apart ? number + 1 : number;
    int unitTo = unitEnd(text, unitFrom);
    if (unitTo < 0) {
      return -1;
    }
    int end = unitTo;
    for (int i = 1; i < MOST_UNITS && end < text.length() && Ascii.digit(text.charAt(end)); i++) {
      int next = unitEnd(text, timeEnd(text, digitsEnd(text, end)));
      if (next < 0) {
        return -1;
      }
      end = next;
    }
    return end;
  }

  private static int unitEnd(CharSequence text, int from) {
    int end = from;
    int limit = Math.min(text.length(), from + LONGEST_UNIT + 1);
    while (end < limit && (Ascii.letter(text.charAt(end)) || text.charAt(end) == 'µ')) {
      end++;
    }
    boolean whole = end == text.length() || "_-".indexOf(text.charAt(end)) < 0;
    boolean unit = UNITS.contains(text.subSequence(from, end).toString().toLowerCase(Locale.ROOT));
    return whole && unit ? end : -1;
  }
}
