package ai.powertools.ratelimit;

import java.util.regex.Pattern;

/**
 * What a limit counts: requests, tokens, or whatever else a provider sells by the piece. Two with
 * the same name are the same.
 *
 * @param name as in {@code "input_tokens"}: lower case letters, digits and underscores
 */
public record Dimension(String name) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  /** Calls. Every demand is for one of these, unless it says otherwise. */
  public static final Dimension REQUESTS = new Dimension("requests");

  /** Tokens of input and output together. */
  public static final Dimension TOKENS = new Dimension("tokens");

  /** Tokens of prompts. */
  public static final Dimension INPUT_TOKENS = new Dimension("input_tokens");

  /** Tokens of answers. */
  public static final Dimension OUTPUT_TOKENS = new Dimension("output_tokens");

  /** Refuses a name of another form. */
  public Dimension {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" names no dimension: give lower case letters, digits and underscores, as in images or micro_usd."
              .formatted(name));
    }
  }

  /** Anything else that is counted in whole numbers, such as images or millionths of a dollar. */
  public static Dimension of(String name) {
    return new Dimension(name);
  }

  /** Where a demand keeps its amount: a place of its own for the four above, 4 for all others. */
  int slot() {
    return switch (name) {
      case "requests" -> 0;
      case "tokens" -> 1;
      case "input_tokens" -> 2;
      case "output_tokens" -> 3;
      default -> 4;
    };
  }

  /** As in {@code "input tokens"}, for messages. */
  String label() {
    return name.replace('_', ' ');
  }

  @Override
  public String toString() {
    return name;
  }
}
