package ai.powertools.cli;

import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.orchestrator.Comparison;
import ai.powertools.orchestrator.Receipt;
import ai.powertools.router.Offer;
import ai.powertools.router.Refusal;
import ai.powertools.router.RoutingDecision;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An answer and its receipt as one JSON object. Amounts are decimal strings, unknown ones null. */
final class AnswerJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private AnswerJson() {}

  static String of(String text, Receipt receipt) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("text", text);
    decision(json, receipt.decision());
    usage(json.putObject("usage"), receipt);
    json.put("cost_usd", receipt.totalCost().map(AnswerJson::plain).orElse(null));
    json.put("certainty", receipt.certainty().name().toLowerCase(java.util.Locale.ROOT));
    json.put("attempts", receipt.attempts().size());
    ArrayNode elsewhere = json.putArray("elsewhere");
    for (Comparison other : receipt.elsewhere().comparisons()) {
      elsewhere
          .addObject()
          .put("model", other.model())
          .put("cost_usd", other.cost().total().map(AnswerJson::plain).orElse(null));
    }
    json.put("duration_ms", receipt.duration().toMillis());
    json.put("session", receipt.session().orElse(null));
    json.put("trace_id", receipt.traceId());
    json.putObject("places")
        .put("log", receipt.places().log())
        .put("ledger", receipt.places().ledger())
        .put("sessions", receipt.places().sessions());
    return json.toPrettyString();
  }

  private static void decision(ObjectNode json, RoutingDecision decision) {
    json.put("model", decision.chosen().map(Offer::label).orElse(null));
    json.put("strategy", decision.strategy());
    ArrayNode refused = json.putArray("refused");
    for (Refusal refusal : decision.refused()) {
      refused.addObject().put("model", refusal.label()).put("reason", refusal.reason());
    }
    ArrayNode tried = json.putArray("tried");
    for (RoutingDecision.Tried attempt : decision.tried()) {
      tried.addObject().put("model", attempt.label()).put("error", attempt.error().orElse(null));
    }
  }

  private static void usage(ObjectNode json, Receipt receipt) {
    Usage usage = receipt.usage();
    json.put("input_tokens", usage.inputTokens())
        .put("cached_input_tokens", usage.cachedInputTokens())
        .put("output_tokens", usage.outputTokens())
        .put("reasoning_tokens", usage.reasoningTokens())
        .put("certainty", receipt.usageCertainty().name().toLowerCase(java.util.Locale.ROOT));
  }

  private static String plain(Usd amount) {
    return amount.toBigDecimal().toPlainString();
  }
}
