package ai.powertools.cli;

import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.TokenCount;
import ai.powertools.models.Usd;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a prompt would cost, for people and as JSON. */
final class EstimateText {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private EstimateText() {}

  /** One model, a line for each thing. */
  static String of(Estimate estimate) {
    return line("model", estimate.model().qualifiedId())
        + line(
            "tokens",
            "%s; as one message %s"
                .formatted(certainty(estimate.tokens()), certainty(estimate.message())))
        + line("input", cost(estimate.input()))
        + line(
            "worst",
            "%s, with an answer of %s tokens"
                .formatted(most(estimate.worst()), ModelText.number(estimate.maxOutput())))
        + (estimate.fits() ? "" : line("problem", "it may be too long: " + tooLong(estimate)));
  }

  /** Several models, a line each, and below it what is to be said of some. */
  static String table(List<Estimate> estimates) {
    Table table =
        new Table(
            Set.of(1, 2, 3, 5, 6),
            "model",
            "tokens",
            "at most",
            "input",
            "certainty",
            "answer",
            "worst case");
    StringBuilder notes = new StringBuilder();
    for (Estimate estimate : estimates) {
      table.row(
          estimate.model().qualifiedId(),
          ModelText.number(estimate.tokens().tokens()),
          ModelText.number(estimate.message().atMost()),
          amount(estimate.input()),
          estimate.input().certainty().name().toLowerCase(Locale.ROOT),
          ModelText.number(estimate.maxOutput()),
          amount(estimate.worst()));
      estimate.reason().ifPresent(why -> notes.append(why).append('\n'));
      if (!estimate.fits()) {
        notes.append(
            "%s may be too short for it: %s\n"
                .formatted(estimate.model().qualifiedId(), tooLong(estimate)));
      }
    }
    return notes.isEmpty() ? table.toString() : table + "\n" + notes;
  }

  static String json(Estimate estimate) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("model", estimate.model().qualifiedId())
        .put("tokens", estimate.tokens().tokens())
        .put("exact", estimate.tokens().exact())
        .put("atMost", estimate.tokens().atMost())
        .put("messageAtMost", estimate.message().atMost())
        .put("fits", estimate.fits())
        .put("maxOutput", estimate.maxOutput());
    estimate.input().total().map(Usd::toString).ifPresent(cost -> json.put("inputCost", cost));
    json.put("certainty", estimate.input().certainty().name().toLowerCase(Locale.ROOT));
    estimate.worst().total().map(Usd::toString).ifPresent(cost -> json.put("worstCase", cost));
    estimate.reason().ifPresent(why -> json.put("reason", why));
    return json.toString();
  }

  private static String certainty(TokenCount count) {
    return count.exact()
        ? ModelText.number(count.tokens()) + " exactly"
        : "about %s, at most %s"
            .formatted(ModelText.number(count.tokens()), ModelText.number(count.atMost()));
  }

  private static String cost(Cost cost) {
    return cost.certainty() == Certainty.EXACT ? cost + " (exact)" : cost.toString();
  }

  private static String most(Cost worst) {
    return worst.total().map(usd -> "at most " + usd.format()).orElseGet(worst::toString);
  }

  private static String amount(Cost cost) {
    return cost.total().map(Usd::format).orElse("-");
  }

  private static String tooLong(Estimate estimate) {
    return "up to %s tokens, and its context is %s"
        .formatted(
            ModelText.number(estimate.message().atMost()),
            ModelText.number(estimate.model().contextTokens()));
  }

  private static String line(String name, String value) {
    return String.format(Locale.ROOT, "%-10s%s\n", name, value);
  }
}
