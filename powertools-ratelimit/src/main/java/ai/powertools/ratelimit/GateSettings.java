package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import ai.powertools.ratelimit.shared.SharedLimits;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the builder was told.
 *
 * @param limits those of the whole limiter
 * @param levels those of keys, from the outermost
 * @param mostKeys how many keys are kept at most
 * @param adaption what providers' places begin with
 * @param shared where other processes share them; null when they are this one's alone
 * @param mostWaiting how many may wait
 * @param leaseNanos how long a permit lasts; {@link Level#NEVER} for good
 */
record GateSettings(
    String name,
    Limits limits,
    List<LevelRule> levels,
    int mostKeys,
    Weights weights,
    Adaption adaption,
    @Nullable SharedBy shared,
    int mostWaiting,
    Shed shed,
    long leaseNanos,
    Consumer<LimiterEvent> listener,
    Time time) {

  /** Where the limits of the whole limiter are kept for several processes. */
  record SharedBy(SharedLimits limits, String key, Sharing sharing) {}
}
