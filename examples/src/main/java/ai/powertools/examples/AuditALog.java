package ai.powertools.examples;

import ai.powertools.models.CallTerms;
import ai.powertools.models.Cost;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.UsageReader;
import ai.powertools.models.Usd;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What the calls of a log cost, whichever vendors answered; {@code powertools cost price} too. */
public final class AuditALog {
  private static final String LOG =
      """
      {"provider":"openai","api":"chat","at":"2026-08-03T09:00:00Z","body":{"model":"gpt-5-mini-2025-08-07","usage":{"prompt_tokens":1200,"completion_tokens":350,"prompt_tokens_details":{"cached_tokens":1024}}}}
      {"provider":"anthropic","api":"default","at":"2026-08-03T09:01:00Z","body":{"model":"claude-haiku-4-5","usage":{"input_tokens":20,"cache_read_input_tokens":3000,"output_tokens":90}}}
      {"provider":"google","api":"default","at":"2026-08-03T09:02:00Z","body":{"modelVersion":"gemini-2.5-flash","usageMetadata":{"promptTokenCount":500,"candidatesTokenCount":40,"thoughtsTokenCount":200}}}
      {"provider":"openai","api":"chat","at":"2026-08-03T09:03:00Z","body":{"model":"our-own-model","usage":{"prompt_tokens":10,"completion_tokens":5}}}
      """;

  /** Numbers must not become a {@code double} on their way. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private AuditALog() {}

  public static void main(String[] arguments) throws IOException {
    Path log = Files.writeString(Files.createTempFile("calls", ".ndjson"), LOG);
    Usd total = Usd.ZERO;
    int calls = 0;
    int unknown = 0;
    for (String line : Files.readAllLines(log)) {
      Cost cost = cost(JSON.readTree(line));
      System.out.println(cost);
      total = total.plus(cost.total().orElse(Usd.ZERO));
      unknown += cost.total().isEmpty() ? 1 : 0;
      calls++;
    }
    System.out.println("total: " + total.format());
    System.out.println("unknown: " + unknown + " of " + calls);
    Files.delete(log);
  }

  private static Cost cost(JsonNode call) {
    String provider = call.get("provider").asText();
    UsageReader reader = UsageReader.of(provider, call.get("api").asText()).orElseThrow();
    return ModelCatalog.bundled()
        .price(
            provider,
            Optional.empty(),
            reader.report(call.get("body").toString()),
            CallTerms.at(Instant.parse(call.get("at").asText())))
        .whole();
  }
}
