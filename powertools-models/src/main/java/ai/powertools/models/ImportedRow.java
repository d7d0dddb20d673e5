package ai.powertools.models;

import ai.powertools.core.ConfigurationException;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Collects the prices of one row of somebody else's price map, each checked before it is taken. Not
 * thread-safe.
 */
final class ImportedRow {
  private final String place;
  private final Map<Unit, Usd> base = new EnumMap<>(Unit.class);
  private final TreeMap<Long, Map<Unit, Usd>> steps = new TreeMap<>();

  /**
   * @param place the file and the row, for messages
   */
  ImportedRow(String place) {
    this.place = place;
  }

  /** Takes the price of so many of a unit. */
  void put(Unit unit, BigDecimal price, long forSoMany, String field) {
    base.put(unit, checked(unit, price, forSoMany, field));
  }

  /** Takes the price of so many of a unit for inputs longer than this. */
  void putAbove(long tokens, Unit unit, BigDecimal price, long forSoMany, String field) {
    Usd checked = checked(unit, price, forSoMany, field);
    steps.computeIfAbsent(tokens, none -> new EnumMap<>(Unit.class)).put(unit, checked);
  }

  boolean isEmpty() {
    return base.isEmpty();
  }

  /** The rates of this row over those of another, which hold where this one says nothing. */
  Rates over(ImportedRow other) {
    Map<Unit, Usd> prices = new EnumMap<>(Unit.class);
    prices.putAll(other.base);
    prices.putAll(base);
    TreeMap<Long, Map<Unit, Usd>> all = new TreeMap<>(steps.isEmpty() ? other.steps : steps);
    return rates(prices, all);
  }

  Optional<Rates> rates() {
    return base.isEmpty() ? Optional.empty() : Optional.of(rates(base, steps));
  }

  private static Rates rates(Map<Unit, Usd> prices, Map<Long, Map<Unit, Usd>> steps) {
    return Rates.of(
        prices,
        steps.entrySet().stream()
            .map(step -> known(step.getKey(), step.getValue(), prices))
            .flatMap(Optional::stream)
            .toList());
  }

  /** A unit that has a price for long inputs only is left out: it was never offered apart. */
  private static Optional<Rates.Step> known(
      long tokens, Map<Unit, Usd> step, Map<Unit, Usd> prices) {
    Map<Unit, Usd> kept = new EnumMap<>(Unit.class);
    step.forEach(
        (unit, price) -> {
          if (prices.containsKey(unit)) {
            kept.put(unit, price);
          }
        });
    return kept.isEmpty() ? Optional.empty() : Optional.of(Rates.Step.above(tokens, kept));
  }

  private Usd checked(Unit unit, BigDecimal price, long forSoMany, String field) {
    BigDecimal per = price.multiply(BigDecimal.valueOf(unit.per()));
    BigDecimal scaled =
        forSoMany == 1
            ? per
            : per.divide(BigDecimal.valueOf(forSoMany), java.math.MathContext.DECIMAL128);
    Optional<String> objection = Plausible.objection(unit, scaled);
    if (objection.isPresent()) {
      throw new ConfigurationException(
          "%s: %s %s %s.".formatted(place, field, price.toPlainString(), objection.get()));
    }
    return Usd.of(scaled);
  }
}
