package ai.powertools.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Random input that can be had again by its seed, for tests of laws.
 *
 * <pre>{@code
 * RandomInput.check(1_000, input -> {
 *   String text = input.text(200);
 *   assertThat(decode(encode(text))).isEqualTo(text);
 * });
 * }</pre>
 *
 * <p>A case that fails says its seed; {@code -Dpowertools.seed=…} with it makes that case the first
 * one. The same seed gives the same input on every machine. Not for use by several threads at once.
 */
public final class RandomInput {
  private static final String SEED = "powertools.seed";

  /** What breaks programs that have never met it; all of it is valid Unicode. */
  private static final List<String> NASTY =
      List.of(
          "\"",
          "'",
          "`",
          "\\",
          "\n",
          "\r\n",
          "\t",
          "\u0001",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u00ad",
          "\u200b",
          "\u200d",
          "\u2028",
          "\u202e",
          "\ufeff",
          "\ufffd",
          "\uffff",
          "%s",
          "%",
          "_",
          "${x}",
          "{}",
          "<b>",
          "&amp;",
          "--",
          ";",
          "/*",
          "data: ",
          "\n\n",
          "ß",
          "İ",
          "ı",
          "ﬁ",
          "e\u0301",
          "한",
          "你好",
          "\u05e9\u05dc\u05d5\u05dd",
          "\u0645\u0631\u062d\u0628\u0627",
          "🙂",
          "👩\u200d👩\u200d👧",
          "🏳\ufe0f\u200d🌈",
          "𝒳",
          "\ud83d\ude00");

  private final long seed;
  private final SplittableRandom random;

  private RandomInput(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /** From the system property {@code powertools.seed} or, without it, a fresh seed. */
  public static RandomInput seeded() {
    return of(Long.getLong(SEED, System.nanoTime()));
  }

  /** From this seed. */
  public static RandomInput of(long seed) {
    return new RandomInput(seed);
  }

  /**
   * How many of something a test does: the system property, so that a night can do more, or else
   * what the everyday build has time for.
   *
   * @throws IllegalArgumentException if the property is there and no positive whole number
   */
  public static int size(String property, int ciDefault) {
    String value = System.getProperty(property);
    if (value == null) {
      return ciDefault;
    }
    try {
      int size = Integer.parseInt(value.replace("_", ""));
      if (size > 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(notASize(property, value), e);
    }
    throw new IllegalArgumentException(notASize(property, value));
  }

  private static String notASize(String property, String value) {
    return "-D" + property + "=" + value + " is not a size: give a positive whole number.";
  }

  /** What is to hold for every input. */
  @FunctionalInterface
  public interface Case {
    /** Fails by throwing. */
    void run(RandomInput input) throws Exception;
  }

  /**
   * Runs a case with this many inputs, each of its own seed.
   *
   * @throws AssertionError when one fails, with its number, its seed, and what it threw as the
   *     cause
   */
  public static void check(int cases, Case body) {
    long first = seeded().seed();
    for (int i = 0; i < cases; i++) {
      // The golden ratio's increment, as in SplittableRandom: neighbours have nothing in common.
      RandomInput input = of(first + i * 0x9e3779b97f4a7c15L);
      try {
        body.run(input);
      } catch (Exception | AssertionError e) {
        throw failed(i + 1, cases, input, e);
      }
    }
  }

  private static AssertionError failed(int number, int cases, RandomInput input, Throwable e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new AssertionError(
        "Case %d of %d failed; it is the first one with -D%s=%d: %s"
            .formatted(number, cases, SEED, input.seed(), e),
        e);
  }

  /** What this input grew from. */
  public long seed() {
    return seed;
  }

  /** An int of the range, {@code below} excluded. */
  public int ints(int from, int below) {
    return random.nextInt(from, below);
  }

  /** A long of the range, {@code below} excluded. */
  public long longs(long from, long below) {
    return random.nextLong(from, below);
  }

  /** True with this probability, from 0 to 1. */
  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /**
   * One of these.
   *
   * @throws IllegalArgumentException if there are none
   */
  @SafeVarargs
  public final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /**
   * One of these.
   *
   * @throws IllegalArgumentException if there are none
   */
  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A duration of the range, {@code below} excluded, to the nanosecond. */
  public Duration durations(Duration from, Duration below) {
    return Duration.ofNanos(random.nextLong(from.toNanos(), below.toNanos()));
  }

  /** A list of up to this many. */
  public <T> List<T> lists(int maxSize, Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(maxSize + 1); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  /**
   * Text of zero to {@code maxLength} chars: words mixed with quotes, newlines, escapes, signs of
   * control, text from right to left, and characters of several chars. It is always valid Unicode
   * (no half of a surrogate pair) and has no NUL, which PostgreSQL's text can't hold.
   */
  public String text(int maxLength) {
    int length = random.nextInt(maxLength + 1);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      String next = chance(0.3) ? oneOf(NASTY) : letter();
      // What is too long for the rest would be cut in half.
      text.append(text.length() + next.length() <= length ? next : letter());
    }
    return text.toString();
  }

  private String letter() {
    return chance(0.15) ? " " : Character.toString(random.nextInt('!', '~' + 1));
  }

  /** Names the seed. */
  @Override
  public String toString() {
    return "random input of seed " + seed;
  }
}
