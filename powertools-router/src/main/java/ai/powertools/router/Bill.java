package ai.powertools.router;

import ai.powertools.models.CallTerms;
import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of one attempt cost, as they end: layers around a candidate may send several.
 * Safe for use by two threads, one of which reads.
 */
final class Bill {
  private final Contender contender;
  private final ModelCatalog catalog;
  private final Offer offer;
  private @Nullable Usage usage;
  private @Nullable Usd cost = Usd.ZERO;
  private boolean sent;

  Bill(Contender contender, ModelCatalog catalog, Offer offer) {
    this.contender = contender;
    this.catalog = catalog;
    this.offer = offer;
  }

  /** What was used by all requests; empty when nothing was. */
  synchronized Optional<Usage> usage() {
    return Optional.ofNullable(usage);
  }

  /** What they cost; empty when one of them is not known. */
  synchronized Optional<Usd> cost() {
    return Optional.ofNullable(cost);
  }

  /** Whether the provider was asked at all. */
  synchronized boolean sent() {
    return sent;
  }

  /** Takes an answer in, and gives what its request cost; null if that is not known. */
  synchronized @Nullable Usd answered(ChatResponse response, Duration took, Instant now) {
    sent = true;
    add(response.usage());
    Optional<String> tier = response.details().serviceTier();
    boolean known = response.usageCertainty() != Certainty.UNKNOWN;
    if (known && tier.isEmpty() && isPlain(response.usage()) && !isPaidByTheHour()) {
      Usage used = response.usage();
      PriceSheet sheet = contender.sheet(now);
      return add(sheet.expected(used.inputTokens(), used.cachedInputTokens(), used.outputTokens()));
    }
    CallTerms terms = CallTerms.at(now);
    return add(
        cost(
            response.usage(),
            tier.isEmpty() ? terms : terms.tier(tier.get()),
            response.usageCertainty(),
            took));
  }

  /** Takes an error in, and gives what its request may have cost; null if that is not known. */
  synchronized @Nullable Usd failed(RuntimeException error, Duration took, Instant now) {
    sent = true;
    if (error instanceof ProviderException provider && provider.mayBeBilled()) {
      Usage used = provider.partialUsage().orElseGet(() -> estimate(provider));
      add(used);
      return add(cost(used, CallTerms.at(now), Certainty.ESTIMATED, took));
    }
    boolean free = offer.worstCost().filter(Usd::isZero).isPresent();
    if (error instanceof ProviderException || isPaidByTheHour() || free) {
      return add(machine(took));
    }
    // It may have been sent, and what came of it nobody knows, be it that whoever listens threw.
    return add((Usd) null);
  }

  /** Whether a price sheet, which has the prices worked out, knows all that was used. */
  private static boolean isPlain(Usage used) {
    return used.cacheWriteTokens() == 0 && used.reasoningTokens() == 0 && used.details().isEmpty();
  }

  private boolean isPaidByTheHour() {
    return contender.perHour().isPresent();
  }

  private Usage estimate(ProviderException error) {
    long output =
        error.partialText().isEmpty() ? 0 : contender.counter().count(error.partialText()).tokens();
    return Usage.of(offer.tokens().input(), Math.min(output, offer.tokens().maxOutput()));
  }

  private @Nullable Usd cost(Usage used, CallTerms terms, Certainty certainty, Duration took) {
    return isPaidByTheHour()
        ? machine(took)
        : catalog.pricing().cost(contender.model(), used, terms, certainty).total().orElse(null);
  }

  private Usd machine(Duration took) {
    return contender.perHour().map(price -> MachineTime.cost(price, took)).orElse(Usd.ZERO);
  }

  private void add(Usage more) {
    usage = usage == null ? more : usage.plus(more);
  }

  private @Nullable Usd add(@Nullable Usd more) {
    cost = cost == null || more == null ? null : cost.plus(more);
    return more;
  }

  /** The most that one attempt may cost. */
  static Cost worst(Contender contender, ModelCatalog catalog, Offer offer) {
    return contender.perHour().isPresent()
        ? MachineTime.asCost(offer.worstCost().orElse(Usd.ZERO))
        : catalog
            .pricing()
            .worstCase(contender.model(), offer.tokens().inputAtMost(), offer.tokens().maxOutput());
  }
}
