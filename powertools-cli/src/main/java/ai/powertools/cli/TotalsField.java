package ai.powertools.cli;

import ai.powertools.cost.Totals;
import ai.powertools.models.Usd;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One number of what a set of attempts comes to, in a form that programs read. The names are those
 * of the month's CSV.
 *
 * @param name in lower case with underscores, with its unit
 * @param isAmount whether it is dollars, which JSON gets as a text: its numbers lose digits
 * @param reading the number; empty where it is not known, which is not zero
 */
record TotalsField(String name, boolean isAmount, Function<Totals, Optional<String>> reading) {
  static final List<TotalsField> ALL =
      List.of(
          count("calls", Totals::calls),
          count("attempts", Totals::attempts),
          count("succeeded", Totals::succeeded),
          count("failed", Totals::failed),
          count("cancelled", Totals::cancelled),
          count("lost", Totals::lost),
          count("truncated", Totals::truncated),
          count("unused", Totals::unused),
          count("estimated", Totals::estimated),
          count("unknown", Totals::unknown),
          amount("cost_usd", totals -> Optional.of(totals.cost())),
          amount("unknown_at_most_usd", Totals::unknownAtMost),
          count("input_tokens", totals -> totals.usage().inputTokens()),
          count("cached_input_tokens", totals -> totals.usage().cachedInputTokens()),
          count("output_tokens", totals -> totals.usage().outputTokens()),
          amount("cache_savings_usd", totals -> Optional.of(totals.cacheSavings())),
          amount("waste_retried_usd", totals -> Optional.of(totals.waste().retried())),
          amount("waste_failed_usd", totals -> Optional.of(totals.waste().failed())),
          amount("waste_cancelled_usd", totals -> Optional.of(totals.waste().cancelled())),
          amount("waste_truncated_usd", totals -> Optional.of(totals.waste().truncated())),
          amount("waste_unused_usd", totals -> Optional.of(totals.waste().unused())),
          millis("p50_ms", 0.5),
          millis("p95_ms", 0.95));

  private static TotalsField count(String name, ToLongFunction<Totals> reading) {
    return new TotalsField(
        name, false, totals -> Optional.of(Long.toString(reading.applyAsLong(totals))));
  }

  private static TotalsField amount(String name, Function<Totals, Optional<Usd>> reading) {
    return new TotalsField(name, true, totals -> reading.apply(totals).map(Usd::toString));
  }

  private static TotalsField millis(String name, double share) {
    return new TotalsField(
        name,
        false,
        totals ->
            totals.latencies().percentile(share).map(Duration::toMillis).map(String::valueOf));
  }

  /** All of them into an object; what is not known is null. */
  static void json(Totals totals, ObjectNode to) {
    for (TotalsField field : ALL) {
      Optional<String> value = field.reading.apply(totals);
      if (value.isEmpty()) {
        to.putNull(field.name);
      } else if (field.isAmount) {
        to.put(field.name, value.get());
      } else {
        to.put(field.name, Long.parseLong(value.get()));
      }
    }
  }
}
