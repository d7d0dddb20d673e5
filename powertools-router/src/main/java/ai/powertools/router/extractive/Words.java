package ai.powertools.router.extractive;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a text as they are compared. Of an English text, without stop words and by their
 * stems; of any other, as they stand, in lower case. Scripts that are written without spaces, and
 * Korean, are taken by pairs of characters, as Lucene's CJKBigramFilter does.
 *
 * @param english whether the text is English
 */
record Words(boolean english) {
  /**
   * The share of stop words from which on a text is taken for English. English prose has 40 to 50
   * percent of them; German and French share a few with it (in, am, on, me), no more than 5.
   */
  private static final double ENGLISH_SHARE = 0.2;

  /** So many words tell the language. */
  private static final int SAMPLE = 2_000;

  /** No combining mark comes before it in Unicode. */
  private static final char FIRST_MARK = 0x300;

  /** Words for texts like these. */
  static Words like(List<String> texts) {
    int words = 0;
    int stopWords = 0;
    for (String text : texts) {
      for (String word : plain(text)) {
        words++;
        stopWords += StopWords.contains(word) ? 1 : 0;
      }
      if (words >= SAMPLE) {
        break;
      }
    }
    return new Words(stopWords > 0 && stopWords >= ENGLISH_SHARE * words);
  }

  /** What a text is compared by, in order. */
  List<String> terms(String text) {
    List<String> words = plain(text);
    if (!english) {
      return words;
    }
    return words.stream().filter(word -> !StopWords.contains(word)).map(Stemmer::stem).toList();
  }

  /** The words as they stand, in lower case. */
  static List<String> plain(String text) {
    List<String> words = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (!isPart(c)) {
        i += Character.charCount(c);
      } else if (isWithoutSpaces(c)) {
        i = pairs(text, i, words);
      } else {
        i = word(text, i, words);
      }
    }
    return words;
  }

  private static int word(String text, int from, List<String> words) {
    int i = from;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (isWithoutSpaces(c) || !(isPart(c) || joins(text, i))) {
        break;
      }
      i += Character.charCount(c);
    }
    String word = text.substring(from, i).replace('’', '\'').toLowerCase(Locale.ROOT);
    if (word.endsWith("'s") && word.length() > 3 && !StopWords.contains(word)) {
      word = word.substring(0, word.length() - 2);
    }
    words.add(composed(word));
    return i;
  }

  private static String composed(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) >= FIRST_MARK) {
        return Normalizer.normalize(word, Normalizer.Form.NFC);
      }
    }
    return word; // asking the normalizer would take more time than all the rest
  }

  /** Every character and the next; one that stands alone, alone. */
  private static int pairs(String text, int from, List<String> words) {
    int i = from;
    int before = -1;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (!isPart(c) || !isWithoutSpaces(c)) {
        break;
      }
      int next = i + Character.charCount(c);
      if (before >= 0) {
        words.add(text.substring(before, next));
      }
      before = i;
      i = next;
    }
    if (before == from) {
      words.add(text.substring(from, i));
    }
    return i;
  }

  /** An apostrophe between letters, and a point or comma between digits, are part of a word. */
  private static boolean joins(String text, int i) {
    if (i == 0 || i + 1 >= text.length()) {
      return false;
    }
    char before = text.charAt(i - 1);
    char after = text.charAt(i + 1);
    return switch (text.charAt(i)) {
      case '\'', '’' -> Character.isLetter(before) && Character.isLetter(after);
      case '.', ',' -> Character.isDigit(before) && Character.isDigit(after);
      default -> false;
    };
  }

  private static boolean isPart(int c) {
    return Character.isLetterOrDigit(c)
        || switch (Character.getType(c)) {
          case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
          default -> false;
        };
  }

  private static boolean isWithoutSpaces(int c) {
    if (c < 0x0E00) { // the first of these scripts, Thai, begins here
      return false;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }
}
