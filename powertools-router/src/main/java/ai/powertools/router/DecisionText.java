package ai.powertools.router;

import ai.powertools.models.Usd;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A decision in lines for a person. */
final class DecisionText {
  private final StringBuilder text = new StringBuilder();

  private DecisionText() {}

  static String of(RoutingDecision decision) {
    DecisionText text = new DecisionText();
    text.line("strategy", decision.strategy());
    text.line("chosen", decision.chosen().map(Offer::label).orElse("none"));
    text.inputs(decision.inputs());
    List<Ranking.Ranked> order = decision.ranking().order();
    if (!decision.ranking().measure().isEmpty() && !order.isEmpty()) {
      text.line("score", decision.ranking().measure());
    }
    order.forEach(text::candidate);
    for (Refusal refusal : decision.refused()) {
      text.line("could not", refusal.label() + ": " + refusal.reason());
    }
    decision.tried().forEach(text::tried);
    decision.notes().forEach(note -> text.line("note", note));
    decision.cost().filter(cost -> !decision.tried().isEmpty()).ifPresent(text::cost);
    return text.text.toString();
  }

  private void line(String what, String said) {
    text.append(what).append(": ").append(said).append('\n');
  }

  private void inputs(RoutingInputs inputs) {
    if (inputs.complexity().isPresent()) {
      line("complexity", String.format(Locale.ROOT, "%.2f", inputs.complexity().getAsDouble()));
    }
    inputs
        .prediction()
        .ifPresent(
            said ->
                line(
                    "prediction",
                    String.format(
                        Locale.ROOT,
                        "a weak model is right by %.2f, a strong one by %.2f; familiar by %.2f",
                        said.weak(),
                        said.strong(),
                        said.familiarity())));
    if (inputs.exploring()) {
      line("exploring", "this call goes to a model for the sake of learning");
    }
  }

  private void candidate(Ranking.Ranked ranked) {
    Offer offer = ranked.offer();
    TokenPlan tokens = offer.tokens();
    StringBuilder said = new StringBuilder(offer.label());
    said.append(": input ").append(tokens.exact() ? "" : "about ").append(tokens.input());
    said.append(" tokens");
    if (tokens.cached() > 0) {
      said.append(", ").append(tokens.cached()).append(" of them cached");
    }
    said.append(", output at most ").append(tokens.maxOutput());
    said.append("; cost expected ").append(amount(offer.expectedCost()));
    said.append(", at most ").append(amount(offer.worstCost()));
    offer
        .quality()
        .ifPresent(
            quality ->
                said.append(String.format(Locale.ROOT, "; quality %.2f", quality.estimate())));
    if (offer.standing().latency().isKnown()) {
      said.append(String.format(Locale.ROOT, "; about %.0f ms", offer.expectedMillis()));
    }
    if (!Double.isNaN(ranked.score())) {
      said.append(String.format(Locale.ROOT, "; score %.4g", ranked.score()));
    }
    if (!offer.standing().isAvailable()) {
      said.append("; left alone for now");
    }
    line("could answer", said.toString());
  }

  private void tried(RoutingDecision.Tried attempt) {
    String role =
        attempt.role() == RoutingDecision.Role.ANSWER
            ? ""
            : " (" + attempt.role().name().toLowerCase(Locale.ROOT) + ")";
    line("tried", attempt.label() + role + ": " + attempt.error().orElse("answered"));
  }

  private void cost(Usd cost) {
    line("cost", cost.format());
  }

  private static String amount(Optional<Usd> cost) {
    return cost.map(Usd::format).orElse("unknown");
  }
}
