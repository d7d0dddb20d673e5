package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.CancelledException;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup refuses, and what it finds. */
class SessionBackupTest {
  private static final byte[] DICTIONARY = {1, 2, 3};

  @TempDir Path folder;
  private final VirtualClock clock = VirtualClock.at(Instant.parse("2026-11-01T12:00:00Z"));
  private final MemorySessionStore place = new MemorySessionStore();
  private Sessions sessions;
  private Session session;

  @BeforeEach
  void open() {
    sessions = in(place);
    session = sessions.open("project");
    session.set("n", 1);
    session.append("log", "one");
  }

  @AfterEach
  void close() {
    sessions.close();
  }

  private Sessions in(MemorySessionStore store) {
    return Sessions.builder().in(store).time(clock).open();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private void share(MemorySessionStore store, String name, byte[] value) {
    store.write(
        rows -> {
          rows.putShared(name, value);
          return true;
        });
  }

  @Test
  void findsEveryByteThatWasChangedAndEveryCut() throws IOException {
    share(place, "dictionary", DICTIONARY);
    session.snapshot("s");
    session.set("n", 2);
    sessions.backup(file("full"));
    session.set("n", 3);
    sessions.backup(file("more"), file("full"));
    byte[] whole = Files.readAllBytes(file("full"));
    Path broken = file("broken");
    for (int i = 0; i < whole.length; i++) {
      byte[] other = whole.clone();
      other[i] ^= (byte) (1 << (i % 8));
      Files.write(broken, other);
      assertThat(Backups.verify(broken).problems()).as("byte %d", i).isNotEmpty();
      Files.write(broken, Arrays.copyOf(whole, i));
      assertThat(Backups.verify(broken).problems()).as("%d bytes", i).isNotEmpty();
    }
    Files.write(broken, Arrays.copyOf(whole, whole.length + 1));
    assertThat(Backups.verify(broken).problems())
        .containsExactly(broken + ": it goes on behind its end, at byte " + whole.length);
    Files.write(broken, whole);
    assertThat(Backups.verify(broken).isIntact()).isTrue();
    assertThat(Backups.verify(broken, file("more")).problems()).isEmpty();
  }

  @Test
  void namesWhatIsWrongWithAFile() throws IOException {
    sessions.backup(file("full"));
    byte[] whole = Files.readAllBytes(file("full"));
    byte[] other = whole.clone();
    other[60] ^= 1;
    Files.write(file("changed"), other);
    Files.write(file("cut"), Arrays.copyOf(whole, whole.length - 60));
    Files.writeString(file("text"), "no backup at all");

    BackupCheck check = Backups.verify(file("none"), file("changed"), file("cut"), file("text"));
    assertThat(check.isIntact()).isFalse();
    assertThat(check.backups()).isEmpty();
    assertThat(check.problems().get(0)).isEqualTo(file("none") + ": there is no such file");
    assertThat(check.problems().get(1))
        .isEqualTo(file("changed") + ": the frame at byte 8 does not fit its checksum");
    assertThat(check.problems())
        .anyMatch(problem -> problem.matches(".*/cut: what begins at byte \\d+ is no frame.*"))
        .anyMatch(problem -> problem.contains("text: it does not begin as a backup does"));
    assertThatThrownBy(() -> Backups.read(file("cut")))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("The backup " + file("cut") + " can't be used: what begins at");
    assertThatThrownBy(() -> sessions.backup(file("next"), file("cut")))
        .isInstanceOf(SessionException.class);
    assertThatThrownBy(() -> Restore.from(file("cut")).to(sessions))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("Nothing was restored.");
    assertThat(Backups.verify(folder).problems().get(0)).contains("it can't be read");
    assertThatThrownBy(Backups::verify).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesFilesThatDoNotFollowEachOther() {
    sessions.backup(file("full"));
    sessions.backup(file("other"));
    sessions.backup(file("one"), file("full"));
    sessions.backup(file("two"), file("one"));

    assertThat(Backups.verify(file("one")).problems().get(0))
        .contains("one is an increment on backup " + Backups.read(file("full")).id());
    assertThat(Backups.verify(file("full"), file("two")).problems().get(0))
        .contains("two adds to backup", "and can't follow " + file("full"));
    assertThat(Backups.verify(file("full"), file("other")).problems().get(0))
        .contains("other is a full backup, and can't follow");
    assertThatThrownBy(() -> Restore.from(file("other"), file("one")).to(sessions))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("Name the full backup first");
    assertThat(Backups.verify(file("full"), file("one"), file("two")).backups())
        .extracting(Backup::isIncrement)
        .containsExactly(false, true, true);
  }

  @Test
  void saysWhyItCanNotBeWritten() {
    assertThatThrownBy(() -> sessions.backup(folder.resolve("none/full")))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("none/full: NoSuchFileException. Check that its folder is there");
    clock.advance(Duration.ofDays(1));
    sessions.backup(file("full"));
    try (Sessions early =
        Sessions.builder().in(place).time(VirtualClock.at(Instant.EPOCH)).open()) {
      assertThatThrownBy(() -> early.backup(file("next"), file("full")))
          .isInstanceOf(SessionException.class)
          .hasMessageContaining("a clock was set back");
    }
  }

  @Test
  void saysWhichMomentsAreNearest() {
    clock.advance(Duration.ofMinutes(1));
    sessions.open("steady").set("x", 1);
    Instant first = clock.instant();
    sessions.backup(file("full"));
    clock.advance(Duration.ofMinutes(1));
    Instant wanted = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    session.set("n", 2); // what stood before is thrown away
    Instant changed = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    session.append("log", "two");
    sessions.backup(file("more"), file("full"));
    Restore restore = Restore.from(file("full"), file("more"));

    assertThatThrownBy(() -> restore.at(wanted).to(in(new MemorySessionStore())))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("does not hold session \"project\" as of " + wanted)
        .hasMessageContaining("nearest moments that it holds are " + first + " and " + changed);
    Sessions other = in(new MemorySessionStore());
    Restore.from(file("full"), file("more")).at(wanted).only("steady").to(other);
    assertThat(other.list()).extracting(SessionInfo::name).containsExactly("steady");
    for (Instant moment : List.of(first, changed, clock.instant())) {
      Sessions empty = in(new MemorySessionStore());
      Restore.from(file("full"), file("more")).at(moment).to(empty);
      assertThat(empty.open("project").get("n", Integer.class))
          .isEqualTo(moment.equals(first) ? 1 : 2);
      assertThat(empty.verify().problems()).isEmpty();
    }
    assertThatThrownBy(() -> restore.at(clock.instant().plusSeconds(1)).to(sessions))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("The backup ends at " + clock.instant());
  }

  @Test
  void aSnapshotIsAMomentThatCanBeRestored() {
    clock.advance(Duration.ofMinutes(1));
    session.snapshot("good");
    Instant good = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    session.set("n", 2);
    clock.advance(Duration.ofMinutes(1));
    session.set("n", 3);
    session.snapshot("later");
    clock.advance(Duration.ofMinutes(1));
    session.set("n", 4);
    sessions.backup(file("full"));

    Sessions other = in(new MemorySessionStore());
    Restore.from(file("full")).at(good).to(other);
    Session restored = other.open("project");
    assertThat(restored.get("n", Integer.class)).isEqualTo(1);
    assertThat(restored.snapshots()).extracting(Snapshot::label).containsExactly("good");
    assertThat(restored.at("good").get("n", Integer.class)).isEqualTo(1);
    assertThat(other.verify().problems()).isEmpty();
    assertThatThrownBy(() -> Restore.from(file("full")).at(good.plusSeconds(70)).to(other))
        .hasMessageContaining("nearest moments that it holds are " + good + " and ");
  }

  @Test
  void whatWasDeletedBetweenTwoFilesIsNotKnownOfTheTimeBetween() {
    for (int i = 0; i < 7; i++) {
      sessions.open("short " + i);
    }
    sessions.open("expires", Ttl.of(Duration.ofSeconds(1)));
    sessions.backup(file("full"));
    clock.advance(Duration.ofMinutes(1));
    Instant between = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    for (int i = 0; i < 7; i++) {
      sessions.delete("short " + i);
    }
    sessions.sweep();
    sessions.backup(file("more"), file("full"));
    Restore restore = Restore.from(file("full"), file("more")).at(between);
    assertThatThrownBy(() -> restore.to(in(new MemorySessionStore())))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("sessions \"short 0\", \"short 1\", \"short 2\"")
        .hasMessageContaining("and 2 more as of");
    Sessions other = in(new MemorySessionStore());
    restore.only("project").to(other);
    assertThat(other.list()).hasSize(1);
  }

  @Test
  void refusesNamesThatAreNotThereOrTakenTwice() {
    sessions.open("b");
    sessions.backup(file("full"));
    Sessions other = in(new MemorySessionStore());
    assertThatThrownBy(() -> Restore.from(file("full")).only("b", "c").to(other))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("holds no session \"c\"; it has 2: \"b\", \"project\". Nothing");
    assertThatThrownBy(() -> Restore.from(file("full")).as(name -> "x").to(other))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("Two sessions of the backup would be named \"x\"");
    assertThatThrownBy(() -> Restore.from(file("full")).as(name -> "").to(other))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(other.list()).isEmpty();
  }

  @Test
  void bringsAlongWhatBelongsToAllSessions() {
    share(place, "dictionary 1f", DICTIONARY);
    sessions.backup(file("full"));
    MemorySessionStore empty = new MemorySessionStore();
    Restore.from(file("full")).to(in(empty));
    Optional<byte[]> brought = empty.read(rows -> rows.shared("dictionary 1f"));
    assertThat(brought.orElseThrow()).isEqualTo(DICTIONARY);

    Restore.from(file("full")).replacing().to(in(empty)); // the same is no conflict
    MemorySessionStore foreign = new MemorySessionStore();
    share(foreign, "dictionary 1f", new byte[] {9});
    assertThatThrownBy(() -> Restore.from(file("full")).to(in(foreign)))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("another \"dictionary 1f\" than the backup");
    assertThat(in(foreign).list()).isEmpty();
  }

  @Test
  void doesNotMakeADamagedHeadLookWhole() {
    place.write(
        rows -> {
          SessionRow head = rows.session("project").orElseThrow();
          rows.put(Damage.version(head));
          return true;
        });
    sessions.open("other").set("n", 1);
    sessions.backup(file("full"));
    assertThat(Backups.verify(file("full")).problems()).isEmpty();
    Sessions empty = in(new MemorySessionStore());
    assertThatThrownBy(() -> Restore.from(file("full")).to(empty))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("The head of session \"project\" was damaged already");
    Restore.from(file("full")).only("other").to(empty);
    assertThat(empty.list()).hasSize(1);
  }

  @Test
  void replacesASessionWhoseHeadIsDamaged() {
    sessions.backup(file("full"));
    place.write(
        rows -> {
          rows.put(Damage.version(rows.session("project").orElseThrow()));
          return true;
        });
    Restore.from(file("full")).replacing().to(sessions);
    assertThat(session.version()).isEqualTo(2);
    assertThat(sessions.verify().problems()).isEmpty();
  }

  @Test
  void noticesAFileThatChangesWhileItIsRead() throws IOException {
    sessions.backup(file("full"));
    BackupFile before = BackupFile.intact(file("full"));
    Files.write(file("full"), Arrays.copyOf(Files.readAllBytes(file("full")), 30));
    assertThatThrownBy(() -> before.head(session.id()))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("is not what it was a moment ago");
    assertThatThrownBy(() -> before.part(session.id())).isInstanceOf(SessionException.class);
    Files.delete(file("full"));
    assertThatThrownBy(() -> before.part(session.id())).isInstanceOf(SessionException.class);
    assertThatThrownBy(() -> before.head(session.id())).isInstanceOf(SessionException.class);
    assertThat(before.head(7)).isEmpty();
    assertThat(before.part(7)).isEmpty();
  }

  @Test
  void anInterruptLeavesNothing() throws IOException {
    sessions.backup(file("full"));
    BackupFile read = BackupFile.intact(file("full"));
    List<ThrowingCallable> calls =
        List.of(
            () -> sessions.backup(file("next")),
            () -> Backups.verify(file("full")),
            () -> read.part(session.id()));
    for (ThrowingCallable call : calls) {
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(call)
            .isInstanceOf(CancelledException.class)
            .hasMessageContaining("Interrupted while the backup");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
      } finally {
        Thread.interrupted();
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file("full"));
    }
  }
}
