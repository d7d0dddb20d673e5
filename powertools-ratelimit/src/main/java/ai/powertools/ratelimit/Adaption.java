package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a limiter adapts to its providers.
 *
 * @param level the level whose keys are providers, or whatever else counts by itself; empty for the
 *     first one, or for the limiter as a whole where there is none
 * @param concurrency makes a control for each; null to adapt no concurrency
 * @param rate makes a control for each; null to adapt no rate
 */
record Adaption(
    Optional<String> level,
    @Nullable Supplier<? extends ConcurrencyControl> concurrency,
    @Nullable Supplier<? extends RateControl> rate) {
  static final Adaption NONE = new Adaption(Optional.empty(), null, null);

  /** What a provider's place begins with; null when it does not adapt. Calls the user's code. */
  @Nullable Pace pace(Time time) {
    if (concurrency == null && rate == null) {
      return null;
    }
    return new Pace(
        concurrency == null ? null : concurrency.get(), rate == null ? null : rate.get(), time);
  }
}
