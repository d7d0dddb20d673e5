package ai.powertools.ratelimit;

import java.util.Locale;

/** Names of models with stars, each for any run of characters. */
final class Wildcard {
  private Wildcard() {}

  static boolean matches(String pattern, String name) {
    String text = name.toLowerCase(Locale.ROOT);
    String[] parts = pattern.toLowerCase(Locale.ROOT).split("\\*", -1);
    if (parts.length == 1) {
      return text.equals(parts[0]);
    }
    String first = parts[0];
    String last = parts[parts.length - 1];
    if (text.length() < first.length() + last.length()
        || !text.startsWith(first)
        || !text.endsWith(last)) {
      return false;
    }
    int at = first.length();
    int end = text.length() - last.length();
    for (int i = 1; i < parts.length - 1; i++) {
      int found = text.indexOf(parts[i], at);
      if (found < 0 || found + parts[i].length() > end) {
        return false;
      }
      at = found + parts[i].length();
    }
    return true;
  }

  /** How much of a name it fixes: the more, the better it fits what it matches. */
  static int weight(String pattern) {
    int stars = (int) pattern.chars().filter(c -> c == '*').count();
    // Of the same length, a whole name is better than a beginning.
    return 2 * (pattern.length() - stars) + (stars == 0 ? 1 : 0);
  }
}
