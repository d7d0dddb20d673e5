package ai.powertools.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds models by name, and names that are close to one that does not exist. */
final class ModelNames {
  /** A year from 2000, a month and a day behind a name, in the ways that vendors write them. */
  private static final Pattern SNAPSHOT =
      Pattern.compile(
          "(.+)(?:-20\\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])"
              + "|[-@]20\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]))");

  private static final int MAX_SUGGESTIONS = 3;

  /** A longer name than this is no misspelling of a model's. */
  private static final int MAX_LENGTH = 100;

  /** From this length on, a name that has what was asked for in it is as good as close. */
  private static final int MIN_PART = 3;

  private final List<Model> models;
  private final Map<String, List<Model>> byId = new LinkedHashMap<>();
  private final Map<String, List<Model>> byAlias = new LinkedHashMap<>();

  ModelNames(List<Model> models) {
    this.models = models;
    for (Model model : models) {
      put(byId, model.id(), model);
      put(byId, model.qualifiedId(), model);
      for (String alias : model.aliases()) {
        put(byAlias, alias, model);
        put(byAlias, model.provider() + "/" + alias, model);
      }
    }
  }

  /** The models that the name may mean: one when it is clear, none when it is unknown. */
  List<Model> lookUp(String name) {
    String key = key(name);
    List<Model> found = exactly(key);
    if (found.isEmpty()) {
      Matcher snapshot = SNAPSHOT.matcher(key);
      if (snapshot.matches()) {
        return exactly(snapshot.group(1));
      }
    }
    return found;
  }

  UnknownModelException unknown(String name, List<Model> found) {
    if (!found.isEmpty()) {
      List<String> candidates = found.stream().map(Model::qualifiedId).toList();
      return new UnknownModelException(
          "Model \"%s\" may mean %s. Ask for one of them by that name."
              .formatted(name, String.join(" or ", candidates)),
          name,
          candidates);
    }
    List<String> close = close(key(name));
    String hint = close.isEmpty() ? "" : " Did you mean " + String.join(", ", close) + "?";
    return new UnknownModelException(
        "No model is called \"%s\" among the %d of this catalog.%s Add your own with ModelCatalog.with(…)."
            .formatted(name, models.size(), hint),
        name,
        close);
  }

  private List<Model> exactly(String key) {
    List<Model> found = byId.getOrDefault(key, List.of());
    return found.isEmpty() ? byAlias.getOrDefault(key, List.of()) : found;
  }

  /** The names nearest to this one, one per model, the nearest first. */
  private List<String> close(String key) {
    if (key.length() > MAX_LENGTH) {
      return List.of();
    }
    return models.stream()
        .map(model -> nearest(key, model))
        .filter(Near::isClose)
        .sorted(Comparator.comparingInt(Near::distance))
        .map(Near::name)
        .distinct()
        .limit(MAX_SUGGESTIONS)
        .toList();
  }

  private static Near nearest(String key, Model model) {
    return Stream.concat(Stream.of(model.id(), model.qualifiedId()), model.aliases().stream())
        .map(name -> new Near(name, distance(key, key(name))))
        .min(Comparator.comparingInt(Near::distance))
        .orElseThrow();
  }

  private record Near(String name, int distance) {
    boolean isClose() {
      return distance <= Math.max(2, name.length() / 3);
    }
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

  private static void put(Map<String, List<Model>> names, String name, Model model) {
    List<Model> there = names.computeIfAbsent(key(name), key -> new ArrayList<>(1));
    if (!there.contains(model)) {
      there.add(model);
    }
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
