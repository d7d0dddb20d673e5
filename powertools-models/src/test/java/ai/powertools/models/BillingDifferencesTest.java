package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Where our own catalog gives another cost than genai-prices for its recorded responses, and why.
 * {@code docs/billing-differences.md} has the list; with {@code -Dcatalog.write=true} it is
 * written, else compared. A difference without a reason fails.
 */
class BillingDifferencesTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "billing-differences.md");
  private static final CallTerms THEN = CallTerms.at(Instant.parse("2025-11-06T12:00:00Z"));

  private static final String NOT_SERVED =
      "the provider does not serve this model; the response is another's, read as if it did";
  private static final String ENDED =
      "not among the models that could be used on 2026-08-01, see [Prices](prices.md)";
  private static final String MOVED =
      "the name means a newer model by now, which has other prices; their data has the older one's";

  /** By provider and the beginning of the model's name. */
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("openai gpt-oss-", NOT_SERVED),
          Map.entry(
              "azure gpt-oss-", "Azure serves it under names of its own, which we don't have"),
          Map.entry("deepseek deepseek-r1-distill", NOT_SERVED),
          Map.entry(
              "aws claude-",
              "no name of Bedrock's, where Claude's ids begin with anthropic.; the response is"
                  + " Anthropic's, read as if Bedrock's"),
          Map.entry("anthropic claude-sonnet-4-2025", ENDED),
          Map.entry("azure claude-sonnet-4-2025", ENDED),
          Map.entry("google claude-sonnet-4-2025", ENDED),
          Map.entry(
              "google claude-sonnet-4-5",
              "Vertex charges more beyond 200,000 tokens of input, as LiteLLM has it; their data"
                  + " for Vertex has no such step"),
          Map.entry("azure computer-use-preview", ENDED),
          Map.entry("openai computer-use-preview", ENDED),
          Map.entry("azure gpt-4o-audio-preview", ENDED),
          Map.entry("openai gpt-4o-audio-preview", ENDED),
          Map.entry("google gemini-1.5", ENDED),
          Map.entry("google gemini-2.0", ENDED),
          Map.entry("google gemini-2.5-pro-preview", ENDED),
          Map.entry("google gemini-3-pro-preview", ENDED),
          Map.entry(
              "google gemini-3-flash-preview",
              "served in the flex tier, for which no source has a price; theirs tells no tiers"
                  + " apart"),
          Map.entry("groq deepseek-r1-distill", ENDED),
          Map.entry("groq meta-llama/llama-4-maverick", ENDED),
          Map.entry("mistral mistral-large-latest", MOVED),
          Map.entry("mistral mistral-medium-latest", MOVED),
          Map.entry("mistral mistral-small-latest", MOVED),
          Map.entry(
              "openrouter openai/gpt-oss",
              "the three sources have three prices, see [Prices](prices.md); ours is the newest"),
          Map.entry(
              "openrouter anthropic/claude-4.6",
              "an older spelling of OpenRouter's anthropic/claude-sonnet-4.6"),
          Map.entry("openrouter mistralai/mistral-small", ENDED));

  @Test
  void haveEachItsReason() throws IOException {
    Map<String, Difference> differences = new TreeMap<>();
    Set<String> ours = new TreeSet<>();
    ModelCatalog.bundled().models().forEach(model -> ours.add(model.provider()));
    ours.addAll(Set.of("azure", "x-ai"));
    int priced = 0;
    int same = 0;
    for (BillingVectorsTest.Vector vector : BillingVectorsTest.vectors()) {
      if (vector.price().isPresent()) {
        priced++;
        Cost cost = cost(vector);
        if (cost.total().equals(vector.price())) {
          same++;
        } else {
          String key = vector.provider() + " " + vector.model().orElseThrow();
          differences.merge(
              key, new Difference(vector, cost, reason(key, vector, ours)), Difference::and);
        }
      }
    }

    assertThat(differences.values().stream().filter(difference -> difference.reason().isEmpty()))
        .as("differences without a reason")
        .isEmpty();
    String document = document(priced, same, differences);
    if (Boolean.getBoolean("catalog.write")) {
      Files.writeString(DOCUMENT, document);
    }
    assertThat(DOCUMENT).hasContent(document);
  }

  private static Cost cost(BillingVectorsTest.Vector vector) {
    return ModelCatalog.bundled()
        .price(vector.provider(), vector.model(), vector.reader().report(vector.body()), THEN)
        .cost();
  }

  private static Optional<String> reason(
      String key, BillingVectorsTest.Vector vector, Set<String> ours) {
    if (!ours.contains(vector.provider())) {
      return Optional.of("none of our providers");
    }
    return REASONS.entrySet().stream()
        .filter(reason -> key.startsWith(reason.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String document(int priced, int same, Map<String, Difference> differences) {
    Map<String, List<String>> strangers = new TreeMap<>();
    List<String> rows = new ArrayList<>();
    differences.forEach(
        (key, difference) -> {
          String reason = difference.reason().orElseThrow();
          if (reason.equals("none of our providers")) {
            strangers
                .computeIfAbsent(difference.provider(), none -> new ArrayList<>())
                .add(difference.model());
          } else {
            rows.add(
                "| %s | %s | %d | %s | %s | %s |"
                    .formatted(
                        difference.provider(),
                        difference.model(),
                        difference.readings(),
                        difference.theirs().format(),
                        difference.ours(),
                        reason));
          }
        });
    Map<String, String> others = new LinkedHashMap<>();
    strangers.forEach((provider, models) -> others.put(provider, String.join(", ", models)));
    return """
        # Differences between our catalog and genai-prices

        genai-prices has recorded responses with the cost that it works out for every provider whose \
        API can read them. Given its own price data we get the same costs (`BillingVectorsTest`). With \
        our own catalog, %d of %d readings with a price cost the same; the rest is here, each with its \
        reason. Written by `BillingDifferencesTest` for calls of 2025-11-06; a difference without a \
        reason fails it.

        | provider | model | readings | theirs, first | ours, first | why |
        |---|---|---|---|---|---|
        %s

        ## Providers that we have no models of

        %s
        """
        .formatted(
            same,
            priced,
            String.join("\n", rows),
            others.entrySet().stream()
                .map(other -> "- %s: %s".formatted(other.getKey(), other.getValue()))
                .collect(Collectors.joining("\n")));
  }

  private record Difference(
      String provider,
      String model,
      int readings,
      Usd theirs,
      String ours,
      Optional<String> reason) {

    Difference(BillingVectorsTest.Vector vector, Cost cost, Optional<String> reason) {
      this(
          vector.provider(),
          vector.model().orElseThrow(),
          1,
          vector.price().orElseThrow(),
          cost.total().map(Usd::format).orElse("unknown"),
          reason);
    }

    Difference and(Difference other) {
      return new Difference(provider, model, readings + other.readings, theirs, ours, reason);
    }
  }
}
