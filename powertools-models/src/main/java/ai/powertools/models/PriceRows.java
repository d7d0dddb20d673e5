package ai.powertools.models;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the prices of a row of a models file, and refuses those that can't be right. */
final class PriceRows {
  private static final Pattern RATE = Pattern.compile("\\d{1,9}(\\.\\d{1,12})?");
  private static final String ANY_TIER = "any";

  private PriceRows() {}

  /** The prices of a model. */
  static Prices read(Fields model, LocalDate asOf) {
    List<PriceRow> rows = new ArrayList<>();
    for (Fields row : model.objects("prices")) {
      rows.add(row(row, asOf));
    }
    return new Prices(rows);
  }

  private static PriceRow row(Fields fields, LocalDate asOf) {
    Fields rates = fields.object("rates").orElseThrow(() -> fields.refused("rates", "is missing"));
    Map<Unit, Usd> prices = prices(rates);
    String tier = fields.optionalText("tier").orElse(CallTerms.STANDARD);
    PriceRow row =
        new PriceRow(
            Rates.of(prices, steps(fields)),
            tier.equals(ANY_TIER) ? Optional.empty() : Optional.of(tier),
            moment(fields, "from"),
            moment(fields, "until"),
            hours(fields),
            regions(fields),
            fields.has("recorded") ? fields.date("recorded") : asOf,
            fields.has("superseded") ? Optional.of(fields.date("superseded")) : Optional.empty());
    fields.refuseOthers();
    return row;
  }

  private static List<Rates.Step> steps(Fields row) {
    List<Rates.Step> steps = new ArrayList<>();
    for (Fields fields : row.has("longContext") ? row.objects("longContext") : List.<Fields>of()) {
      boolean inclusive = fields.has("from");
      long tokens = fields.wholeNumber(inclusive ? "from" : "above");
      Fields rates =
          fields.object("rates").orElseThrow(() -> fields.refused("rates", "is missing"));
      steps.add(new Rates.Step(tokens, inclusive, fields.flag("marginal"), prices(rates)));
      fields.refuseOthers();
    }
    return steps;
  }

  private static Map<Unit, Usd> prices(Fields rates) {
    Map<Unit, Usd> prices = new EnumMap<>(Unit.class);
    for (String key : rates.names()) {
      Unit unit =
          Unit.of(key)
              .orElseThrow(() -> rates.refused(key, "is no unit that models.schema.json lists"));
      prices.put(unit, rate(rates, unit));
    }
    Usd input = prices.get(Unit.INPUT_TOKENS);
    Usd cached = prices.get(Unit.CACHE_READ_TOKENS);
    if (input != null && cached != null && cached.compareTo(input) > 0) {
      throw rates.refused(Unit.CACHE_READ_TOKENS.key(), "must not be above input_tokens");
    }
    return prices;
  }

  private static Usd rate(Fields rates, Unit unit) {
    String text = rates.text(unit.key());
    if (!RATE.matcher(text).matches()) {
      throw rates.refused(
          unit.key(), "must be dollars per " + unit.per() + " of it as a plain decimal");
    }
    BigDecimal rate = new BigDecimal(text);
    Optional<String> absurd = Plausible.objection(unit, rate);
    if (absurd.isPresent()) {
      throw rates.refused(unit.key(), absurd.get());
    }
    return Usd.of(rate);
  }

  private static Optional<Instant> moment(Fields row, String name) {
    if (!row.has(name)) {
      return Optional.empty();
    }
    String text = row.text(name);
    try {
      return Optional.of(
          text.length() <= 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text));
    } catch (DateTimeException e) {
      throw row.refused(
          name,
          text,
          "must be a date such as 2026-08-01 or a moment such as 2026-08-01T12:00:00Z",
          e);
    }
  }

  private static Optional<PriceRow.Hours> hours(Fields row) {
    if (!row.has("hoursUtc")) {
      return Optional.empty();
    }
    String text = row.text("hoursUtc");
    String[] ends = text.split("-", -1);
    try {
      return Optional.of(
          new PriceRow.Hours(LocalTime.parse(ends[0]), LocalTime.parse(ends[ends.length - 1])));
    } catch (DateTimeException e) {
      throw row.refused("hoursUtc", text, "must be hours such as 16:30-00:30", e);
    }
  }

  private static Map<String, BigDecimal> regions(Fields row) {
    Map<String, BigDecimal> factors = new LinkedHashMap<>();
    if (row.has("regions")) {
      Fields regions = row.object("regions").orElseThrow();
      for (String region : regions.names()) {
        String text = regions.text(region);
        if (!RATE.matcher(text).matches()) {
          throw regions.refused(region, "must be a factor such as 1.1");
        }
        factors.put(region, new BigDecimal(text));
      }
    }
    return factors;
  }
}
