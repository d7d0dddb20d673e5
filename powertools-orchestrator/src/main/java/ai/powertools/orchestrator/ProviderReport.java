package ai.powertools.orchestrator;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.LimitReport;
import ai.powertools.router.RateLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a provider said about its limits, for the limiter. */
final class ProviderReport {
  private ProviderReport() {}

  /**
   * The numbers. The wait that was asked for is not among them: whether it closes the way depends
   * on how the call ended.
   */
  static LimitReport of(RateLimits said) {
    Map<Dimension, LimitReport.Reported> dimensions = new HashMap<>();
    add(dimensions, Dimension.REQUESTS, said.requests());
    add(dimensions, Dimension.TOKENS, said.tokens());
    add(dimensions, Dimension.INPUT_TOKENS, said.inputTokens());
    add(dimensions, Dimension.OUTPUT_TOKENS, said.outputTokens());
    return dimensions.isEmpty() ? LimitReport.NONE : new LimitReport(dimensions, Optional.empty());
  }

  private static void add(
      Map<Dimension, LimitReport.Reported> dimensions,
      Dimension dimension,
      Optional<RateLimits.Limit> said) {
    said.ifPresent(
        limit ->
            dimensions.put(
                dimension,
                new LimitReport.Reported(limit.limit(), limit.remaining(), limit.reset())));
  }
}
