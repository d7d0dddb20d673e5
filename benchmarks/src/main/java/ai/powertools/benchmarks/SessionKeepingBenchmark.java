package ai.powertools.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One value of 1 kB as an object, read by one thread while nobody writes. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SessionKeepingBenchmark {
  /** Whose: ours, RocksDB's, SQLite's. */
  @Param({"ours", "rocks", "sqlite"})
  String place = "ours";

  private final BenchFolder folder = newFolder();
  private Notes notes = new NoNotes();
  private int turn;

  /** Writes them all. */
  @Setup
  public void fill() {
    notes =
        switch (place) {
          case "ours" -> SessionNotes.at(folder.path().resolve("notes.db"));
          case "rocks" -> RocksNotes.at(folder.path().resolve("notes"));
          default -> SqliteNotes.at(folder.path().resolve("notes.db"));
        };
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < Notes.COUNT; i++) {
      notes.put(i, Note.of(i, random));
    }
  }

  /** Gives the disk back. */
  @TearDown
  public void close() throws IOException {
    notes.close();
    folder.close();
  }

  /** From the name to the object. */
  @Benchmark
  public Object get() {
    turn = (turn + 1) % Notes.COUNT;
    return notes.get(turn);
  }

  private static BenchFolder newFolder() {
    try {
      return BenchFolder.create();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not make a folder.", e);
    }
  }

  /** Before they are written. */
  private static final class NoNotes implements Notes {
    @Override
    public Note get(int number) {
      throw new IllegalStateException("There are no notes.");
    }

    @Override
    public void put(int number, Note note) {
      throw new IllegalStateException("There is no place for notes.");
    }

    @Override
    public void close() {}
  }
}
