package ai.powertools.ratelimit.simulation;

import ai.powertools.ratelimit.RateLimitExceededException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names why calls were refused. */
final class Refusals {
  private Refusals() {}

  /** As in {@code "too late: 60 requests per minute"}. */
  static String reason(@Nullable Throwable failure) {
    if (failure instanceof RateLimitExceededException refusal) {
      return refusal.refusal().name().toLowerCase(Locale.ROOT).replace('_', ' ')
          + ": "
          + refusal.limit();
    }
    return failure == null ? "no reason" : failure.getClass().getSimpleName();
  }
}
