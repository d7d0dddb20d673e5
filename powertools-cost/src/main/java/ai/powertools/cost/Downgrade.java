package ai.powertools.cost;

import java.util.List;
import java.util.Optional;

/** Names a cheaper model for a call that a budget has no room for. */
@FunctionalInterface
public interface Downgrade {
  /**
   * These models one after the other, the first for any call, and after one of them the next.
   *
   * @param models by any name that the catalog knows, the dearer in front
   */
  static Downgrade to(String... models) {
    List<String> all = List.of(models);
    return (attributes, refusal) -> {
      String refused = attributes.orBlank(Attributes.MODEL);
      int next = 0;
      for (int i = 0; i < all.size(); i++) {
        if (refused.equals(all.get(i)) || refused.endsWith("/" + all.get(i))) {
          next = i + 1;
        }
      }
      return next < all.size() ? Optional.of(all.get(next)) : Optional.empty();
    };
  }

  /**
   * Names the model that is tried in the place of the one that was refused.
   *
   * @param attributes who and what the call is for, with the model that was refused
   * @param refusal by which budget, and how much the call might have cost
   * @return a model by any name that the catalog knows, which is tried in its place; empty to let
   *     the refusal stand. A model that was refused before ends the search
   */
  Optional<String> instead(Attributes attributes, BudgetExceededException refusal);
}
