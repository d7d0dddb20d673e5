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
    return refusal(model, Needs.of(request));
  }

  /** The same for a request of which is known what it asks. */
  static Optional<String> refusal(Model model, Needs needs) {
    Traits traits = model.traits();
    if (traits.abilities().contains(Ability.EMBEDDING)) {
      return Optional.of(model.id() + " makes vectors of text; it does not chat");
    }
    if (needs.isPlain() || traits.equals(Traits.TEXT_ONLY)) {
      return Optional.empty();
    }
    return unread(model, needs.images(), Modality.IMAGE, "images")
        .or(() -> unread(model, needs.audio(), Modality.AUDIO, "sound"))
        .or(() -> unread(model, needs.files(), Modality.DOCUMENT, "files"))
        .or(() -> unable(model, needs.tools(), Ability.TOOLS, "call tools"));
  }

  /**
   * Why it can't be chosen for this. A router has others to choose from, so it does not ask for an
   * answer by a schema where the vendor does not promise to keep to it.
   */
  static Optional<String> unfit(Model model, Needs needs) {
    Optional<String> refusal = refusal(model, needs);
    return refusal.isPresent() || !needs.schema()
        ? refusal
        : unable(model, true, Ability.STRUCTURED_OUTPUT, "promise to keep to a schema");
  }

  private static Optional<String> unread(
      Model model, boolean asked, Modality modality, String name) {
    return asked && !model.traits().reads().contains(modality)
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
