package ai.powertools.examples;

import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.TokenCount;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.util.Comparator;
import java.util.List;

/** One prompt, twenty models, the cheapest first. Nothing is sent anywhere. */
public final class CompareModels {
  private static final String PROMPT =
      "Explain in three paragraphs why the sky is blue. ".repeat(50);

  private static final long LONGEST_ANSWER = 1_000;

  private static final List<String> NAMES =
      List.of(
          "openai/gpt-5.4",
          "openai/gpt-5.4-mini",
          "openai/gpt-5",
          "openai/gpt-5-mini",
          "openai/gpt-5-nano",
          "openai/gpt-4.1",
          "openai/gpt-4.1-mini",
          "openai/gpt-4o-mini",
          "openai/o4-mini",
          "anthropic/claude-opus-4-8",
          "anthropic/claude-sonnet-4-6",
          "anthropic/claude-haiku-4-5",
          "google/gemini-3.5-flash",
          "google/gemini-2.5-pro",
          "google/gemini-2.5-flash",
          "google/gemini-2.5-flash-lite",
          "mistral/mistral-large-2512",
          "deepseek/deepseek-v4-flash",
          "xai/grok-4.3",
          "groq/llama-3.3-70b-versatile");

  private CompareModels() {}

  public static void main(String[] arguments) {
    ModelCatalog catalog = ModelCatalog.bundled();
    NAMES.stream()
        .map(name -> Line.of(catalog, catalog.require(name)))
        .sorted(Comparator.comparing(Line::key))
        .forEach(System.out::println);
  }

  private record Line(Model model, TokenCount tokens, Cost input, Cost worst) {
    static Line of(ModelCatalog catalog, Model model) {
      TokenCount tokens = catalog.tokens(model).count(PROMPT);
      Certainty certainty = tokens.exact() ? Certainty.EXACT : Certainty.ESTIMATED;
      // A chat puts some tokens around a text; what is reserved must have them in it.
      long most = catalog.tokens(model).countChat(List.of(PROMPT)).atMost();
      return new Line(
          model,
          tokens,
          catalog.pricing().cost(model, Usage.of(tokens.tokens(), 0), certainty),
          catalog.pricing().worstCase(model, most, LONGEST_ANSWER));
    }

    /** To sort by; a cost that is not known comes last. */
    Usd key() {
      return input.total().orElse(Usd.of("1000000"));
    }

    @Override
    public String toString() {
      return "%-30s %9s tokens %-18s at most %s"
          .formatted(
              model.qualifiedId(),
              (tokens.exact() ? "" : "about ") + tokens.tokens(),
              input,
              worst.total().map(Usd::format).orElse("unknown"));
    }
  }
}
