package ai.powertools.models;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that a model charges: now and at other times, in each service tier, with corrections beside
 * what they correct.
 *
 * @param rows at least one, in any order
 */
public record Prices(List<PriceRow> rows) {

  /** Nothing is charged, and that is known: local and built-in models. */
  public static final Prices FREE =
      new Prices(
          List.of(
              new PriceRow(
                  Rates.of(Usd.ZERO, Usd.ZERO),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Map.of(),
                  LocalDate.EPOCH)));

  /**
   * Refuses prices without any.
   *
   * @throws IllegalArgumentException if there is no row
   */
  public Prices {
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "Prices need at least one row; a model whose prices are not known has none at all.");
    }
  }

  /** Input and output only, per million tokens, at standard terms; cached input as input. */
  public static Prices of(Usd inputPerMillion, Usd outputPerMillion) {
    return of(Rates.of(inputPerMillion, outputPerMillion));
  }

  /** These rates at standard terms, always. */
  public static Prices of(Rates rates) {
    return new Prices(List.of(PriceRow.of(rates)));
  }

  /** These and one more row: another tier, other times, or a correction. */
  public Prices and(PriceRow row) {
    List<PriceRow> all = new ArrayList<>(rows);
    all.add(row);
    return new Prices(all);
  }

  /**
   * The row in force under these terms: of those that apply, one of just this tier before one that
   * tells no tiers apart, one of some hours before one of all, the one that began last, and of two
   * that began together the one recorded last. Empty when none applies.
   */
  public Optional<PriceRow> inForce(CallTerms terms) {
    return Optional.ofNullable(find(terms));
  }

  /**
   * These prices as they are known from a day on: if the newer ones are others, they are what holds
   * true, recorded on that day; these stay, superseded, so that what was billed by them can be
   * worked out again. The same prices, from whichever source, change nothing.
   */
  public Prices replacedBy(Prices newer, LocalDate day) {
    if (undated(held()).equals(undated(newer.held()))) {
      return this;
    }
    List<PriceRow> all = new ArrayList<>();
    newer.held().forEach(row -> all.add(row.recorded(day)));
    rows.forEach(row -> all.add(row.superseded().isPresent() ? row : row.superseded(day)));
    return new Prices(all);
  }

  /** The service tiers that have prices of their own now, in the order of the rows. */
  public List<String> tiers() {
    return held().stream().flatMap(row -> row.tier().stream()).distinct().toList();
  }

  /** Whether nothing is ever charged. */
  public boolean isFree() {
    return held().stream()
        .allMatch(
            row ->
                row.rates().prices().values().stream().allMatch(Usd::isZero)
                    && row.rates().steps().isEmpty());
  }

  private List<PriceRow> held() {
    return rows.stream().filter(row -> row.superseded().isEmpty()).toList();
  }

  private static Set<PriceRow> undated(List<PriceRow> rows) {
    return rows.stream().map(PriceRow::undated).collect(Collectors.toSet());
  }

  @Nullable PriceRow find(CallTerms terms) {
    PriceRow found = null;
    for (PriceRow row : rows) {
      if (row.appliesTo(terms)) {
        found = PriceRow.better(found, row);
      }
    }
    return found;
  }
}
