package ai.powertools.router.quality;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can be counted in a question: lengths, sentences, numbers, signs, capitals, kinds of words,
 * and the same of its last sentence, which mostly asks. Used for one text, then thrown away.
 */
final class StemFeatures {
  /** What counts again in the last sentence. */
  private static final List<WordKind> ASKED =
      List.of(
          WordKind.IF,
          WordKind.TOTAL,
          WordKind.COMPARE,
          WordKind.REMAIN,
          WordKind.NOT,
          WordKind.WHAT,
          WordKind.HOW,
          WordKind.WHICH,
          WordKind.EACH,
          WordKind.DEGREE,
          WordKind.MONEY,
          WordKind.TIME);

  private static final String SIGNS = ",;:-()\"/$%=^+_'?";
  private static final int LONG_WORD = 8;
  private static final int VERY_LONG_WORD = 11;

  private final Map<WordKind, Integer> kinds = new EnumMap<>(WordKind.class);
  private final Map<WordKind, Integer> lastKinds = new EnumMap<>(WordKind.class);
  private final double[] signs = new double[SIGNS.length()];
  private final Set<String> words = new HashSet<>();
  private final Set<String> numbers = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private int wordCount;
  private int letters;
  private int longWords;
  private int veryLongWords;
  private int longestWord;
  private int capitalized;
  private int allCapitals;
  private int numberCount;
  private int decimals;
  private int grouped;
  private int years;
  private int large;
  private double largest;
  private int otherSigns;
  private int sentences;
  private int longestSentence;
  private int lastLength;
  private int lastNumbers;
  private int foreign;

  private StemFeatures() {}

  /** Adds the features of a text. */
  static void add(String stem, List<Token> tokens, Vector to) {
    StemFeatures features = new StemFeatures();
    features.read(tokens);
    for (int i = 0; i < stem.length(); i++) {
      features.foreign += stem.charAt(i) > 127 ? 1 : 0;
    }
    features.write(stem, to);
  }

  private void read(List<Token> tokens) {
    int from = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).endsSentence() || i + 1 == tokens.size()) {
        sentence(tokens.subList(from, i + 1));
        from = i + 1;
      }
    }
  }

  private void sentence(List<Token> tokens) {
    sentences++;
    lastLength = 0;
    lastNumbers = 0;
    lastKinds.clear();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      switch (token.kind()) {
        case WORD -> word(token, i == 0);
        case NUMBER -> number(token);
        case SIGN -> sign(token);
      }
    }
    longestSentence = Math.max(longestSentence, lastLength);
  }

  private void word(Token token, boolean first) {
    String word = token.text();
    wordCount++;
    lastLength++;
    letters += word.length();
    longWords += word.length() >= LONG_WORD ? 1 : 0;
    veryLongWords += word.length() >= VERY_LONG_WORD ? 1 : 0;
    longestWord = Math.max(longestWord, word.length());
    words.add(word);
    if (token.capitals() > 0 && !first) {
      capitalized++;
      names.add(word);
    }
    allCapitals += token.capitals() > 1 && token.capitals() == word.length() ? 1 : 0;
    for (WordKind kind : WordKind.of(word)) {
      kinds.merge(kind, 1, Integer::sum);
      lastKinds.merge(kind, 1, Integer::sum);
    }
  }

  private void number(Token token) {
    String digits = token.text();
    numberCount++;
    lastNumbers++;
    numbers.add(digits);
    decimals += digits.indexOf('.') >= 0 ? 1 : 0;
    grouped += digits.indexOf(',') >= 0 ? 1 : 0;
    double value = value(digits);
    years += digits.length() == 4 && value >= 1000 && value < 2030 ? 1 : 0;
    large += value >= 100 ? 1 : 0;
    largest = Math.max(largest, value);
  }

  /** Up to the second point; beyond 15 digits it only matters that it is large. */
  private static double value(String digits) {
    double value = 0;
    double unit = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c == '.') {
        if (unit > 0) {
          break;
        }
        unit = 1;
      } else if (c != ',' && unit > 0) {
        unit /= 10;
        value += (c - '0') * unit;
      } else if (c != ',') {
        value = Math.min(1e15, value * 10 + (c - '0'));
      }
    }
    return value;
  }

  private void sign(Token token) {
    int at = SIGNS.indexOf(token.text().charAt(0));
    if (at >= 0) {
      signs[at]++;
    } else {
      otherSigns++;
    }
  }

  private void write(String stem, Vector to) {
    double perWord = 1.0 / Math.max(1, wordCount);
    double perSentence = 1.0 / Math.max(1, sentences);
    to.add(Math.sqrt(stem.length()));
    to.logged(stem.length(), wordCount, sentences, longestSentence, lastLength, lastNumbers);
    to.logged(numberCount, numbers.size(), decimals, grouped, years, large, largest, foreign);
    to.logged(letters * perWord, longestWord, wordCount * perSentence, names.size(), allCapitals);
    to.add(longWords * perWord, veryLongWords * perWord, capitalized * perWord);
    to.add(words.size() * perWord, numberCount * perWord);
    to.add(signs[0] * perSentence);
    to.logged(signs);
    to.logged(otherSigns);
    for (WordKind kind : WordKind.values()) {
      to.logged(kinds.getOrDefault(kind, 0));
    }
    for (WordKind kind : ASKED) {
      to.logged(lastKinds.getOrDefault(kind, 0));
    }
    char last = stem.isEmpty() ? ' ' : stem.charAt(stem.length() - 1);
    to.add(last == '?' ? 1 : 0, last == ':' ? 1 : 0, last == '.' ? 1 : 0);
  }
}
