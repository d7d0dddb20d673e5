package ai.powertools.models;

import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The published results in models.dev's catalog of makers' models. */
final class CatalogScores {
  private static final int MOST = 4;

  /** Kinds of task by the names of benchmarks, the first that fits; what none fits is left out. */
  private static final Map<String, Pattern> TASKS = tasks();

  /** The better known first. */
  private static final List<String> ORDER =
      List.of(
          "swe-bench verified",
          "terminal-bench",
          "gpqa",
          "humanity",
          "swe-bench pro",
          "swe bench pro",
          "terminal bench",
          "livecodebench",
          "aider");

  private final Map<?, ?> makers = CatalogSource.makers();

  /** The best known results of a model of the catalog; none for a name that is not there. */
  List<Score> of(String name) {
    Map<String, Score> byBenchmark = new LinkedHashMap<>();
    for (Object row : JsonTree.list(JsonTree.at(makers.get(name), "benchmarks"))) {
      score(row).ifPresent(score -> byBenchmark.putIfAbsent(score.benchmark(), score));
    }
    List<Score> sorted = new ArrayList<>(byBenchmark.values());
    sorted.sort(Comparator.comparingInt(CatalogScores::place));
    return List.copyOf(sorted.subList(0, Math.min(MOST, sorted.size())));
  }

  boolean has(String name) {
    return makers.containsKey(name);
  }

  private static Optional<Score> score(Object row) {
    String name = JsonTree.text(row, "name").orElse("").replace('’', '\'');
    Optional<String> source = JsonTree.text(row, "source").filter(s -> s.startsWith("https://"));
    Optional<BigDecimal> value = JsonTree.number(row, "score");
    String benchmark =
        name
            + JsonTree.text(row, "version").map(version -> " " + version).orElse("")
            + JsonTree.text(row, "dataset").map(dataset -> " (" + dataset + ")").orElse("");
    for (Map.Entry<String, Pattern> task : TASKS.entrySet()) {
      if (task.getValue().matcher(name.toLowerCase(Locale.ROOT)).find()) {
        return source.isEmpty() || value.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Score(task.getKey(), benchmark, value.get(), URI.create(source.get())));
      }
    }
    return Optional.empty();
  }

  private static int place(Score score) {
    String name = score.benchmark().toLowerCase(Locale.ROOT);
    for (int i = 0; i < ORDER.size(); i++) {
      if (name.startsWith(ORDER.get(i))) {
        return i;
      }
    }
    return ORDER.size();
  }

  private static Map<String, Pattern> tasks() {
    Map<String, Pattern> tasks = new LinkedHashMap<>();
    tasks.put("agentic", Pattern.compile("terminal.bench|agent|^τ|^tau|claw-eval"));
    tasks.put("math", Pattern.compile("\\baime|\\bmath"));
    tasks.put("reasoning", Pattern.compile("gpqa|mmlu|humanity|reasoning"));
    tasks.put(
        "coding", Pattern.compile("swe.(bench|atlas)|livecodebench|aider|coding|scicode|nl2repo"));
    return tasks;
  }
}
