package ai.powertools.models;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a call used, each token counted once.
 *
 * <p>The totals include their parts, as OpenAI and Gemini report them: cached tokens and cache
 * writes are part of the input, reasoning is part of the output. Where a vendor reports the parts
 * beside the total (Anthropic's cached input, Gemini's thoughts), {@link UsageReader} adds them.
 *
 * @param inputTokens all tokens sent, cached or not
 * @param cachedInputTokens those of them that were read from the vendor's prompt cache
 * @param cacheWriteTokens those of them that were written to it, and charged as such
 * @param outputTokens all tokens generated, seen or not
 * @param reasoningTokens those of them that were thoughts
 * @param details everything else, by unit: sound, images, cache writes by their lifetime, searches
 *     …; none of the five above and no zeros, in the order of {@link Unit}
 */
public record Usage(
    long inputTokens,
    long cachedInputTokens,
    long cacheWriteTokens,
    long outputTokens,
    long reasoningTokens,
    Map<Unit, Long> details) {

  /** No tokens at all: what a call used that was never sent. */
  public static final Usage ZERO = new Usage(0, 0, 0, 0, 0);

  /**
   * Refuses what no call can have used.
   *
   * @throws IllegalArgumentException if a number is negative, a part is larger than its whole, or
   *     one of the five is among the details
   */
  public Usage {
    if (inputTokens < 0
        || cachedInputTokens < 0
        || cacheWriteTokens < 0
        || outputTokens < 0
        || reasoningTokens < 0) {
      throw new IllegalArgumentException(
          "Tokens must not be negative: "
              + numbers(
                  inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens));
    }
    if (cachedInputTokens > inputTokens - cacheWriteTokens || reasoningTokens > outputTokens) {
      throw new IllegalArgumentException(
          "A part is larger than its whole: "
              + numbers(
                  inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens)
              + ". Input must include its cached and cache-write tokens, output its reasoning.");
    }
    details = details.isEmpty() ? Map.of() : copyOf(details);
  }

  /** Tokens only, of the five kinds that nearly every vendor counts. */
  public Usage(
      long inputTokens,
      long cachedInputTokens,
      long cacheWriteTokens,
      long outputTokens,
      long reasoningTokens) {
    this(inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens, Map.of());
  }

  /** Plain input and output: nothing cached, no reasoning. */
  public static Usage of(long inputTokens, long outputTokens) {
    return new Usage(inputTokens, 0, 0, outputTokens, 0);
  }

  /**
   * Usage by unit; what is not in the map is zero.
   *
   * @throws IllegalArgumentException as the constructor does
   */
  public static Usage of(Map<Unit, Long> quantities) {
    Map<Unit, Long> details = new EnumMap<>(Unit.class);
    details.putAll(quantities);
    return new Usage(
        taken(details, Unit.INPUT_TOKENS),
        taken(details, Unit.CACHE_READ_TOKENS),
        taken(details, Unit.CACHE_WRITE_TOKENS),
        taken(details, Unit.OUTPUT_TOKENS),
        taken(details, Unit.OUTPUT_REASONING_TOKENS),
        details);
  }

  /** This usage and so much more of a unit; for what is not read from a response. */
  public Usage and(Unit unit, long quantity) {
    Map<Unit, Long> all = new EnumMap<>(Unit.class);
    all.putAll(quantities());
    all.merge(unit, quantity, Math::addExact);
    return of(all);
  }

  /** How many of a unit; zero when none were counted. */
  public long get(Unit unit) {
    return switch (unit) {
      case INPUT_TOKENS -> inputTokens;
      case CACHE_READ_TOKENS -> cachedInputTokens;
      case CACHE_WRITE_TOKENS -> cacheWriteTokens;
      case OUTPUT_TOKENS -> outputTokens;
      case OUTPUT_REASONING_TOKENS -> reasoningTokens;
      default -> details.isEmpty() ? 0 : details.getOrDefault(unit, 0L);
    };
  }

  /** All that is not zero, in the order of {@link Unit}; wholes include their parts. */
  public Map<Unit, Long> quantities() {
    Map<Unit, Long> all = new EnumMap<>(Unit.class);
    put(all, Unit.INPUT_TOKENS, inputTokens);
    put(all, Unit.CACHE_READ_TOKENS, cachedInputTokens);
    put(all, Unit.CACHE_WRITE_TOKENS, cacheWriteTokens);
    put(all, Unit.OUTPUT_TOKENS, outputTokens);
    put(all, Unit.OUTPUT_REASONING_TOKENS, reasoningTokens);
    all.putAll(details);
    return Collections.unmodifiableMap(new LinkedHashMap<>(all));
  }

  /**
   * Both together, as for the attempts of one call.
   *
   * @throws ArithmeticException if a sum is beyond a {@code long}
   */
  public Usage plus(Usage other) {
    Map<Unit, Long> both = details;
    if (!other.details.isEmpty()) {
      both = new EnumMap<>(Unit.class);
      both.putAll(details);
      for (Map.Entry<Unit, Long> detail : other.details.entrySet()) {
        both.merge(detail.getKey(), detail.getValue(), Math::addExact);
      }
    }
    return new Usage(
        Math.addExact(inputTokens, other.inputTokens),
        Math.addExact(cachedInputTokens, other.cachedInputTokens),
        Math.addExact(cacheWriteTokens, other.cacheWriteTokens),
        Math.addExact(outputTokens, other.outputTokens),
        Math.addExact(reasoningTokens, other.reasoningTokens),
        both);
  }

  /**
   * Input and output together; the parts are in them already.
   *
   * @throws ArithmeticException if the sum is beyond a {@code long}
   */
  public long totalTokens() {
    return Math.addExact(inputTokens, outputTokens);
  }

  private static Map<Unit, Long> copyOf(Map<Unit, Long> details) {
    Map<Unit, Long> kept = new EnumMap<>(Unit.class);
    for (Map.Entry<Unit, Long> detail : details.entrySet()) {
      Unit unit = detail.getKey();
      if (detail.getValue() < 0) {
        throw new IllegalArgumentException(
            "A quantity must not be negative: %s %d.".formatted(unit.key(), detail.getValue()));
      }
      if (hasItsOwnPlace(unit)) {
        throw new IllegalArgumentException(
            unit.key() + " has a place of its own; it can't be among the details as well.");
      }
      if (detail.getValue() > 0) {
        kept.put(unit, detail.getValue());
      }
    }
    return kept.isEmpty() ? Map.of() : Collections.unmodifiableMap(kept);
  }

  private static boolean hasItsOwnPlace(Unit unit) {
    return switch (unit) {
      case INPUT_TOKENS,
          CACHE_READ_TOKENS,
          CACHE_WRITE_TOKENS,
          OUTPUT_TOKENS,
          OUTPUT_REASONING_TOKENS ->
          true;
      default -> false;
    };
  }

  private static long taken(Map<Unit, Long> quantities, Unit unit) {
    Long quantity = quantities.remove(unit);
    return quantity == null ? 0 : quantity;
  }

  private static void put(Map<Unit, Long> quantities, Unit unit, long quantity) {
    if (quantity > 0) {
      quantities.put(unit, quantity);
    }
  }

  private static String numbers(
      long input, long cached, long cacheWrite, long output, long reasoning) {
    return "input %d (cached %d, cache writes %d), output %d (reasoning %d)"
        .formatted(input, cached, cacheWrite, output, reasoning);
  }
}
