package ai.powertools.cli;

import ai.powertools.models.CallTerms;
import ai.powertools.models.Model;
import ai.powertools.models.PriceRow;
import ai.powertools.models.Prices;
import ai.powertools.models.Rates;
import ai.powertools.models.Score;
import ai.powertools.models.Traits;
import ai.powertools.models.Unit;
import ai.powertools.models.Usd;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Models for people. */
final class ModelText {
  private static final String NONE = "-";

  private ModelText() {}

  /** A line for each model, with its prices under these terms. */
  static String table(List<Model> models, CallTerms terms) {
    Table table =
        new Table(
            Set.of(1, 2, 3, 4, 5),
            "model",
            "context",
            "answer",
            "input",
            "cached",
            "output",
            "tiers",
            "abilities",
            "as of");
    for (Model model : models) {
      Optional<Rates> now =
          model.prices().flatMap(prices -> prices.inForce(terms)).map(PriceRow::rates);
      table.row(
          model.qualifiedId(),
          number(model.contextTokens()),
          number(model.maxOutputTokens()),
          price(now, Unit.INPUT_TOKENS),
          price(now, Unit.CACHE_READ_TOKENS),
          price(now, Unit.OUTPUT_TOKENS),
          some(model.prices().map(Prices::tiers).orElse(List.of())),
          names(model.traits().abilities()),
          date(model.asOf()));
    }
    return table.toString();
  }

  /** All that is known of a model. */
  static String of(Model model) {
    Traits traits = model.traits();
    StringBuilder text = new StringBuilder();
    line(text, "model", "%s (%s)".formatted(model.qualifiedId(), model.name()));
    line(
        text,
        "context",
        "%s tokens, answers of at most %s"
            .formatted(number(model.contextTokens()), number(model.maxOutputTokens())));
    line(text, "reads", names(traits.reads()));
    line(text, "writes", names(traits.writes()));
    line(text, "abilities", names(traits.abilities()));
    line(text, "tokenizer", model.tokenizer().name().toLowerCase(Locale.ROOT));
    line(text, "released", traits.released().map(LocalDate::toString).orElse(NONE));
    line(text, "retired", traits.retired().map(LocalDate::toString).orElse(NONE));
    line(text, "aliases", some(model.aliases()));
    line(text, "as of", date(model.asOf()));
    line(
        text,
        "source",
        "about".equals(model.source().getScheme()) ? NONE : model.source().toString());
    for (Score score : traits.scores()) {
      line(
          text,
          "score",
          "%s: %s %s (%s)"
              .formatted(
                  score.task(), score.benchmark(), score.value().toPlainString(), score.source()));
    }
    if (model.prices().isEmpty()) {
      line(text, "prices", "not known");
    }
    model.prices().ifPresent(prices -> prices.rows().forEach(row -> row(text, row)));
    return text.toString();
  }

  private static void row(StringBuilder text, PriceRow row) {
    line(
        text,
        "price",
        row.tier().orElse("any tier")
            + row.from().map(from -> ", from " + from).orElse("")
            + row.until().map(until -> ", until " + until).orElse("")
            + row.hours().map(hours -> ", " + hours).orElse("")
            + (row.recorded().equals(LocalDate.EPOCH) ? "" : ", recorded " + row.recorded())
            + row.superseded().map(day -> ", superseded " + day).orElse(""));
    rates(text, row.rates().prices());
    for (Rates.Step step : row.rates().steps()) {
      line(
          text,
          "",
          "%s %s tokens of input, for %s:"
              .formatted(
                  step.inclusive() ? "from" : "above",
                  number(step.tokens()),
                  step.marginal() ? "what is beyond" : "all of the call"));
      rates(text, step.prices());
    }
    if (!row.regions().isEmpty()) {
      line(
          text,
          "",
          "times in regions: "
              + row.regions().entrySet().stream()
                  .sorted(Map.Entry.comparingByKey())
                  .map(region -> region.getKey() + " " + region.getValue().toPlainString())
                  .collect(Collectors.joining(", ")));
    }
  }

  private static void rates(StringBuilder text, Map<Unit, Usd> prices) {
    prices.forEach(
        (unit, price) ->
            line(
                text,
                "",
                String.format(
                    Locale.ROOT,
                    "  %-24s %s per %s",
                    unit.key(),
                    price.format(),
                    number(unit.per()))));
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String price(Optional<Rates> rates, Unit unit) {
    return rates.flatMap(known -> known.priceOf(unit)).map(Usd::format).orElse(NONE);
  }

  private static String date(LocalDate date) {
    return date.equals(LocalDate.EPOCH) ? NONE : date.toString();
  }

  private static String names(Collection<? extends Enum<?>> some) {
    return some(some.stream().map(one -> one.name().toLowerCase(Locale.ROOT)).toList());
  }

  private static String some(List<String> texts) {
    return texts.isEmpty() ? NONE : String.join(",", texts);
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-10s%s\n", name, value));
  }
}
