package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Some thousand readings of hundreds of recorded responses, with the usage and the prices that
 * genai-prices works out for each provider and API that can read them.
 */
class BillingVectorsTest {
  /** The moment for which the expected prices were worked out. */
  private static final CallTerms THEN = CallTerms.at(Instant.parse("2025-11-06T12:00:00Z"));

  @Test
  void readsTheUsageOfEveryResponseForEveryProviderAndApi() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<Vector> vectors = vectors();
    for (Vector vector : vectors) {
      Map<String, Long> read = new TreeMap<>();
      vector
          .reader()
          .report(vector.body())
          .usage()
          .quantities()
          .forEach((unit, quantity) -> read.put(unit.key(), quantity));
      if (!read.equals(vector.usage())) {
        wrong.add(vector + " read " + read);
      }
    }

    assertThat(vectors).hasSizeGreaterThan(9_000);
    assertThat(wrong).isEmpty();
  }

  @Test
  void pricesThemToTheLastDigitByTheSamePriceData() throws IOException {
    ModelCatalog theirs =
        ModelCatalog.of(PriceSource.genaiPrices(SharedData.file("prices/genai-prices-v2.json")));
    List<String> wrong = new ArrayList<>();
    int priced = 0;
    int unpriced = 0;
    for (Vector vector : vectors()) {
      PricedCall call =
          theirs.price(
              vector.provider(), vector.model(), vector.reader().report(vector.body()), THEN);
      Optional<Usd> total = call.cost().total();
      if (hasNoPrices(call.model())) {
        unpriced++;
      } else if (!total.equals(vector.price())) {
        wrong.add(vector + " costs " + call.cost());
      } else if (total.isPresent() && call.cost().certainty() != expected(vector)) {
        wrong.add(vector + " is not " + expected(vector));
      }
      priced += total.isPresent() ? 1 : 0;
    }

    assertThat(priced).isGreaterThan(1_800);
    assertThat(unpriced).as("known models without a price").isEqualTo(1);
    assertThat(wrong).isEmpty();
  }

  /** A model without any price costs $0 there; here its cost is unknown. */
  private static boolean hasNoPrices(Optional<Model> model) {
    return model.filter(known -> known.prices().isEmpty()).isPresent();
  }

  /** Prices that tell no tiers apart are an estimate for a tier other than the standard one. */
  private static Certainty expected(Vector vector) {
    return JsonTree.text(vector.body(), "usageMetadata.trafficType")
        .filter(tier -> !tier.equals("ON_DEMAND"))
        .map(tier -> Certainty.ESTIMATED)
        .orElse(Certainty.EXACT);
  }

  static List<Vector> vectors() throws IOException {
    List<Vector> vectors = new ArrayList<>();
    int row = 0;
    for (String line : Files.readAllLines(SharedData.file("billing/usages-dev.ndjson"))) {
      row++;
      Object json = Json.read(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
      for (Object group : JsonTree.list(JsonTree.at(json, "extracted"))) {
        Map<String, Long> usage = new TreeMap<>();
        JsonTree.object(JsonTree.at(group, "usage"))
            .forEach((unit, n) -> usage.put(unit.toString(), Long.valueOf(n.toString())));
        for (Object extractor : JsonTree.list(JsonTree.at(group, "extractors"))) {
          vectors.add(
              new Vector(
                  row,
                  JsonTree.text(extractor, "provider_id").orElseThrow(),
                  JsonTree.text(extractor, "api_flavor").orElseThrow(),
                  JsonTree.text(json, "model"),
                  JsonTree.at(json, "body"),
                  usage,
                  price(extractor)));
        }
      }
    }
    return vectors;
  }

  private static Optional<Usd> price(Object extractor) {
    return JsonTree.text(extractor, "total_price")
        .map(Usd::of)
        .or(
            () ->
                JsonTree.text(extractor, "input_price")
                    .map(Usd::of)
                    .map(
                        input ->
                            input.plus(
                                Usd.of(JsonTree.text(extractor, "output_price").orElse("0")))));
  }

  record Vector(
      int row,
      String provider,
      String api,
      Optional<String> model,
      Object body,
      Map<String, Long> usage,
      Optional<Usd> price) {

    UsageReader reader() {
      return UsageReader.of(provider, api).orElseThrow();
    }

    @Override
    public String toString() {
      return "row %d as %s/%s, %s: expected %s and %s, but"
          .formatted(row, provider, api, model.orElse("no model"), usage, price);
    }
  }
}
