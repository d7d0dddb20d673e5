package ai.powertools.router.extractive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for terms, in the order in which they are met, since numbers take less room. */
final class Vocabulary {
  /** What stands for a term that is not known. */
  static final int UNKNOWN = -1;

  private final Map<String, Integer> numbers = new HashMap<>();

  /** The numbers of these terms, new ones for those that are new. */
  int[] add(List<String> terms) {
    return terms.stream()
        .mapToInt(term -> numbers.computeIfAbsent(term, key -> numbers.size()))
        .toArray();
  }

  /** The number of a term, or {@link #UNKNOWN}. */
  int find(String term) {
    return numbers.getOrDefault(term, UNKNOWN);
  }

  int size() {
    return numbers.size();
  }
}
