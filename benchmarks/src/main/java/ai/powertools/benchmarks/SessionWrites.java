package ai.powertools.benchmarks;

import ai.powertools.benchmarks.Comparison.Figure;
import ai.powertools.session.Sessions;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Values of 1 kB kept durably a second: by us, by RocksDB, by plain ways; windows in turn. */
final class SessionWrites {
  private static final int MOST_CONNECTIONS = 16;
  private static final String OURS = "session.set";
  private static final String APPEND = "session.append";
  private static final String ROCKS = "RocksDB, synced";
  private static final String FILE = "plain append and flush";
  private static final String SQLITE = "plain SQLite";
  private static final String POSTGRES = "plain PostgreSQL";
  private static final String OURS_POSTGRES = "session.set on PostgreSQL";

  private final Spans spans;
  private final Consumer<Figure> told;

  SessionWrites(Spans spans, Consumer<Figure> told) {
    this.spans = spans;
    this.told = told;
  }

  /**
   * How much is measured.
   *
   * @param rounds windows of each contender, of which the median counts
   * @param warmUp of each contender, before the first window
   * @param window how long one is
   * @param threads the numbers of threads
   */
  record Spans(int rounds, Duration warmUp, Duration window, List<Integer> threads) {
    private static final List<Integer> THREADS = List.of(1, 16, 64);

    /** Makes it; the list is copied. */
    Spans {
      threads = List.copyOf(threads);
    }

    static Spans of(boolean quick) {
      return quick
          ? new Spans(3, Duration.ofMillis(200), Duration.ofMillis(250), THREADS)
          : new Spans(5, Duration.ofSeconds(3), Duration.ofSeconds(3), THREADS);
    }
  }

  /** All numbers of threads, in files of that folder. */
  void measure(Path folder) throws IOException, InterruptedException {
    try (BenchPostgres postgres = BenchPostgres.start(folder.resolve("postgres"))) {
      for (int threads : spans.threads()) {
        Path place = Files.createDirectory(folder.resolve("writes-" + threads));
        tell(threads, windows(contenders(place, postgres, threads), threads));
      }
    }
  }

  private static Map<String, DurableWrites> contenders(
      Path folder, BenchPostgres postgres, int threads) {
    Map<String, DurableWrites> all = new LinkedHashMap<>();
    try {
      all.put(OURS, new SessionValues(Sessions.at(folder.resolve("values.db")), threads, () -> {}));
      all.put(APPEND, new SessionLogs(Sessions.at(folder.resolve("logs.db")), threads));
      all.put(ROCKS, RocksWrites.at(folder.resolve("rocks")));
      all.put(FILE, PlainAppends.at(folder.resolve("appended")));
      all.put(SQLITE, new PlainRows(PlainSqlite.at(folder.resolve("plain.db")), 1));
      all.put(POSTGRES, new PlainRows(postgres.newDatabase(), Math.min(threads, MOST_CONNECTIONS)));
      HikariConfig pooled = new HikariConfig();
      pooled.setDataSource(postgres.newDatabase());
      pooled.setMaximumPoolSize(MOST_CONNECTIONS);
      HikariDataSource pool = new HikariDataSource(pooled);
      all.put(OURS_POSTGRES, new SessionValues(Sessions.postgres(pool), threads, pool::close));
      return all;
    } catch (RuntimeException e) {
      all.values().forEach(DurableWrites::close);
      throw e;
    }
  }

  /** Each warmed up, then one window of each after the other, again and again. */
  private Map<String, List<ClosedLoop.Window>> windows(
      Map<String, DurableWrites> contenders, int threads) throws InterruptedException {
    Map<String, List<ClosedLoop.Window>> windows = new LinkedHashMap<>();
    try {
      for (DurableWrites contender : contenders.values()) {
        var unused = new ClosedLoop(contender, threads).run(spans.warmUp());
      }
      for (int round = 0; round < spans.rounds(); round++) {
        for (Map.Entry<String, DurableWrites> contender : contenders.entrySet()) {
          ClosedLoop loop = new ClosedLoop(contender.getValue(), threads);
          windows
              .computeIfAbsent(contender.getKey(), name -> new ArrayList<>())
              .add(loop.run(spans.window()));
        }
      }
    } finally {
      contenders.values().forEach(DurableWrites::close);
    }
    return windows;
  }

  private void tell(int threads, Map<String, List<ClosedLoop.Window>> windows) {
    String at = " at " + threads + (threads == 1 ? " thread" : " threads");
    Map<String, Double> rates = new LinkedHashMap<>();
    windows.forEach(
        (name, each) -> {
          double rate = median(each, ClosedLoop.Window::perSecond);
          rates.put(name, rate);
          shown(name + ", writes" + at, "1/s", rate);
          shown(name + ", p50" + at, "µs", median(each, ClosedLoop.Window::p50Micros));
          shown(name + ", p99" + at, "µs", median(each, ClosedLoop.Window::p99Micros));
        });
    for (List<String> pair :
        List.of(
            List.of(OURS, ROCKS),
            List.of(APPEND, ROCKS),
            List.of(OURS, SQLITE),
            List.of(OURS_POSTGRES, POSTGRES))) {
      double ours = rates.getOrDefault(pair.get(0), Double.NaN);
      double peer = rates.getOrDefault(pair.get(1), Double.NaN);
      shown(pair.get(0) + " to " + pair.get(1) + ", writes" + at, "ours/peer", ours / peer);
    }
  }

  private void shown(String what, String unit, double value) {
    told.accept(Figure.shown(what, unit, value));
  }

  private static double median(
      List<ClosedLoop.Window> windows, ToDoubleFunction<ClosedLoop.Window> of) {
    double[] sorted = windows.stream().mapToDouble(of).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
