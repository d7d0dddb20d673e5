package ai.powertools.router.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which part of the rows each row is in, so that a model can be tried on rows that it has not seen.
 * Rows with the same prompt are always in the same part, or the model would have seen them.
 *
 * @param count how many parts there are
 * @param ofRow the part of each row, from 0
 */
record Folds(int count, List<Integer> ofRow) {

  /** Prompts at random. */
  static Folds ofPrompts(List<Outcome> outcomes, int count, long seed) {
    Set<String> prompts = new LinkedHashSet<>();
    outcomes.forEach(outcome -> prompts.add(outcome.prompt()));
    Map<String, Integer> parts = dealt(prompts, count, new SplitMix(seed));
    return new Folds(
        count, outcomes.stream().map(outcome -> part(parts, outcome.prompt())).toList());
  }

  /**
   * Whole subjects at random, where a set has several: none of a part's subjects is in another
   * part. Sets of one subject are dealt out by prompts.
   */
  static Folds ofSubjects(List<Outcome> outcomes, int count, long seed) {
    Folds byPrompt = ofPrompts(outcomes, count, seed);
    Map<String, Set<String>> subjects = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      subjects.computeIfAbsent(outcome.set(), set -> new LinkedHashSet<>()).add(outcome.subject());
    }
    Map<String, Map<String, Integer>> parts = new HashMap<>();
    SplitMix random = new SplitMix(seed);
    subjects.forEach((set, names) -> parts.put(set, dealt(names, count, random)));
    List<Integer> ofRow = new ArrayList<>();
    for (int row = 0; row < outcomes.size(); row++) {
      Map<String, Integer> ofSet = parts.getOrDefault(outcomes.get(row).set(), Map.of());
      ofRow.add(
          ofSet.size() > 1 ? part(ofSet, outcomes.get(row).subject()) : byPrompt.ofRow().get(row));
    }
    return new Folds(count, List.copyOf(ofRow));
  }

  /** The rows that are, or are not, in a part. */
  List<Integer> rows(int part, boolean inside) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < ofRow.size(); row++) {
      if ((ofRow.get(row) == part) == inside) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static Map<String, Integer> dealt(Set<String> names, int count, SplitMix random) {
    Map<String, Integer> parts = new HashMap<>();
    List<String> inOrder = new ArrayList<>(names);
    int[] order = random.permutation(inOrder.size());
    for (int i = 0; i < order.length; i++) {
      parts.put(inOrder.get(order[i]), i % count);
    }
    return parts;
  }

  private static int part(Map<String, Integer> parts, String name) {
    return parts.getOrDefault(name, 0);
  }
}
