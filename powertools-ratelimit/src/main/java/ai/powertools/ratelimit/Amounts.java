package ai.powertools.ratelimit;

import java.util.Map;
import java.util.TreeMap;

/**
 * How much of each dimension. The four that nearly every call has are fields, so that a look at
 * them costs nothing.
 */
record Amounts(long requests, long tokens, long input, long output, Map<String, Long> others) {
  static final Amounts NOTHING = new Amounts(0, 0, 0, 0, Map.of());

  /** Of this dimension, whose slot is known. */
  long of(int slot, Dimension dimension) {
    return switch (slot) {
      case 0 -> requests;
      case 1 -> tokens;
      case 2 -> input;
      case 3 -> output;
      default -> others.getOrDefault(dimension.name(), 0L);
    };
  }

  /** With tokens that are not told apart: they count in full as either. */
  Amounts tokens(long count) {
    require("tokens", count);
    return new Amounts(requests, count, count, count, others);
  }

  Amounts tokens(long in, long out) {
    require("input tokens", in);
    require("output tokens", out);
    return new Amounts(requests, in + out, in, out, others);
  }

  /** With what a call used in all: its input was known beforehand, the answer is the rest. */
  Amounts usedInAll(long count, Amounts reserved) {
    require("tokens", count);
    if (reserved.input == reserved.tokens && reserved.output == reserved.tokens) {
      return tokens(count);
    }
    long in = Math.min(reserved.input, count);
    return new Amounts(requests, count, in, count - in, others);
  }

  Amounts with(Dimension dimension, long count) {
    require(dimension.label(), count);
    return switch (dimension.slot()) {
      case 0 -> new Amounts(count, tokens, input, output, others);
      case 1 -> new Amounts(requests, count, input, output, others);
      case 2 -> new Amounts(requests, tokens, count, output, others);
      case 3 -> new Amounts(requests, tokens, input, count, others);
      default -> {
        Map<String, Long> more = new TreeMap<>(others);
        more.put(dimension.name(), count);
        yield new Amounts(requests, tokens, input, output, Map.copyOf(more));
      }
    };
  }

  private static void require(String what, long count) {
    Limit.requireCount("A number of " + what, count, 0);
  }

  /** As in {@code "a request of 1500 tokens and 2 images"}, for messages. */
  String label() {
    StringBuilder label = new StringBuilder(requests == 1 ? "a request" : requests + " requests");
    if (tokens > 0) {
      label.append(" of ").append(tokens).append(tokens == 1 ? " token" : " tokens");
    } else if (input > 0 || output > 0) {
      label.append(" of ").append(input).append(" + ").append(output).append(" tokens");
    }
    new TreeMap<>(others)
        .forEach(
            (name, count) ->
                label.append(" and ").append(count).append(' ').append(name.replace('_', ' ')));
    return label.toString();
  }
}
