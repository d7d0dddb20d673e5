package ai.powertools.router.quality;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a model goes by: numbers that can be counted in any prompt, and its words. The numbers carry
 * over to subjects that no training had; the words tell those that it had.
 *
 * @param counted the numbers, always as many, in the same order
 * @param terms its words and, as zeros, its numbers, in order
 * @param choice whether there are options to choose from
 */
record Features(Counted counted, List<String> terms, boolean choice) {
  /** More characters tell nothing more, and take time. */
  private static final int LONGEST = 8_000;

  /** In place of a number counts only about how long it is. */
  private static final String ZEROS = "0000";

  /** How many numbers there are. */
  static final int SIZE = of("").counted().size();

  /** The features of a prompt; of a long one, of its beginning and end. */
  static Features of(String prompt) {
    PromptParts parts = PromptParts.of(shortened(prompt));
    List<Token> stem = Token.of(parts.stem());
    Vector vector = new Vector();
    StemFeatures.add(parts.stem(), stem, vector);
    List<List<Token>> options = parts.options().stream().map(Token::of).toList();
    OptionFeatures.add(parts.options(), options, stem, vector);
    List<String> terms = new ArrayList<>(2 * stem.size());
    addTerms(stem, terms);
    options.forEach(option -> addTerms(option, terms));
    return new Features(
        new Counted(vector.toArray()), Collections.unmodifiableList(terms), !options.isEmpty());
  }

  static String shortened(String prompt) {
    if (prompt.length() <= LONGEST) {
      return prompt;
    }
    return prompt.substring(0, LONGEST / 2)
        + "\n"
        + prompt.substring(prompt.length() - LONGEST / 2);
  }

  private static void addTerms(List<Token> tokens, List<String> terms) {
    for (Token token : tokens) {
      if (token.isWord()) {
        terms.add(token.text());
      } else if (token.isNumber()) {
        terms.add(ZEROS.substring(0, Math.min(ZEROS.length(), token.text().length())));
      }
    }
  }

  /** Numbers that do not change. */
  static final class Counted {
    private final double[] values;

    Counted(double[] values) {
      this.values = values;
    }

    int size() {
      return values.length;
    }

    double get(int index) {
      return values[index];
    }
  }
}
