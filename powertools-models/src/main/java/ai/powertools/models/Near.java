package ai.powertools.models;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The name of a model that is nearest to one that was asked for, and how near. */
record Near(String name, int distance) {
  /** From this length on, a name that has what was asked for in it is as good as close. */
  private static final int MIN_PART = 3;

  private static final int MAX_SUGGESTIONS = 3;

  /** A longer name than this is no misspelling of a model's. */
  private static final int MAX_LENGTH = 100;

  /** The names nearest to this one, one per model, the nearest first. */
  static List<String> to(String key, List<CatalogEntry> models) {
    if (key.length() > MAX_LENGTH) {
      return List.of();
    }
    return models.stream()
        .map(model -> of(key, model))
        .filter(Near::isClose)
        .sorted(Comparator.comparingInt(Near::distance))
        .map(Near::name)
        .distinct()
        .limit(MAX_SUGGESTIONS)
        .toList();
  }

  private static Near of(String key, CatalogEntry model) {
    return Stream.concat(
            Stream.of(model.id(), model.qualifiedId()),
            model.aliases().stream().filter(alias -> !NamePattern.isPattern(alias)))
        .map(name -> new Near(name, distance(key, ModelNames.key(name))))
        .min(Comparator.comparingInt(Near::distance))
        .orElseThrow();
  }

  private boolean isClose() {
    return distance <= Math.max(2, name.length() / 3);
  }

  private static int distance(String asked, String name) {
    boolean part = asked.length() >= MIN_PART && name.contains(asked);
    return part ? 1 : levenshtein(asked, name);
  }

  /** Levenshtein's distance: the fewest characters to insert, delete or replace. */
  private static int levenshtein(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
