package ai.powertools.core.headers;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What headers say of one limit. What they do not say is empty.
 *
 * @param of what is counted, in snake_case: {@link #REQUESTS}, {@link #TOKENS}, {@link
 *     #INPUT_TOKENS}, {@link #OUTPUT_TOKENS}, or what else a vendor counts, as in {@code images}
 * @param limit the most in a window
 * @param remaining what is left of it
 * @param reset how long until all of it is there again, from when the answer came; zero or more
 * @param window the window, where its length is said; a month counts as 30 days
 */
public record HeaderLimit(
    String of,
    OptionalLong limit,
    OptionalLong remaining,
    Optional<Duration> reset,
    Optional<Duration> window) {

  /** Calls. */
  public static final String REQUESTS = "requests";

  /** Tokens, both ways. */
  public static final String TOKENS = "tokens";

  /** Tokens sent. */
  public static final String INPUT_TOKENS = "input_tokens";

  /** Tokens generated. */
  public static final String OUTPUT_TOKENS = "output_tokens";

  /** Whether nothing is left of it. */
  public boolean usedUp() {
    return remaining.isPresent() && remaining.getAsLong() == 0;
  }

  boolean isSilent() {
    return limit.isEmpty() && remaining.isEmpty() && reset.isEmpty();
  }

  /** What is left, from 0 (nothing) to 1 (all of it, or nothing is known). */
  double shareLeft() {
    if (usedUp()) {
      return 0;
    }
    if (limit.isEmpty() || remaining.isEmpty() || limit.getAsLong() == 0) {
      return 1;
    }
    return Math.min(1, (double) remaining.getAsLong() / limit.getAsLong());
  }
}
