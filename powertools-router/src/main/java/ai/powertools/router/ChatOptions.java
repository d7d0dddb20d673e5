package ai.powertools.router;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a model is to answer. What is not set is left to the vendor; what a vendor or model does not
 * know is refused before the call, except for {@code user}, {@code metadata} and {@code cacheKey},
 * which change no answer and go only to vendors that take them.
 *
 * @param maxOutputTokens the most that the answer may take, thoughts included; empty for the
 *     model's own limit
 * @param temperature how freely the model may choose its words, 0 to 2
 * @param topP the share of likelihood that words are chosen from, above 0 to 1
 * @param stop texts before which the answer ends
 * @param seed the same seed is to give the same answer, as far as the vendor manages
 * @param reasoning how much to think
 * @param serviceTier the vendor's word for how it is to be served, as in {@code flex}
 * @param user a stable name of whoever asks, not a personal one, for the vendor's abuse detection
 * @param metadata labels for the vendor's console
 * @param cacheKey requests with the same key share a cached beginning
 * @param extras what else goes into the body of the request, by the vendor's own names; objects are
 *     merged into those that are there, anything else takes their place
 */
public record ChatOptions(
    OptionalInt maxOutputTokens,
    OptionalDouble temperature,
    OptionalDouble topP,
    List<String> stop,
    OptionalLong seed,
    Optional<ReasoningEffort> reasoning,
    Optional<String> serviceTier,
    Optional<String> user,
    Map<String, String> metadata,
    Optional<String> cacheKey,
    Map<String, Object> extras) {

  /** Nothing set. */
  public static final ChatOptions DEFAULTS = new Builder().build();

  /**
   * Copies what can be changed.
   *
   * @throws IllegalArgumentException if a number is out of range, or the extras would turn a whole
   *     answer into a stream or the other way
   */
  public ChatOptions {
    stop = List.copyOf(stop);
    metadata = Map.copyOf(metadata);
    extras = Map.copyOf(extras);
    if (maxOutputTokens.isPresent() && maxOutputTokens.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "maxOutputTokens must be at least 1, not " + maxOutputTokens.getAsInt());
    }
    if (temperature.isPresent()
        && !(temperature.getAsDouble() >= 0 && temperature.getAsDouble() <= 2)) {
      throw new IllegalArgumentException(
          "temperature must be between 0 and 2, not " + temperature.getAsDouble());
    }
    if (topP.isPresent() && !(topP.getAsDouble() > 0 && topP.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "topP must be above 0 and at most 1, not " + topP.getAsDouble());
    }
    if (stop.contains("")) {
      throw new IllegalArgumentException("A stop text must not be empty.");
    }
    if (extras.containsKey("stream")) {
      throw new IllegalArgumentException(
          "extras can't set \"stream\": call stream(…) or chat(…) instead.");
    }
  }

  /** These options, to be changed. */
  Builder toBuilder() {
    Builder builder = new Builder();
    builder.maxOutputTokens = maxOutputTokens;
    builder.temperature = temperature;
    builder.topP = topP;
    builder.stop = stop;
    builder.seed = seed;
    builder.reasoning = reasoning;
    builder.serviceTier = serviceTier;
    builder.user = user;
    builder.metadata = new LinkedHashMap<>(metadata);
    builder.cacheKey = cacheKey;
    builder.extras = new LinkedHashMap<>(extras);
    return builder;
  }

  /** Collects options, for {@link ChatRequest.Builder}. For one thread. */
  static final class Builder {
    OptionalInt maxOutputTokens = OptionalInt.empty();
    OptionalDouble temperature = OptionalDouble.empty();
    OptionalDouble topP = OptionalDouble.empty();
    List<String> stop = List.of();
    OptionalLong seed = OptionalLong.empty();
    Optional<ReasoningEffort> reasoning = Optional.empty();
    Optional<String> serviceTier = Optional.empty();
    Optional<String> user = Optional.empty();
    Map<String, String> metadata = new LinkedHashMap<>();
    Optional<String> cacheKey = Optional.empty();
    Map<String, Object> extras = new LinkedHashMap<>();

    ChatOptions build() {
      return new ChatOptions(
          maxOutputTokens,
          temperature,
          topP,
          stop,
          seed,
          reasoning,
          serviceTier,
          user,
          metadata,
          cacheKey,
          extras);
    }
  }
}
