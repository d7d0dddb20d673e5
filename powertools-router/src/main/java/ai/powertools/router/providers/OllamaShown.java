package ai.powertools.router.providers;

import ai.powertools.models.Ability;
import ai.powertools.models.Modality;
import ai.powertools.models.Traits;
import ai.powertools.router.LocalModel;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What Ollama shows of a model.
 *
 * @param model as others see it
 * @param context how long a context it has
 */
record OllamaShown(LocalModel model, OllamaContext context) {
  /** Of a model of which nothing has been learnt. */
  static final OllamaShown NOTHING =
      new OllamaShown(
          new LocalModel("", OptionalLong.empty(), OptionalLong.empty(), "", "", "", Set.of()),
          OllamaContext.UNKNOWN);

  /** Whether it makes vectors and nothing else. */
  boolean onlyEmbeds() {
    Set<String> words = model.capabilities();
    return words.contains("embedding") && !words.contains("completion");
  }

  /** What it reads and can do; nothing is known of it where an older Ollama says nothing. */
  Traits traits() {
    Set<String> words = model.capabilities();
    if (words.isEmpty()) {
      return Traits.TEXT_ONLY;
    }
    Set<Modality> reads = EnumSet.of(Modality.TEXT);
    if (words.contains("vision")) {
      reads.add(Modality.IMAGE);
    }
    // Any model that completes keeps to a schema: Ollama holds it to a grammar.
    Set<Ability> abilities = EnumSet.of(Ability.STREAMING, Ability.STRUCTURED_OUTPUT);
    if (words.contains("tools")) {
      abilities.add(Ability.TOOLS);
    }
    if (words.contains("thinking")) {
      abilities.add(Ability.REASONING);
    }
    if (onlyEmbeds()) {
      abilities = EnumSet.of(Ability.EMBEDDING);
    }
    return new Traits(
        reads, Set.of(Modality.TEXT), abilities, Optional.empty(), Optional.empty(), List.of());
  }
}
