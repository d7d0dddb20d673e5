package ai.powertools.examples;

import ai.powertools.models.CallTerms;
import ai.powertools.models.CostLine;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.PricedCall;
import ai.powertools.models.UsageReader;
import ai.powertools.models.UsageReport;
import java.time.Instant;
import java.util.Optional;

/** What a response of a client of one's own cost, from its body alone, line by line. */
public final class PriceAResponse {
  private static final String BODY =
      """
      {"id": "msg_01", "type": "message", "role": "assistant", "model": "claude-sonnet-4-6",
       "content": [{"type": "text", "text": "Sunlight is scattered by air."}],
       "usage": {"input_tokens": 120, "output_tokens": 350,
         "cache_read_input_tokens": 8000, "cache_creation_input_tokens": 2000,
         "cache_creation": {"ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 2000},
         "server_tool_use": {"web_search_requests": 2}, "service_tier": "standard"}}
      """;

  private PriceAResponse() {}

  public static void main(String[] arguments) {
    // Anthropic counts cached input beside the input; its reader adds it up, each token once.
    UsageReport report = UsageReader.anthropic().report(BODY);
    report.usage().quantities().forEach((unit, n) -> System.out.println(n + " " + unit.key()));

    PricedCall call =
        ModelCatalog.bundled()
            .price("anthropic", Optional.empty(), report, CallTerms.at(Instant.now()));
    for (CostLine line : call.cost().lines()) {
      System.out.printf(
          "%s × %,d at %s per %,d: %s%n",
          line.unit(), line.quantity(), line.rate().format(), line.per(), line.amount().format());
    }
    // Exact, estimated or unknown; what is not known is said, and is never $0.
    System.out.println("cost: " + call.cost());
  }
}
