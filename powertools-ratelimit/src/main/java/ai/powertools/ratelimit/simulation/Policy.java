package ai.powertools.ratelimit.simulation;

import ai.powertools.core.Time;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limits;
import ai.powertools.ratelimit.RateLimiter;
import ai.powertools.ratelimit.RateLimiterBuilder;
import ai.powertools.ratelimit.Shed;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How a limiter is set up. Immutable.
 *
 * <p>Written as items with commas between them:
 *
 * <pre>
 * requests=60/m               a limit: an amount (60, 100k, 1.5M) per window (s, m, h, d, 10m)
 * tokens=100k/m burst 0.1     so much of it at once: a share (0.1, 10%) or units (5000);
 *                             a sixtieth if nothing is said
 * tokens=100k/m sliding       never more in any window, in place of an even inflow
 * input_tokens, output_tokens and other names in the same way
 * concurrency=8               calls at once
 * queue=100 oldest            so many may wait; newest, oldest or least_urgent goes beyond that
 * weights=8/3/1               of high, normal and low priority
 * </pre>
 */
public final class Policy {
  private final String text;
  private final Limits limits;
  private final UnaryOperator<RateLimiterBuilder> setup;

  private Policy(String text, Limits limits, UnaryOperator<RateLimiterBuilder> setup) {
    this.text = text;
    this.limits = limits;
    this.setup = setup;
  }

  /** These limits, and all else as a limiter has it by default. */
  public static Policy of(Limits limits) {
    return new Policy(limits.toString(), limits, builder -> builder);
  }

  /**
   * From its text.
   *
   * @throws IllegalArgumentException if it can't be read; the message names the item and the remedy
   */
  public static Policy parse(String text) {
    Settings settings = Settings.parse("policy", text);
    Policy policy = new Policy(text.strip(), Limits.none(), builder -> builder);
    for (Settings.Item item : settings.items()) {
      policy = policy.with(settings, item);
    }
    return policy;
  }

  private Policy with(Settings settings, Settings.Item item) {
    return switch (item.name()) {
      case "concurrency" ->
          settings.read(item, value -> with(limits.concurrency(whole(value, "8"))));
      case "queue" -> settings.read(item, this::queue);
      case "weights" -> settings.read(item, this::weights);
      default ->
          settings.read(
              item, value -> with(limits.with(LimitNotation.parse(dimension(item.name()), value))));
    };
  }

  private static Dimension dimension(String name) {
    return switch (name) {
      case "input", "output" -> Dimension.of(name + "_tokens");
      default -> Dimension.of(name);
    };
  }

  private Policy queue(String value) {
    String[] words = value.split("\\s+", -1);
    int most = whole(words[0], "100");
    Shed shed = words.length == 1 ? Shed.NEWEST : shed(words[1]);
    if (words.length > 2) {
      throw new IllegalArgumentException("a queue is a number and a word, as in 100 oldest.");
    }
    return and(builder -> builder.queue(most, shed));
  }

  private static Shed shed(String word) {
    String known =
        Arrays.stream(Shed.values())
            .map(shed -> shed.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return Arrays.stream(Shed.values())
        .filter(shed -> shed.name().equalsIgnoreCase(word.replace('-', '_')))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "who is refused is one of %s, not \"%s\".".formatted(known, word)));
  }

  private Policy weights(String value) {
    List<Integer> weights =
        Arrays.stream(value.split("/", -1)).map(weight -> whole(weight, "8")).toList();
    if (weights.size() != 3) {
      throw new IllegalArgumentException("weights are three numbers, as in 8/3/1.");
    }
    return and(builder -> builder.weights(weights.get(0), weights.get(1), weights.get(2)));
  }

  private static int whole(String value, String example) {
    if (!value.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          "\"%s\" should be a whole number such as %s.".formatted(value, example));
    }
    return Integer.parseInt(value);
  }

  private Policy with(Limits more) {
    return new Policy(text, more, setup);
  }

  /** The same with more set up: levels, tenants, what adapts. Time and executor are set later. */
  public Policy and(UnaryOperator<RateLimiterBuilder> more) {
    return new Policy(text, limits, builder -> more.apply(setup.apply(builder)));
  }

  /** What holds for all calls together. */
  public Limits limits() {
    return limits;
  }

  /** A limiter that goes by this time, and tells what it decides on the thread that turns it. */
  RateLimiter limiter(Time time) {
    return setup
        .apply(RateLimiter.builder().name("simulated").limits(limits))
        .time(time)
        .executor(Runnable::run)
        .build();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
