package ai.powertools.models;

import ai.powertools.models.CatalogSource.Quote;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The standard prices of a model in each source, as they were on the day of the newest one. */
final class Quotes {
  static final Instant DAY = Instant.parse("2026-08-01T12:00:00Z");

  /** More digits than these are leavings of binary fractions. */
  private static final MathContext DIGITS = new MathContext(8);

  private Quotes() {}

  /** The price of a unit, for inputs above so many tokens; 0 for any. */
  record UnitAt(long above, Unit unit) implements Comparable<UnitAt> {
    @Override
    public int compareTo(UnitAt other) {
      int byLength = Long.compare(above, other.above);
      return byLength != 0 ? byLength : unit.compareTo(other.unit);
    }

    @Override
    public String toString() {
      return unit.key() + (above == 0 ? "" : " above " + above);
    }
  }

  /** By source, its prices; sources without any are left out, and so are zeros that say nothing. */
  static Map<CatalogSource, Map<UnitAt, BigDecimal>> of(CatalogCandidate candidate) {
    Map<CatalogSource, Map<UnitAt, BigDecimal>> all = new EnumMap<>(CatalogSource.class);
    candidate
        .quotes()
        .forEach(
            (source, quote) ->
                standard(quote).ifPresent(row -> all.put(source, prices(row.rates()))));
    boolean free =
        candidate.id().endsWith(":free")
            || all.values().stream().filter(Quotes::allZero).count() > 1;
    if (!free) {
      all.values().removeIf(Quotes::allZero);
      all.values().forEach(prices -> prices.keySet().removeAll(emptyZeros(candidate, prices)));
      all.values().removeIf(Map::isEmpty);
    }
    if (candidate.is(Ability.EMBEDDING)) {
      all.values().removeIf(Quotes::absurdForVectors);
      all.values()
          .forEach(prices -> prices.replace(new UnitAt(0, Unit.OUTPUT_TOKENS), BigDecimal.ZERO));
    }
    return all;
  }

  /** The row of standard prices that was in force on the day. */
  static Optional<PriceRow> standard(Quote quote) {
    return quote.model().prices().flatMap(prices -> prices.inForce(CallTerms.at(DAY)));
  }

  static Map<UnitAt, BigDecimal> prices(Rates rates) {
    Map<UnitAt, BigDecimal> prices = new TreeMap<>();
    rates.prices().forEach((unit, price) -> prices.put(new UnitAt(0, unit), rounded(price)));
    for (Rates.Step step : rates.steps()) {
      step.prices()
          .forEach((unit, price) -> prices.put(new UnitAt(step.tokens(), unit), rounded(price)));
    }
    return prices;
  }

  static BigDecimal rounded(Usd price) {
    BigDecimal digits = price.toBigDecimal().round(DIGITS);
    return digits.signum() == 0 ? BigDecimal.ZERO : digits.stripTrailingZeros();
  }

  static Rates rates(Map<UnitAt, BigDecimal> prices) {
    Map<Unit, Usd> base = new EnumMap<>(Unit.class);
    Map<Long, Map<Unit, Usd>> steps = new TreeMap<>();
    prices.forEach(
        (key, price) -> {
          Map<Unit, Usd> into =
              key.above() == 0
                  ? base
                  : steps.computeIfAbsent(key.above(), none -> new EnumMap<>(Unit.class));
          into.put(key.unit(), Usd.of(price));
        });
    return Rates.of(
        base,
        steps.entrySet().stream()
            .map(step -> Rates.Step.above(step.getKey(), step.getValue()))
            .toList());
  }

  /** Whether what both have of these units is the same; false when they have nothing in common. */
  static boolean agree(
      Map<UnitAt, BigDecimal> one, Map<UnitAt, BigDecimal> other, Set<UnitAt> about) {
    boolean common = false;
    for (UnitAt key : about) {
      if (one.containsKey(key) && other.containsKey(key)) {
        common = true;
        if (one.get(key).compareTo(other.get(key)) != 0) {
          return false;
        }
      }
    }
    return common;
  }

  /** Vectors cost cents per million tokens; a price of tens of dollars is a slip of some digits. */
  static boolean absurdForVectors(Map<UnitAt, BigDecimal> prices) {
    BigDecimal input = prices.get(new UnitAt(0, Unit.INPUT_TOKENS));
    return input != null && input.compareTo(BigDecimal.TEN) > 0;
  }

  private static boolean allZero(Map<UnitAt, BigDecimal> prices) {
    return prices.values().stream().allMatch(price -> price.signum() == 0);
  }

  /**
   * Zeros beside other prices: vectors and rankings have no output to charge for; elsewhere they
   * stand where a map had nothing to write.
   */
  private static Set<UnitAt> emptyZeros(
      CatalogCandidate candidate, Map<UnitAt, BigDecimal> prices) {
    boolean noOutput =
        candidate.is(Ability.EMBEDDING) || prices.containsKey(new UnitAt(0, Unit.RERANK_SEARCHES));
    Map<UnitAt, BigDecimal> zeros = new LinkedHashMap<>();
    prices.forEach(
        (key, price) -> {
          boolean tokens = key.unit() == Unit.INPUT_TOKENS || key.unit() == Unit.OUTPUT_TOKENS;
          if (price.signum() == 0 && !(noOutput && tokens)) {
            zeros.put(key, price);
          }
        });
    return zeros.keySet();
  }
}
