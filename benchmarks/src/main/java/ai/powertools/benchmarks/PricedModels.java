package ai.powertools.benchmarks;

import ai.powertools.models.Ability;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Pricing;
import ai.powertools.models.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Models of the bundled catalog that chat at a known price. */
final class PricedModels {
  private PricedModels() {}

  /**
   * So many of them, one of each provider in turn.
   *
   * @throws IllegalArgumentException if there are not so many
   */
  static List<Model> spread(int count) {
    Pricing pricing = ModelCatalog.bundled().pricing();
    Map<String, Queue<Model>> byProvider = new LinkedHashMap<>();
    for (Model model : ModelCatalog.bundled().models()) {
      if (!model.can(Ability.EMBEDDING)
          && pricing.cost(model, Usage.of(20, 8)).total().isPresent()) {
        byProvider.computeIfAbsent(model.provider(), name -> new ArrayDeque<>()).add(model);
      }
    }
    int all = byProvider.values().stream().mapToInt(Queue::size).sum();
    if (all < count) {
      throw new IllegalArgumentException(
          "The catalog has %d models that chat at a known price, not %d.".formatted(all, count));
    }
    List<Model> chosen = new ArrayList<>(count);
    while (chosen.size() < count) {
      for (Queue<Model> models : byProvider.values()) {
        Model next = models.poll();
        if (next != null && chosen.size() < count) {
          chosen.add(next);
        }
      }
    }
    return chosen;
  }
}
