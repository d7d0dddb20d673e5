package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded responses of many vendors, with the usage and the prices that genai-prices has. */
class CostVectorsTest {
  private static final int ROWS = 150;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @TempDir Path folder;

  @Test
  void pricesRecordedResponsesToTheLastDigitByTheSamePriceData() throws IOException {
    Path prices = SharedData.file("prices/genai-prices-v2.json");
    List<String> rows = new ArrayList<>();
    List<JsonNode> expectedUsages = new ArrayList<>();
    List<JsonNode> expectedPrices = new ArrayList<>();
    for (String line :
        Files.readAllLines(SharedData.file("billing/usages-dev.ndjson")).subList(0, ROWS)) {
      JsonNode recorded = MAPPER.readTree(line);
      for (JsonNode group : recorded.get("extracted")) {
        for (JsonNode extractor : group.get("extractors")) {
          rows.add(row(recorded, extractor).toString());
          expectedUsages.add(group.get("usage"));
          expectedPrices.add(extractor);
        }
      }
    }
    Files.write(folder.resolve("calls.ndjson"), rows);

    Console console = new Console(folder);
    assertThat(
            console.run(
                "cost",
                "price",
                "--json",
                "--prices",
                prices.toString(),
                "--prices-format",
                "genai-prices",
                "calls.ndjson"))
        .isZero();

    List<String> answers = console.out().lines().toList();
    assertThat(answers).hasSameSizeAs(rows).hasSizeGreaterThan(1_000);
    List<String> wrong = new ArrayList<>();
    int priced = 0;
    for (int i = 0; i < answers.size(); i++) {
      JsonNode answer = MAPPER.readTree(answers.get(i));
      BigDecimal total = answer.has("total") ? new BigDecimal(answer.get("total").asText()) : null;
      BigDecimal expected = price(expectedPrices.get(i));
      boolean same =
          total == null ? expected == null : expected != null && total.compareTo(expected) == 0;
      if (answer.get("row").asInt() != i + 1
          || !numbers(answer.get("usage")).equals(numbers(expectedUsages.get(i)))
          || !(same || hasNoPrices(answer))) {
        wrong.add("%s: expected %s, but %s".formatted(rows.get(i), expected, answer));
      }
      priced += total == null ? 0 : 1;
    }
    assertThat(wrong).isEmpty();
    assertThat(priced).isGreaterThan(100);
  }

  private static ObjectNode row(JsonNode recorded, JsonNode extractor) {
    ObjectNode row = MAPPER.createObjectNode();
    row.put("provider", extractor.get("provider_id").asText())
        .put("api", extractor.get("api_flavor").asText())
        .put("at", "2025-11-06T12:00:00Z");
    if (recorded.has("model")) {
      row.put("model", recorded.get("model").asText());
    }
    row.set("body", recorded.get("body"));
    return row;
  }

  /** A model without any price costs $0 there; here its cost is unknown. */
  private static boolean hasNoPrices(JsonNode answer) {
    return answer.has("model")
        && answer.path("reason").asText().startsWith("no price is known for ");
  }

  private static BigDecimal price(JsonNode extractor) {
    if (extractor.has("total_price")) {
      return new BigDecimal(extractor.get("total_price").asText());
    }
    return extractor.has("input_price")
        ? new BigDecimal(extractor.get("input_price").asText())
            .add(new BigDecimal(extractor.get("output_price").asText()))
        : null;
  }

  private static Map<String, String> numbers(JsonNode usage) {
    Map<String, String> numbers = new TreeMap<>();
    usage.properties().forEach(field -> numbers.put(field.getKey(), field.getValue().asText()));
    return numbers;
  }
}
