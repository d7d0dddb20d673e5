package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Time;
import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log is said to hold is what SQLite finds in it, however it was damaged. */
class RecoveryProperties {
  private static final int WRITES = 20;
  private static final int HEADER = 32;
  private static final int FRAME = 24 + 4096;

  @TempDir Path folder;

  private final RandomInput random = RandomInput.seeded();
  private byte[] main; // as it was at the last checkpoint
  private byte[] log;

  /** The files of a process that was killed after so many acknowledged writes. */
  @BeforeEach
  void leaveALog() throws IOException {
    Path file = folder.resolve("original.db");
    try (Store store = Store.sqlite(file)) {
      store.migrate(OpenStore.TABLES);
    }
    main = Files.readAllBytes(file);
    try (Store store = Store.sqlite(file)) {
      assertThat(store.recovery()).isEqualTo(Recovery.NONE);
      for (int i = 0; i < WRITES; i++) {
        String text = i + "x".repeat(i % 5 == 4 ? 9_000 : 10);
        store.update(sql -> OpenStore.insert(sql, text));
      }
      log = Files.readAllBytes(folder.resolve("original.db-wal"));
    }
    assertThat(log.length).isGreaterThan(HEADER + WRITES * FRAME);
  }

  private record Opened(Recovery recovery, int rows) {}

  /** Opens what a crash would have left. */
  private Opened open(byte[] crashed) throws IOException {
    Path place = Files.createTempDirectory(folder, "crash");
    Path file = Files.write(place.resolve("state.db"), main);
    Files.write(place.resolve("state.db-wal"), crashed);
    try (Store store = Store.sqlite(file)) {
      return new Opened(store.recovery(), store.query("SELECT id FROM note", r -> 1).size());
    }
  }

  @Test
  void findsEveryCommitOfAWholeLog() throws IOException {
    Opened opened = open(log);
    int frames = (log.length - HEADER) / FRAME;
    assertThat(opened.rows()).isEqualTo(WRITES);
    assertThat(opened.recovery())
        .isEqualTo(new Recovery(log.length, true, WRITES, frames, 0, 0, 0))
        .returns(true, Recovery::isClean);
  }

  @Test
  void readsTheOtherByteOrderAsWell() throws IOException {
    byte[] other = inOtherByteOrder(log);
    Opened opened = open(other);
    assertThat(opened.rows()).as("SQLite takes it, too").isEqualTo(WRITES);
    assertThat(opened.recovery().transactions()).isEqualTo(WRITES);
    assertThat(opened.recovery().isClean()).isTrue();
  }

  @Test
  void findsAsManyCommitsAsSqliteWhateverIsFlipped() throws IOException {
    int cycles = RandomInput.size("powertools.recovery.cycles", 15);
    long lost = 0;
    for (int i = 0; i < cycles; i++) {
      byte[] damaged = log.clone();
      int at = random.ints(HEADER, log.length - 1);
      damaged[at] ^= (byte) (1 << random.ints(0, 7));
      Opened opened = open(damaged);

      String what = "bit flipped at " + at + ", " + random;
      assertThat(opened.recovery().transactions()).as(what).isEqualTo(opened.rows());
      assertThat(opened.rows()).as(what).isLessThan(WRITES);
      assertThat(opened.recovery().isClean()).as(what).isFalse();
      assertThat(opened.recovery().unusableCommits())
          .as(what)
          .isBetween((long) WRITES - opened.rows() - 1, (long) WRITES - opened.rows());
      lost += WRITES - opened.rows();
    }
    assertThat(lost).isPositive();
  }

  @Test
  void findsAsManyCommitsAsSqliteWhereverItWasCutOff() throws IOException {
    int cycles = RandomInput.size("powertools.recovery.cycles", 15);
    for (int i = 0; i < cycles; i++) {
      int length = random.ints(0, log.length);
      Opened opened = open(Arrays.copyOf(log, length));

      String what = "cut off at " + length + ", " + random;
      assertThat(opened.recovery().transactions()).as(what).isEqualTo(opened.rows());
      assertThat(opened.recovery().logBytes()).as(what).isEqualTo(length);
      assertThat(opened.recovery().readable()).as(what).isEqualTo(length == 0 || length >= HEADER);
      assertThat(opened.recovery().unusableBytes()).as(what).isLessThan(length + 1L);
    }
  }

  @Test
  void tellsALogWhoseHeaderMakesNoSense() throws IOException {
    for (int at : new int[] {0, 5, 9, 12, 17, 25, 31}) {
      byte[] damaged = log.clone();
      damaged[at] ^= 0x40;
      Opened opened = open(damaged);
      assertThat(opened.rows()).as("SQLite takes it for empty").isZero();
      assertThat(opened.recovery())
          .as("byte " + at)
          .isEqualTo(Recovery.unreadable(log.length))
          .returns(false, Recovery::isClean);
    }
  }

  @Test
  void passesOverWhatIsLeftFromBeforeTheLogBeganAnew() throws IOException {
    byte[] longer = Arrays.copyOf(log, log.length + FRAME);
    longer[log.length + 7] = 1; // a frame with a commit mark and another salt
    Opened opened = open(longer);
    assertThat(opened.rows()).isEqualTo(WRITES);
    assertThat(opened.recovery().isClean()).isTrue();
    assertThat(opened.recovery().transactions()).isEqualTo(WRITES);
  }

  @Test
  void doesNotReportWhatAnotherProcessIsWriting() throws IOException {
    Path wal = Files.write(folder.resolve("live-wal"), Arrays.copyOf(log, log.length - 1_000));
    VirtualClock clock = VirtualClock.autoAdvancing();
    clock.after(Duration.ofMillis(150), () -> write(wal, log)); // the rest comes
    Recovery recovery = new LogLook(wal, clock).recovery();

    assertThat(recovery.isClean()).isTrue();
    assertThat(recovery.transactions()).isEqualTo(WRITES);
  }

  @Test
  void neverReportsALogThatDoesNotStandStill() throws IOException {
    Path wal = folder.resolve("live-wal");
    VirtualClock clock = VirtualClock.autoAdvancing();
    writeMoreAndMore(wal, clock, 1);
    Recovery recovery = new LogLook(wal, clock).recovery();

    assertThat(recovery.isClean()).isTrue();
    assertThat(recovery.transactions()).isPositive();
  }

  /** As many frames, of which the last is always half written. */
  private void writeMoreAndMore(Path wal, VirtualClock clock, int frames) {
    write(wal, Arrays.copyOf(log, HEADER + frames * FRAME + 100));
    boolean more = HEADER + (frames + 1) * FRAME + 100 < log.length;
    int next = more ? frames + 1 : frames - 3; // as one does that begins again, so to say
    clock.after(Duration.ofMillis(15), () -> writeMoreAndMore(wal, clock, next));
  }

  @Test
  void findsNothingWhereThereIsNoLog() {
    assertThat(new LogLook(folder.resolve("none-wal"), Time.system()).recovery())
        .isEqualTo(Recovery.NONE);
    assertThat(new LogLook(folder, VirtualClock.autoAdvancing()).recovery().readable())
        .as("a folder in the place of the log")
        .isFalse();
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same log as a machine of the other kind would have written it. */
  private static byte[] inOtherByteOrder(byte[] log) {
    ByteBuffer all = ByteBuffer.wrap(log.clone());
    assertThat(all.getInt(0)).as("made on a little-endian machine").isEqualTo(0x377f0682);
    all.putInt(0, 0x377f0683);
    int[] sum = sum(new int[2], all, 0, 24);
    all.putInt(24, sum[0]).putInt(28, sum[1]);
    for (int at = HEADER; at < log.length; at += FRAME) {
      sum = sum(sum, all, at, at + 8);
      sum = sum(sum, all, at + 24, at + FRAME);
      all.putInt(at + 16, sum[0]).putInt(at + 20, sum[1]);
    }
    return all.array();
  }

  private static int[] sum(int[] before, ByteBuffer bytes, int from, int to) {
    int one = before[0];
    int two = before[1];
    for (int at = from; at < to; at += 8) {
      one += bytes.order(ByteOrder.BIG_ENDIAN).getInt(at) + two;
      two += bytes.getInt(at + 4) + one;
    }
    return new int[] {one, two};
  }
}
