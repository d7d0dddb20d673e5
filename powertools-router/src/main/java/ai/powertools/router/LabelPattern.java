package ai.powertools.router;

/** Labels of models, in which {@code *} stands for anything. Case does not matter. */
final class LabelPattern {
  private LabelPattern() {}

  static boolean matches(String pattern, String label) {
    return matches(pattern, 0, label, 0);
  }

  static boolean anyMatches(Iterable<String> patterns, String label) {
    for (String pattern : patterns) {
      if (matches(pattern, label)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, int p, String label, int l) {
    // Greedy with one place to come back to: linear for one star, quadratic at worst.
    int star = -1;
    int resume = 0;
    while (l < label.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = l;
      } else if (p < pattern.length() && same(pattern.charAt(p), label.charAt(l))) {
        p++;
        l++;
      } else if (star >= 0) {
        p = star + 1;
        l = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static boolean same(char one, char other) {
    return one == other || Character.toLowerCase(one) == Character.toLowerCase(other);
  }
}
