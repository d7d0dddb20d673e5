package ai.powertools.orchestrator;

import ai.powertools.cost.LedgerEntry;
import ai.powertools.models.Certainty;
import ai.powertools.models.Usd;
import ai.powertools.router.Offer;
import ai.powertools.router.Refusal;
import ai.powertools.router.RoutingDecision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A receipt in lines for a person: a name, what it is, one below the other. */
final class ReceiptText {
  private final Receipt receipt;
  private final StringBuilder text = new StringBuilder();

  ReceiptText(Receipt receipt) {
    this.receipt = receipt;
  }

  String lines() {
    RoutingDecision decision = receipt.decision();
    line("model", decision.chosen().map(Offer::label).orElse("none") + " (" + why() + ")");
    for (RoutingDecision.Tried tried : decision.tried()) {
      tried.error().ifPresent(error -> line("failed", tried.label() + ": " + error));
    }
    for (Refusal refusal : decision.refused()) {
      line("refused", refusal.label() + ": " + refusal.reason());
    }
    line("tokens", tokens());
    line("cost", cost());
    line("elsewhere", elsewhere());
    line("time", time());
    receipt.session().ifPresent(session -> line("session", session));
    line("trace", receipt.traceId());
    line("log", receipt.places().log());
    line("ledger", receipt.places().ledger());
    line("sessions", receipt.places().sessions());
    return text.toString();
  }

  private void line(String name, String value) {
    text.append(String.format(Locale.ROOT, "%-10s%s%n", name, value.replace("\n", " ")));
  }

  private String why() {
    RoutingDecision decision = receipt.decision();
    int could = decision.candidates().size();
    if (could == 1) {
      return "the only one that could answer";
    }
    long before = decision.tried().stream().filter(tried -> tried.error().isPresent()).count();
    String place = before == 0 ? "first" : "after " + before + " that failed";
    return "strategy %s: %s of %d that could answer".formatted(decision.strategy(), place, could);
  }

  private String tokens() {
    return "%,d in, %,d out%s"
        .formatted(
            receipt.usage().inputTokens(),
            receipt.usage().outputTokens(),
            receipt.usageCertainty() == Certainty.EXACT ? "" : " (counted here)");
  }

  private String cost() {
    String total = receipt.totalCost().map(Usd::format).orElse("unknown");
    List<String> notes = new ArrayList<>();
    notes.add(receipt.certainty().name().toLowerCase(Locale.ROOT));
    if (receipt.attempts().size() > 1) {
      notes.add(
          receipt.attempts().size()
              + " attempts: "
              + receipt.attempts().stream()
                  .map(ReceiptText::attempt)
                  .collect(Collectors.joining(", ")));
    }
    return total + " (" + String.join("; ", notes) + ")";
  }

  private static String attempt(LedgerEntry entry) {
    return entry.outcome().name().toLowerCase(Locale.ROOT)
        + " "
        + entry.cost().map(Usd::format).orElse("unknown");
  }

  private String elsewhere() {
    return receipt.elsewhere().comparisons().stream()
        .map(other -> other.model() + " " + other.cost())
        .collect(Collectors.joining(", "));
  }

  private String time() {
    String whole = millis(receipt.duration());
    return receipt
        .timeToFirstToken()
        .map(first -> whole + ", first text after " + millis(first))
        .orElse(whole);
  }

  private static String millis(Duration duration) {
    return "%,d ms".formatted(duration.toMillis());
  }
}
