package ai.powertools.router.extractive;

/**
 * Makes forms of an English word alike: plurals, -ed, -ing, and a final y. This is step 1 of M. F.
 * Porter, <a href="https://tartarus.org/martin/PorterStemmer/def.txt">An algorithm for suffix
 * stripping</a>, Program 14(3), 1980; the later steps, which take "general" and "generic" to one
 * stem, are left out on purpose.
 */
final class Stemmer {
  /** What is longer is no word of English. */
  private static final int LONGEST = 40;

  private Stemmer() {}

  /**
   * The stem of a word in lower case; the word itself if it is short, very long or not of a to z.
   */
  static String stem(String word) {
    boolean usual = word.length() >= 3 && word.length() <= LONGEST;
    if (!usual || !word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
      return word;
    }
    return finalY(pastAndProgressive(plural(word)));
  }

  /** Step 1a. */
  private static String plural(String word) {
    if (word.endsWith("sses") || word.endsWith("ies")) {
      return cut(word, 2);
    }
    return word.endsWith("s") && !word.endsWith("ss") ? cut(word, 1) : word;
  }

  /** Step 1b. */
  private static String pastAndProgressive(String word) {
    if (word.endsWith("eed")) {
      return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
    }
    int suffix = word.endsWith("ed") ? 2 : word.endsWith("ing") ? 3 : 0;
    if (suffix == 0 || !hasVowel(cut(word, suffix))) {
      return word;
    }
    return repaired(cut(word, suffix));
  }

  private static String repaired(String stem) {
    if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
      return stem + "e";
    }
    int last = stem.length() - 1;
    if (last > 0
        && stem.charAt(last) == stem.charAt(last - 1)
        && isConsonant(stem, last)
        && "lsz".indexOf(stem.charAt(last)) < 0) {
      return cut(stem, 1);
    }
    return measure(stem) == 1 && endsLikeHop(stem) ? stem + "e" : stem;
  }

  /** Step 1c. */
  private static String finalY(String word) {
    return word.endsWith("y") && hasVowel(cut(word, 1)) ? cut(word, 1) + "i" : word;
  }

  /** Porter's m: how many times a vowel is followed by a consonant. */
  private static int measure(String stem) {
    int measure = 0;
    for (int i = 1; i < stem.length(); i++) {
      if (isConsonant(stem, i) && !isConsonant(stem, i - 1)) {
        measure++;
      }
    }
    return measure;
  }

  private static boolean hasVowel(String stem) {
    for (int i = 0; i < stem.length(); i++) {
      if (!isConsonant(stem, i)) {
        return true;
      }
    }
    return false;
  }

  /** Porter's *o: consonant, vowel, consonant, the last not w, x or y. */
  private static boolean endsLikeHop(String stem) {
    int last = stem.length() - 1;
    return last >= 2
        && isConsonant(stem, last)
        && !isConsonant(stem, last - 1)
        && isConsonant(stem, last - 2)
        && "wxy".indexOf(stem.charAt(last)) < 0;
  }

  /** A y is a vowel behind a consonant. */
  private static boolean isConsonant(String stem, int i) {
    return switch (stem.charAt(i)) {
      case 'a', 'e', 'i', 'o', 'u' -> false;
      case 'y' -> i == 0 || !isConsonant(stem, i - 1);
      default -> true;
    };
  }

  private static String cut(String word, int letters) {
    return word.substring(0, word.length() - letters);
  }
}
