package ai.powertools.benchmarks;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What sessions take: to keep a value durably, to read one, to be there again after a crash, of the
 * disk. Beside RocksDB and plain ways, in one folder.
 */
final class SessionKeeping implements Comparison {
  private static final String SIZE = "size";
  private static final int KILOBYTE = 1 << 10;
  private static final List<Integer> FLUSHES = List.of(4, 64);

  @Override
  public String name() {
    return "session";
  }

  @Override
  public Class<?> benchmarks() {
    return SessionKeepingBenchmark.class;
  }

  @Override
  public List<Figure> figures(Map<String, Measured> results) {
    Measured ours = results.getOrDefault("get ours", Measured.NOTHING);
    List<Figure> figures = new ArrayList<>();
    for (String peer : List.of("rocks", "sqlite")) {
      Measured theirs = results.getOrDefault("get " + peer, Measured.NOTHING);
      String what = "get in a JVM of its own, ours to " + peer + " and Jackson";
      figures.add(Figure.shown(what + ", p50", "ours/peer", ours.median() / theirs.median()));
      figures.add(Figure.shown(what + ", bytes", "ours/peer", ours.bytes() / theirs.bytes()));
    }
    return figures;
  }

  @Override
  public void measure(boolean quick, Consumer<Figure> told) throws Exception {
    long bytes = SessionRecovery.bytes(System.getProperty(SIZE, quick ? "64m" : "1g"));
    try (BenchFolder folder = BenchFolder.create()) {
      disk(folder.path(), Duration.ofMillis(quick ? 500 : 3_000), told);
      new SessionWrites(SessionWrites.Spans.of(quick), told).measure(folder.path());
      new NoteReads(quick ? 3 : 5, Duration.ofMillis(quick ? 200 : 2_000), told)
          .measure(folder.path());
      new SessionRecovery(bytes, told).measure(folder.path());
      ChatCorpus corpus = ChatCorpus.load(System.getenv(), quick ? 200 : 2_000);
      new SessionStorage(corpus, told).measure(folder.path());
    }
  }

  /** Names the file system, and measures what it takes to flush. */
  static void disk(Path folder, Duration time, Consumer<Figure> told) throws IOException {
    FileStore store = Files.getFileStore(folder);
    for (int kilobytes : FLUSHES) {
      Samples samples = Disk.appends(folder.resolve("disk"), kilobytes * KILOBYTE, time);
      String what =
          "%d kB appended and flushed on %s (%s)".formatted(kilobytes, store.type(), store.name());
      told.accept(Figure.shown(what + ", p50", "µs", samples.micros(0.5)));
      told.accept(Figure.shown(what + ", p99", "µs", samples.micros(0.99)));
    }
  }
}
