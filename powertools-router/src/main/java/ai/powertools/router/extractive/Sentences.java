package ai.powertools.router.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Parts a line of text into sentences. Each is a piece of the text as it stands. Knows decimals,
 * initials, common abbreviations, quotes and brackets that close behind the full stop, and the full
 * stops of scripts that put no space behind them.
 */
final class Sentences {
  /** What is longer is no sentence but a list, a log or a table; it is cut where a comma is. */
  static final int LONGEST = 600;

  private static final String STOPS = ".!?…";

  /** East Asian, Urdu, Arabic, Devanagari, Ethiopic and Khmer full stops and question marks. */
  private static final String STOPS_WITHOUT_SPACE = "。！？｡．۔؟।॥።៕";

  private static final String CLOSERS = "\"'”’»›)]}」』）】》〉";
  private static final String OPENERS = "\"'“‘«‹([{「『（【《〈¿¡„";

  /** A sentence goes on behind these, whatever follows; "Ms." is a title, "300 ms." is none. */
  private static final Set<String> TITLES =
      Set.of(
          "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Rev", "Hon", "Gen", "Col", "Capt", "Lt", "Sgt",
          "e.g", "E.g", "i.e", "I.e", "eg", "ie", "vs", "cf", "Cf", "viz", "approx", "resp", "z.B",
          "d.h", "u.a", "bzw", "ca", "vgl", "Vgl", "evtl", "p.ex");

  /** A sentence goes on behind these if a number follows. */
  private static final Set<String> NUMBERED =
      Set.of(
          "no", "nos", "nr", "fig", "figs", "eq", "sec", "ch", "chap", "vol", "p", "pp", "art",
          "ver", "v", "abs", "bd", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept",
          "oct", "nov", "dec");

  /** How much of a sentence a piece of text is. */
  enum Form {
    /** All of it, with a full stop. */
    WHOLE,
    /** A title, an item of a list, what leads to a list: it has no full stop. */
    OPEN,
    /** Part of what was too long. */
    FRAGMENT
  }

  /**
   * A piece of a line.
   *
   * @param text as it stands there
   * @param form how much of a sentence it is
   */
  record Piece(String text, Form form) {}

  private Sentences() {}

  /** The sentences of a line, without those that have neither letter nor digit. */
  static List<Piece> of(String line) {
    List<Piece> sentences = new ArrayList<>();
    int start = 0;
    int i = 0;
    while (i < line.length()) {
      if (!isStop(line.charAt(i))) {
        i++;
        continue;
      }
      int end = behind(line, i);
      if (ends(line, start, i, end)) {
        add(sentences, line.substring(start, end), Form.WHOLE);
        start = end;
      }
      i = end;
    }
    add(sentences, line.substring(start), Form.OPEN);
    return sentences;
  }

  private static boolean isStop(char c) {
    return STOPS.indexOf(c) >= 0 || STOPS_WITHOUT_SPACE.indexOf(c) >= 0;
  }

  /** Where a run of full stops, and of what closes behind them, ends. */
  private static int behind(String line, int stop) {
    int end = stop;
    while (end < line.length() && isStop(line.charAt(end))) {
      end++;
    }
    while (end < line.length() && CLOSERS.indexOf(line.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private static boolean ends(String line, int start, int stop, int end) {
    if (end == line.length()) {
      return true;
    }
    for (int i = stop; i < end; i++) {
      if (STOPS_WITHOUT_SPACE.indexOf(line.charAt(i)) >= 0) {
        return !isBetweenDigits(line, stop, end);
      }
    }
    if (!Character.isWhitespace(line.charAt(end))) {
      return false;
    }
    String next = nextWord(line, end);
    if (!next.isEmpty() && Character.isLowerCase(next.codePointAt(0))) {
      return false;
    }
    boolean plain = line.charAt(stop) == '.' && end == stop + 1;
    return !plain || endsBehind(wordBefore(line, start, stop), next);
  }

  private static boolean endsBehind(String word, String next) {
    if (TITLES.contains(word)) {
      return false;
    }
    if (NUMBERED.contains(word.toLowerCase(Locale.ROOT))) {
      return next.isEmpty() || !Character.isDigit(next.charAt(0));
    }
    boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0));
    if (initial || isAcronym(word)) {
      // "J. Smith", "the U.S. Army", but "in the U.S. The"
      return StopWords.contains(next.toLowerCase(Locale.ROOT));
    }
    return true;
  }

  /** As in U.S or a.m: letters with dots between them. */
  private static boolean isAcronym(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (i % 2 == 0 ? !Character.isLetter(c) : c != '.') {
        return false;
      }
    }
    return word.length() > 2 && word.length() % 2 == 1;
  }

  private static boolean isBetweenDigits(String line, int stop, int end) {
    return end == stop + 1
        && stop > 0
        && Character.isDigit(line.charAt(stop - 1))
        && Character.isDigit(line.charAt(end));
  }

  /** The letters and dots right before a full stop. */
  private static String wordBefore(String line, int start, int stop) {
    int from = stop;
    while (from > start && stop - from < 12 && isWordPart(line.charAt(from - 1))) {
      from--;
    }
    return line.substring(from, stop);
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.';
  }

  /** The next word, without what opens before it; empty when something else follows. */
  private static String nextWord(String line, int end) {
    int from = end;
    while (from < line.length()
        && (Character.isWhitespace(line.charAt(from)) || OPENERS.indexOf(line.charAt(from)) >= 0)) {
      from++;
    }
    int to = from;
    while (to < line.length() && to - from < 20 && Character.isLetterOrDigit(line.charAt(to))) {
      to++;
    }
    return line.substring(from, to);
  }

  private static void add(List<Piece> sentences, String text, Form form) {
    if (text.length() <= LONGEST) {
      addOne(sentences, text, form);
      return;
    }
    int from = 0;
    while (text.length() - from > LONGEST) {
      int to = cut(text, from);
      addOne(sentences, text.substring(from, to), Form.FRAGMENT);
      from = to;
    }
    addOne(sentences, text.substring(from), Form.FRAGMENT);
  }

  private static void addOne(List<Piece> sentences, String text, Form form) {
    if (text.codePoints().anyMatch(Character::isLetterOrDigit)) {
      sentences.add(new Piece(text.strip(), form));
    }
  }

  /** Behind the last comma or the like that is near enough, else between words, else anywhere. */
  private static int cut(String text, int from) {
    int last = from + LONGEST - 1;
    int space = -1;
    for (int i = last; i > from + LONGEST / 2; i--) {
      if (";:,，、；：؛،".indexOf(text.charAt(i)) >= 0) {
        return i + 1;
      }
      if (space < 0 && Character.isWhitespace(text.charAt(i))) {
        space = i;
      }
    }
    int anywhere = Character.isHighSurrogate(text.charAt(last)) ? last : last + 1;
    return space > 0 ? space : anywhere;
  }
}
