package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operations, as many as {@code -Dpowertools.model.operations} says, on sessions and on a
 * model of maps: every answer is the same, and at the end all records are intact. A third of them
 * without a history, a third with one of a minute, a third with all of it.
 */
class SessionModelSimulation {
  private static final String OPERATIONS = "powertools.model.operations";

  @Test
  void memoryDoesWhatTheModelDoes() {
    run("memory", RandomInput.size(OPERATIONS, 50_000), 0, history -> SessionsBuilder::inMemory);
  }

  @Test
  void sqliteDoesWhatTheModelDoes(@TempDir Path folder) {
    run(
        "SQLite",
        RandomInput.size(OPERATIONS, 8_000),
        2_500,
        history -> builder -> builder.at(folder.resolve("state-" + history + ".db")));
  }

  /** Runs it with each kind of history, on a new place each time. */
  static void run(
      String what,
      int operations,
      int reopenEvery,
      Function<Integer, Function<SessionsBuilder, SessionsBuilder>> places) {
    RandomInput random = RandomInput.seeded();
    System.out.println("SessionModelSimulation on " + what + " begins, " + random);
    long start = System.nanoTime();
    Map<String, Long> counts = new TreeMap<>();
    List<HistoryWindow> histories =
        List.of(HistoryWindow.NONE, HistoryWindow.of(Duration.ofMinutes(1)), HistoryWindow.FOREVER);
    for (int i = 0; i < histories.size(); i++) {
      Function<SessionsBuilder, SessionsBuilder> place = places.apply(i);
      new ModelRun(random, histories.get(i), builder -> place.apply(builder).open())
          .run((operations + 2) / 3, reopenEvery)
          .forEach((kind, n) -> counts.merge(kind, n, Long::sum));
    }
    System.out.printf(
        "SessionModelSimulation: %d operations on %s in %d s as the model, %s, %s%n",
        operations, what, Duration.ofNanos(System.nanoTime() - start).toSeconds(), counts, random);
    assertThat(counts).containsKeys("set", "append", "fork", "sweep", "diff", "lock");
  }
}
