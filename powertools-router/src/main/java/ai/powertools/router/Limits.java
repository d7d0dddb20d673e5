package ai.powertools.router;

import ai.powertools.models.Ability;
import ai.powertools.models.Modality;
import ai.powertools.models.Model;
import ai.powertools.models.Traits;
import java.util.Optional;

/** What a model is known not to do. Of a model that nothing is known of, nothing is refused. */
final class Limits {
  private Limits() {}

  /** Why it can't answer this; empty if it can, or nobody knows. */
  static Optional<String> refusal(Model model, ChatRequest request) {
    Traits traits = model.traits();
    if (traits.equals(Traits.TEXT_ONLY)) {
      return Optional.empty();
    }
    if (traits.abilities().contains(Ability.EMBEDDING)) {
      return Optional.of(model.id() + " makes vectors of text; it does not chat");
    }
    return unread(model, request, Content.Image.class, Modality.IMAGE, "images")
        .or(() -> unread(model, request, Content.Audio.class, Modality.AUDIO, "sound"))
        .or(() -> unread(model, request, Content.File.class, Modality.DOCUMENT, "files"))
        .or(() -> unable(model, !request.tools().isEmpty(), Ability.TOOLS, "call tools"));
  }

  private static Optional<String> unread(
      Model model,
      ChatRequest request,
      Class<? extends Content> part,
      Modality modality,
      String name) {
    return request.has(part) && !model.traits().reads().contains(modality)
        ? Optional.of(model.id() + " does not read " + name)
        : Optional.empty();
  }

  /** Of a model with no known ability at all, none is known to be missing. */
  private static Optional<String> unable(Model model, boolean asked, Ability ability, String what) {
    boolean known = !model.traits().abilities().isEmpty();
    return asked && known && !model.can(ability)
        ? Optional.of(model.id() + " does not " + what)
        : Optional.empty();
  }
}
