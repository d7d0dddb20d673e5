package ai.powertools.router.providers;

import ai.powertools.router.ServerTimings;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/** Reads the {@code timings} of llama.cpp's server, which are in milliseconds. */
final class LlamaCppTimings {
  /** A number above is garbage: more than ten years. */
  private static final double MOST_MILLIS = 3.2e11;

  private LlamaCppTimings() {}

  static ServerTimings of(JsonNode timings) {
    return new ServerTimings(
        Optional.empty(),
        millis(timings.path("prompt_ms")),
        millis(timings.path("predicted_ms")),
        Math.max(0, timings.path("prompt_n").asLong(0)),
        Math.max(0, timings.path("predicted_n").asLong(0)));
  }

  private static Duration millis(JsonNode node) {
    double millis = node.asDouble(0);
    return millis >= 0 && millis < MOST_MILLIS
        ? Duration.ofNanos((long) (millis * 1_000_000))
        : Duration.ZERO;
  }
}
