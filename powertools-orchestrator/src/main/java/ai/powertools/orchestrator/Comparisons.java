package ai.powertools.orchestrator;

import ai.powertools.models.Certainty;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.TokenCounter;
import ai.powertools.models.Usage;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.Message;
import java.util.ArrayList;
import java.util.List;

/** What a call would have cost on well-known models of three vendors. */
final class Comparisons {
  private static final List<String> WELL_KNOWN =
      List.of("gpt-5-mini", "claude-sonnet-4-6", "gemini-2.5-pro");

  private final ModelCatalog catalog;

  Comparisons(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  List<Comparison> of(ChatRequest request, String answer) {
    List<String> contents = request.messages().stream().map(Message::text).toList();
    List<Comparison> all = new ArrayList<>();
    for (String name : WELL_KNOWN) {
      catalog.find(name).ifPresent(model -> all.add(compare(model, contents, answer)));
    }
    return all;
  }

  private Comparison compare(Model model, List<String> contents, String answer) {
    TokenCounter counter = catalog.tokens(model);
    long input = counter.countChat(contents).tokens();
    long output = counter.count(answer).tokens();
    return new Comparison(
        model.id(), catalog.pricing().cost(model, Usage.of(input, output), Certainty.ESTIMATED));
  }
}
