package ai.powertools.cli;

import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import ai.powertools.models.PricedCall;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.util.Locale;
import java.util.stream.Collectors;

/** Priced calls for people: a line each, and one for each thing that comes on top. */
final class PricedCallText {
  private PricedCallText() {}

  static String of(long row, RecordedCall call, PricedCall priced) {
    StringBuilder text = new StringBuilder();
    text.append(line(Long.toString(row), charges(call.provider(), priced)));
    for (PricedCall iteration : priced.iterations()) {
      text.append('\n').append(line("", "and " + charges(call.provider(), iteration)));
    }
    if (!priced.iterations().isEmpty()) {
      text.append('\n').append(line("", "in all " + amount(priced.whole())));
    }
    if (priced.vendorCost().isPresent()) {
      text.append('\n').append(line("", "the vendor says " + priced.vendorCost().get().format()));
      priced.drift().ifPresent(more -> text.append(", ").append(difference(more)));
    }
    return text.toString();
  }

  static String error(long row, String why) {
    return line(Long.toString(row), "error: " + why);
  }

  /** How much more a vendor says. */
  static String difference(Usd more) {
    if (more.isZero()) {
      return "just what we say";
    }
    return more.isNegative()
        ? Usd.ZERO.minus(more).format() + " less than we say"
        : more.format() + " more than we say";
  }

  private static String charges(String provider, PricedCall priced) {
    String model = priced.model().map(Model::qualifiedId).orElse(provider + "/?");
    return "%s  %s  %s".formatted(model, amount(priced.cost()), used(priced.usage()));
  }

  private static String amount(Cost cost) {
    if (cost.certainty() == Certainty.UNKNOWN) {
      return cost.toString();
    }
    return "%s (%s%s)"
        .formatted(
            cost.total().orElse(Usd.ZERO).format(),
            cost.certainty().name().toLowerCase(Locale.ROOT),
            cost.reason().map(why -> ": " + why).orElse(""));
  }

  private static String used(Usage usage) {
    return usage.quantities().entrySet().stream()
        .map(entry -> entry.getKey().key() + " " + ModelText.number(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String line(String row, String text) {
    return String.format(Locale.ROOT, "%6s  %s", row, text);
  }
}
