package ai.powertools.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is different between two lists of models.
 *
 * @param added models that only the newer one has, as {@code provider/id}
 * @param removed models that only the older one has
 * @param repriced models whose prices differ
 */
public record PriceChanges(List<String> added, List<String> removed, List<String> repriced) {

  /** Copies the lists. */
  public PriceChanges {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    repriced = List.copyOf(repriced);
  }

  /** Nothing is different. */
  public static PriceChanges none() {
    return new PriceChanges(List.of(), List.of(), List.of());
  }

  /** What is different in the newer list. */
  public static PriceChanges between(List<Model> older, List<Model> newer) {
    Map<String, Model> before = new LinkedHashMap<>();
    older.forEach(model -> before.put(model.qualifiedId(), model));
    List<String> added = new ArrayList<>();
    List<String> repriced = new ArrayList<>();
    for (Model model : newer) {
      Model was = before.remove(model.qualifiedId());
      if (was == null) {
        added.add(model.qualifiedId());
      } else if (!was.prices().equals(model.prices())) {
        repriced.add(model.qualifiedId());
      }
    }
    return new PriceChanges(added, List.copyOf(before.keySet()), repriced);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && repriced.isEmpty();
  }
}
