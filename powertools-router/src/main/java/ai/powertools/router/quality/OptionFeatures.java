package ai.powertools.router.quality;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What can be counted in the options of a question: how many, how long, how much alike, how many of
 * their words the question has already, numbers, and words such as "none".
 */
final class OptionFeatures {
  private static final Set<String> VERDICTS = Set.of("true", "false", "yes", "no", "wrong", "not");

  private static final Set<String> SUMMARIES = Set.of("all", "none", "both", "neither");

  private OptionFeatures() {}

  /** Adds the features; always as many, zeros where there are no options. */
  static void add(List<String> options, List<List<Token>> tokens, List<Token> stem, Vector to) {
    to.add(options.size(), options.isEmpty() ? 1 : 0);
    if (options.isEmpty()) {
      to.add(new double[SIZE]);
      return;
    }
    lengths(options, to);
    likeness(tokens, stem, to);
    words(tokens, to);
  }

  private static final int SIZE = 4 + 5 + 12;

  private static void lengths(List<String> options, Vector to) {
    double longest = 0;
    double shortest = Double.MAX_VALUE;
    double sum = 0;
    for (String option : options) {
      longest = Math.max(longest, option.length());
      shortest = Math.min(shortest, option.length());
      sum += option.length();
    }
    double mean = sum / options.size();
    to.logged(mean, longest, shortest);
    to.add((longest - shortest) / Math.max(1, mean));
  }

  private static void likeness(List<List<Token>> options, List<Token> stem, Vector to) {
    Set<String> asked = texts(stem);
    List<Set<String>> texts = options.stream().map(OptionFeatures::texts).toList();
    double alike = 0;
    double known = 0;
    double most = 0;
    double least = 1;
    for (int i = 0; i < texts.size(); i++) {
      for (int j = 0; j < i; j++) {
        double both = common(texts.get(i), texts.get(j));
        alike += both / Math.max(1, texts.get(i).size() + texts.get(j).size() - both);
      }
      double share = common(texts.get(i), asked) / Math.max(1, texts.get(i).size());
      known += share;
      most = Math.max(most, share);
      least = Math.min(least, share);
    }
    int pairs = texts.size() * (texts.size() - 1) / 2;
    Set<String> first = new HashSet<>();
    options.stream().filter(o -> !o.isEmpty()).forEach(o -> first.add(o.get(0).text()));
    to.add(alike / pairs, known / texts.size(), most, most - least, first.size());
  }

  private static void words(List<List<Token>> options, Vector to) {
    double[] having = new double[9];
    double letters = 0;
    double words = 0;
    double capitals = 0;
    for (List<Token> option : options) {
      Set<String> texts = texts(option);
      String begin = option.isEmpty() ? "" : option.get(0).text();
      having[0] += option.stream().anyMatch(Token::isNumber) ? 1 : 0;
      having[1] += option.stream().noneMatch(Token::isWord) ? 1 : 0;
      having[2] += option.size() == 1 ? 1 : 0;
      having[3] += VERDICTS.contains(begin) ? 1 : 0;
      having[4] += texts.stream().anyMatch(SUMMARIES::contains) ? 1 : 0;
      having[5] += kinds(texts, WordKind.NOT) ? 1 : 0;
      having[6] += kinds(texts, WordKind.DEGREE) || texts.contains("because") ? 1 : 0;
      having[7] += option.stream().anyMatch(OptionFeatures::isFormula) ? 1 : 0;
      having[8] += !option.isEmpty() && option.get(option.size() - 1).is('.') ? 1 : 0;
      for (Token token : option) {
        if (token.isWord()) {
          words++;
          letters += token.text().length();
          capitals += token.capitals() > 0 ? 1 : 0;
        }
      }
    }
    for (double count : having) {
      to.add(count / options.size());
    }
    to.logged(letters / Math.max(1, words), words);
    to.add(capitals / Math.max(1, words));
  }

  private static boolean kinds(Set<String> texts, WordKind kind) {
    return texts.stream().anyMatch(text -> WordKind.of(text).contains(kind));
  }

  private static boolean isFormula(Token token) {
    return token.kind() == Token.Kind.SIGN && "=^+*/<>\\{}()".contains(token.text());
  }

  private static double common(Set<String> some, Set<String> others) {
    int common = 0;
    for (String text : some) {
      common += others.contains(text) ? 1 : 0;
    }
    return common;
  }

  private static Set<String> texts(List<Token> tokens) {
    List<String> texts = new ArrayList<>();
    for (Token token : tokens) {
      if (token.kind() != Token.Kind.SIGN) {
        texts.add(token.text());
      }
    }
    return new HashSet<>(texts);
  }
}
