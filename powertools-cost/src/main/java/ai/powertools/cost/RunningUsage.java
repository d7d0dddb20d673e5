package ai.powertools.cost;

import ai.powertools.models.Unit;
import ai.powertools.models.Usage;
import java.util.EnumMap;
import java.util.Map;

/** A sum of what many attempts used. */
final class RunningUsage {
  private long input;
  private long cachedInput;
  private long cacheWrites;
  private long output;
  private long reasoning;
  private final Map<Unit, Long> details = new EnumMap<>(Unit.class);

  /** Takes it in; throws {@link ArithmeticException} if a sum is beyond a {@code long}. */
  void add(Usage usage) {
    input = Math.addExact(input, usage.inputTokens());
    cachedInput = Math.addExact(cachedInput, usage.cachedInputTokens());
    cacheWrites = Math.addExact(cacheWrites, usage.cacheWriteTokens());
    output = Math.addExact(output, usage.outputTokens());
    reasoning = Math.addExact(reasoning, usage.reasoningTokens());
    if (!usage.details().isEmpty()) {
      usage.details().forEach((unit, count) -> details.merge(unit, count, Math::addExact));
    }
  }

  Usage sum() {
    return new Usage(input, cachedInput, cacheWrites, output, reasoning, details);
  }
}
