package ai.powertools.benchmarks;

import ai.powertools.benchmarks.Comparison.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Values of 1 kB read by one thread, alone and beside one that writes; windows in turn. */
final class NoteReads {
  private static final String OURS = "session.get";
  private static final String ROCKS = "RocksDB and Jackson, get";
  private static final String SQLITE = "SQLite and Jackson, get";

  private final int rounds;
  private final Duration window;
  private final Consumer<Figure> told;

  /**
   * @param window of each, as long as its warm-up; the median of the windows' percentiles counts
   */
  NoteReads(int rounds, Duration window, Consumer<Figure> told) {
    this.rounds = rounds;
    this.window = window;
    this.told = told;
  }

  /** In files of that folder. */
  void measure(Path folder) throws IOException, InterruptedException {
    Path place = Files.createDirectory(folder.resolve("reads"));
    Map<String, Notes> all = new LinkedHashMap<>();
    try {
      all.put(OURS, SessionNotes.at(place.resolve("ours.db")));
      all.put(ROCKS, RocksNotes.at(place.resolve("rocks")));
      all.put(SQLITE, SqliteNotes.at(place.resolve("sqlite.db")));
      all.values().forEach(NoteReads::fill);
      for (boolean beside : new boolean[] {false, true}) {
        measure(all, beside);
      }
    } finally {
      all.values().forEach(Notes::close);
    }
  }

  private static void fill(Notes notes) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < Notes.COUNT; i++) {
      Note note = Note.of(i, random);
      notes.put(i, note);
      if (!notes.get(i).equals(note)) {
        throw new IllegalStateException("Note " + i + " is not what was written.");
      }
    }
  }

  private void measure(Map<String, Notes> all, boolean beside) throws InterruptedException {
    Map<String, List<Samples>> windows = new LinkedHashMap<>();
    for (int round = -1; round < rounds; round++) { // the first is the warm-up
      for (Map.Entry<String, Notes> one : all.entrySet()) {
        Samples samples = beside ? besideAWriter(one.getValue()) : read(one.getValue());
        if (round >= 0) {
          windows.computeIfAbsent(one.getKey(), name -> new ArrayList<>()).add(samples);
        }
      }
    }
    String how = beside ? " while another thread writes" : " while nobody writes";
    windows.forEach(
        (name, each) -> {
          told.accept(Figure.shown(name + how + ", p50", "µs", median(each, 0.5)));
          told.accept(Figure.shown(name + how + ", p99", "µs", median(each, 0.99)));
        });
    for (String peer : List.of(ROCKS, SQLITE)) {
      double ours = median(windows.getOrDefault(OURS, List.of()), 0.5);
      double theirs = median(windows.getOrDefault(peer, List.of()), 0.5);
      told.accept(Figure.shown(OURS + " to " + peer + how + ", p50", "ours/peer", ours / theirs));
    }
  }

  private Samples besideAWriter(Notes notes) throws InterruptedException {
    AtomicBoolean enough = new AtomicBoolean();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> writing = writer.submit(() -> write(notes, enough));
      Samples samples = read(notes);
      enough.set(true);
      int written = writing.get();
      if (written == 0) {
        throw new IllegalStateException("Nothing was written beside the reads.");
      }
      return samples;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Could not write beside the reads.", e.getCause());
    } finally {
      enough.set(true);
      writer.shutdown();
    }
  }

  private static int write(Notes notes, AtomicBoolean enough) {
    SplittableRandom random = new SplittableRandom();
    int written = 0;
    do {
      int number = random.nextInt(Notes.COUNT);
      notes.put(number, Note.of(number, random));
      written++;
    } while (!enough.get());
    return written;
  }

  private Samples read(Notes notes) {
    Samples samples = new Samples();
    long now = System.nanoTime();
    long end = now + window.toNanos();
    int number = 0;
    while (now - end < 0) {
      number = (number + 1) % Notes.COUNT;
      long start = System.nanoTime();
      Note note = notes.get(number);
      now = System.nanoTime();
      if (!note.id().endsWith("-" + number)) {
        throw new IllegalStateException("Asked for note " + number + ", got " + note.id() + ".");
      }
      samples.add(now - start);
    }
    return samples;
  }

  private static double median(List<Samples> windows, double share) {
    double[] sorted = windows.stream().mapToDouble(one -> one.micros(share)).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
