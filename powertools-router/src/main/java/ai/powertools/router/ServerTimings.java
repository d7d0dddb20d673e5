package ai.powertools.router;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a server of one's own says it took.
 *
 * @param load until the model was in memory; empty where it does not say
 * @param prompt for the input
 * @param generation for the output
 * @param promptTokens those that were worked on, without those that were still in memory
 * @param generatedTokens those that were generated
 */
public record ServerTimings(
    Optional<Duration> load,
    Duration prompt,
    Duration generation,
    long promptTokens,
    long generatedTokens) {

  /** The speed of generation; 0 where no time passed. */
  public double tokensPerSecond() {
    long nanos = generation.toNanos();
    return nanos == 0 ? 0 : generatedTokens * 1e9 / nanos;
  }
}
