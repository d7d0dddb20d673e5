package ai.powertools.models;

import ai.powertools.models.CatalogSource.Quote;
import ai.powertools.models.Quotes.UnitAt;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rows of a model's prices: the standard ones, those of other times from genai-prices, those of
 * other tiers and the factors of regions from LiteLLM. A source counts here only where its standard
 * prices are the chosen ones.
 */
final class PriceTiers {
  private static final Set<String> DEARER = Set.of("priority", "fast");
  private static final Set<String> CHEAPER = Set.of("batch", "flex");

  /** The one tier that no source has and its vendor states for all its models and tokens alike. */
  private static final BigDecimal ANTHROPIC_BATCH = new BigDecimal("0.5");

  private final CatalogCandidate candidate;
  private final PriceVote vote;
  private final List<String> dropped = new ArrayList<>();

  PriceTiers(CatalogCandidate candidate, PriceVote vote) {
    this.candidate = candidate;
    this.vote = vote;
  }

  /** Tiers that were left out, and why. */
  List<String> dropped() {
    return dropped;
  }

  List<PriceRow> rows() {
    Optional<Quote> liteLlm =
        candidate.quote(CatalogSource.LITELLM).filter(q -> vote.agrees(CatalogSource.LITELLM));
    Map<String, BigDecimal> regions =
        liteLlm.flatMap(Quotes::standard).map(PriceRow::regions).orElse(Map.of());
    List<PriceRow> rows = new ArrayList<>(times(regions));
    Optional<Instant> from = rows.get(0).from();
    Optional<Instant> until =
        rows.size() > 1
                && rows.get(1).from().isPresent()
                && rows.get(1).from().get().isAfter(Quotes.DAY)
            ? rows.get(1).from()
            : Optional.empty();
    if (liteLlm.isPresent()) {
      for (PriceRow row : liteLlm.get().model().prices().orElseThrow().rows()) {
        String tier = row.tier().orElse(CallTerms.STANDARD);
        if (!tier.equals(CallTerms.STANDARD)) {
          tier(row, tier, Quotes.standard(liteLlm.get()).orElseThrow())
              .map(rates -> row(rates, tier, from, until, regions))
              .ifPresent(rows::add);
        }
      }
    }
    if (candidate.provider().name().equals("anthropic")) {
      times(regions).forEach(row -> rows.add(batch(row)));
    }
    return rows;
  }

  /** Half of all token prices, cached input and cache writes too; searches cost the same. */
  private static PriceRow batch(PriceRow standard) {
    return new PriceRow(
        standard.rates().times(ANTHROPIC_BATCH),
        Optional.of("batch"),
        standard.from(),
        standard.until(),
        standard.hours(),
        standard.regions(),
        standard.recorded());
  }

  /** The standard rows: the current one first, then the next, then the former ones. */
  private List<PriceRow> times(Map<String, BigDecimal> regions) {
    List<PriceRow> dated =
        candidate
            .quote(CatalogSource.GENAI)
            .filter(quote -> vote.agrees(CatalogSource.GENAI))
            .flatMap(quote -> quote.model().prices())
            .map(Prices::rows)
            .orElse(List.of());
    Rates now = Quotes.rates(vote.chosen());
    if (dated.size() < 2 || dated.stream().anyMatch(row -> row.hours().isPresent())) {
      return List.of(row(now, CallTerms.STANDARD, Optional.empty(), Optional.empty(), regions));
    }
    PriceRow current = new Prices(dated).inForce(CallTerms.at(Quotes.DAY)).orElseThrow();
    List<PriceRow> later = new ArrayList<>();
    List<PriceRow> former = new ArrayList<>();
    for (PriceRow row : dated) {
      boolean future = row.from().isPresent() && row.from().get().isAfter(Quotes.DAY);
      if (!row.equals(current)) {
        Map<UnitAt, BigDecimal> prices = Quotes.prices(row.rates());
        Rates rates = Quotes.rates(future ? changed(prices, current) : prices);
        (future ? later : former)
            .add(row(rates, CallTerms.STANDARD, row.from(), Optional.empty(), regions));
      }
    }
    List<PriceRow> rows = new ArrayList<>();
    rows.add(row(now, CallTerms.STANDARD, current.from(), Optional.empty(), regions));
    rows.addAll(later);
    rows.addAll(former);
    return rows;
  }

  /** The chosen prices with what genai-prices says will change. */
  private Map<UnitAt, BigDecimal> changed(Map<UnitAt, BigDecimal> future, PriceRow current) {
    Map<UnitAt, BigDecimal> prices = new TreeMap<>(vote.chosen());
    Map<UnitAt, BigDecimal> today = Quotes.prices(current.rates());
    prices
        .keySet()
        .removeIf(key -> key.above() > 0 || !key.unit().isTokens() || today.containsKey(key));
    vote.chosen()
        .forEach(
            (key, price) -> {
              if (!key.unit().isTokens()) {
                prices.put(key, price);
              }
            });
    prices.putAll(future);
    return prices;
  }

  /** The rates of a tier: its own where LiteLLM has some, else the standard ones. */
  private Optional<Rates> tier(PriceRow row, String tier, PriceRow standard) {
    Map<UnitAt, BigDecimal> own = Quotes.prices(row.rates());
    Map<UnitAt, BigDecimal> usual = Quotes.prices(standard.rates());
    Map<UnitAt, BigDecimal> prices = new TreeMap<>();
    vote.chosen()
        .forEach(
            (key, price) -> {
              BigDecimal said = own.get(key);
              boolean different =
                  said != null && (usual.get(key) == null || said.compareTo(usual.get(key)) != 0);
              prices.put(key, different ? said : price);
            });
    vote.chosen().keySet().stream()
        .filter(key -> key.above() > 0)
        .forEach(key -> prices.merge(key, prices.get(new UnitAt(0, key.unit())), BigDecimal::max));
    noDearerCache(prices);
    int order = 0;
    for (Unit unit : List.of(Unit.INPUT_TOKENS, Unit.OUTPUT_TOKENS)) {
      UnitAt key = new UnitAt(0, unit);
      if (prices.containsKey(key)) {
        order += prices.get(key).compareTo(vote.chosen().get(key));
      }
    }
    if (DEARER.contains(tier) && order <= 0) {
      dropped.add("%s: %s is not dearer than standard".formatted(candidate.qualifiedId(), tier));
      return Optional.empty();
    }
    if (CHEAPER.contains(tier) && order >= 0) {
      dropped.add("%s: %s is not cheaper than standard".formatted(candidate.qualifiedId(), tier));
      return Optional.empty();
    }
    return Optional.of(Quotes.rates(prices));
  }

  /** Where a tier has no price of its own for cached input, that is at most its input. */
  private static void noDearerCache(Map<UnitAt, BigDecimal> prices) {
    prices.replaceAll(
        (key, price) -> {
          BigDecimal input = prices.get(new UnitAt(key.above(), Unit.INPUT_TOKENS));
          return key.unit() == Unit.CACHE_READ_TOKENS && input != null ? price.min(input) : price;
        });
  }

  private static PriceRow row(
      Rates rates,
      String tier,
      Optional<Instant> from,
      Optional<Instant> until,
      Map<String, BigDecimal> regions) {
    return new PriceRow(
        rates, Optional.of(tier), from, until, Optional.empty(), regions, LocalDate.EPOCH);
  }
}
