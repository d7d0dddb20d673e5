package ai.powertools.cost;

import ai.powertools.models.CallTerms;
import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.CostLine;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.PricedCall;
import ai.powertools.models.Unit;
import ai.powertools.models.UnreadableUsageException;
import ai.powertools.models.Usage;
import ai.powertools.models.UsageReader;
import ai.powertools.models.UsageReport;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Works out what the attempts of one call cost, and what of that goes where. */
final class Pricer {
  /**
   * How the vendors say that an answer was cut off. Within the text of an answer the quotes would
   * be escaped; in the arguments of a tool they are not, where any "reason" may stand.
   */
  private static final Pattern CUT_OFF =
      Pattern.compile(
          "\"(?:finish_reason|stop_reason|finishReason|done_reason|stopReason)\"\\s{0,9}:\\s{0,9}"
              + "\"(?:length|max_tokens|MAX_TOKENS|max_output_tokens|model_length)\""
              + "|\"incomplete_details\"\\s{0,9}:\\s{0,9}\\{\\s{0,99}"
              + "\"reason\"\\s{0,9}:\\s{0,9}\"max_output_tokens\"");

  private static final List<String> APIS = List.of("default", "chat", "responses", "embeddings");
  private static final Usd SMALLEST_DRIFT = Usd.of("0.000001");

  private final CostTracker tracker;
  private final CallDescription call;
  private final Held held;

  Pricer(CostTracker tracker, CallDescription call, Held held) {
    this.tracker = tracker;
    this.call = call;
    this.held = held;
  }

  /** What a response says; empty when its usage can't be read. */
  Optional<PricedCall> read(Model model, String json) {
    for (String api : call.api.isEmpty() ? APIS : List.of(call.api)) {
      Optional<UsageReader> reader = UsageReader.of(model.provider(), api);
      if (reader.isPresent()) {
        Optional<UsageReport> report = report(reader.get(), json);
        if (report.isPresent()) {
          return report.map(said -> price(model, said));
        }
      }
    }
    return report(UsageReader.openAiCompatible(), json).map(said -> price(model, said));
  }

  private PricedCall price(Model model, UsageReport said) {
    ModelCatalog catalog = tracker.catalog();
    PricedCall priced = catalog.price(model.provider(), Optional.of(model.id()), said, terms());
    if (priced.model().isPresent()) {
      return priced;
    }
    // A model of the caller's own, which the catalog has not; by another name it is a guess.
    boolean isAsked = said.servedModel().filter(name -> !name.equals(model.id())).isEmpty();
    Certainty certainty = isAsked ? Certainty.EXACT : Certainty.ESTIMATED;
    return new PricedCall(
        Optional.of(model),
        said.usage(),
        catalog.pricing().cost(model, said.usage(), terms(), certainty),
        said.vendorCost(),
        priced.iterations());
  }

  private static Optional<UsageReport> report(UsageReader reader, String json) {
    try {
      return Optional.of(reader.report(json));
    } catch (UnreadableUsageException e) {
      return Optional.empty(); // another API's form, or an answer without usage: unknown, not zero
    }
  }

  /** An answer as it was priced. A vendor's cost is for the whole call, iterations included. */
  static Attempt attempt(PricedCall priced, Model asked) {
    Attempt attempt =
        Attempt.succeeded(priced.usage())
            .servedBy(priced.model().orElse(asked))
            .costing(priced.cost());
    return priced.iterations().isEmpty() && priced.vendorCost().isPresent()
        ? attempt.vendorCost(priced.vendorCost().get())
        : attempt;
  }

  /** Whether the response says that it was cut off. */
  static Use use(String json) {
    return CUT_OFF.matcher(json).find() ? Use.TRUNCATED : Use.USED;
  }

  Usage count(Model model, String sent, String received) {
    var counter = tracker.catalog().tokens(model);
    return Usage.of(counter.count(sent).tokens(), counter.count(received).tokens());
  }

  Cost cost(Attempt attempt, Model served) {
    Cost ours =
        attempt
            .cost()
            .orElseGet(
                () ->
                    tracker
                        .catalog()
                        .pricing()
                        .cost(served, attempt.usage(), terms(), attempt.certainty()));
    return ours.total().isEmpty() && attempt.vendorCost().isPresent()
        ? said(attempt.vendorCost().get())
        : ours;
  }

  /** The vendor's word where we have no price: better than nothing, and not checked by anybody. */
  private static Cost said(Usd cost) {
    Usd perMillion = cost.times(1_000_000);
    return Cost.of(List.of(CostLine.of("as the vendor says", 1, perMillion)), Certainty.ESTIMATED);
  }

  LedgerEntry entry(
      Attempt attempt, Model served, Cost cost, int number, Instant now, Duration took) {
    Optional<Usd> kept = cost.total().map(Picos::kept);
    Optional<Usd> atMost = atMost(kept, cost.certainty());
    return new LedgerEntry(
        held.callId(),
        number,
        now.truncatedTo(ChronoUnit.MICROS),
        held.beganAt().truncatedTo(ChronoUnit.MICROS),
        attributes(served),
        held.traceId(),
        attempt.outcome(),
        attempt.use(),
        attempt.usage(),
        kept,
        cost.certainty(),
        atMost,
        kept.or(() -> atMost).orElse(Usd.ZERO),
        attempt.vendorCost().map(Picos::kept),
        kept.flatMap(paid -> savings(attempt, served, paid)).orElse(Usd.ZERO),
        Usd.ZERO,
        Optional.of(took.truncatedTo(ChronoUnit.MICROS)));
  }

  private Attributes attributes(Model served) {
    return held.attributes().orBlank(Attributes.MODEL).equals(served.qualifiedId())
        ? held.attributes()
        : held.attributes().of(served);
  }

  private Optional<Usd> atMost(Optional<Usd> cost, Certainty certainty) {
    Optional<Usd> worst = held.atMost().map(Picos::kept);
    return switch (certainty) {
      case EXACT -> cost;
      case ESTIMATED -> {
        Usd estimate = cost.orElseThrow();
        yield worst.map(most -> most.compareTo(estimate) > 0 ? most : estimate);
      }
      case UNKNOWN -> worst;
    };
  }

  /** What the same would have cost if nothing had come from a cache or gone there. */
  private Optional<Usd> savings(Attempt attempt, Model served, Usd paid) {
    Usage usage = attempt.usage();
    if (attempt.certainty() == Certainty.UNKNOWN
        || (usage.cachedInputTokens() == 0 && usage.cacheWriteTokens() == 0)) {
      return Optional.empty();
    }
    Map<Unit, Long> uncached = new EnumMap<>(Unit.class);
    uncached.putAll(usage.quantities());
    uncached.keySet().removeIf(unit -> unit.name().startsWith("CACHE_"));
    return tracker
        .catalog()
        .pricing()
        .cost(served, Usage.of(uncached), terms(), attempt.certainty())
        .total()
        .map(full -> Picos.rounded(full).minus(paid));
  }

  /** Tells whoever listens when the vendor's statement of the cost is another than ours. */
  void tellDrift(LedgerEntry entry) {
    if (entry.vendorCost().isEmpty() || entry.cost().isEmpty()) {
      return;
    }
    tellDrift(entry, entry.cost().get(), entry.vendorCost().get());
  }

  /** The same for a call within which the vendor ran others. */
  void tellDrift(LedgerEntry entry, PricedCall whole) {
    if (!whole.iterations().isEmpty() && whole.drift().isPresent()) {
      tellDrift(entry, whole.whole().total().orElseThrow(), whole.vendorCost().orElseThrow());
    }
  }

  private void tellDrift(LedgerEntry entry, Usd ours, Usd theirs) {
    Usd drift = theirs.minus(ours);
    Usd size = drift.isNegative() ? Usd.ZERO.minus(drift) : drift;
    boolean large = size.times(100).compareTo(ours.times(tracker.driftPercent())) > 0;
    if (large && size.compareTo(SMALLEST_DRIFT) >= 0) {
      tracker.tell(new CostEvent.PriceDrift(entry, drift));
    }
  }

  private CallTerms terms() {
    return CallTerms.at(held.beganAt()).tier(call.tier);
  }
}
