package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup of any place gives back; the subclasses bring the place. */
abstract class BackupContract {
  @TempDir Path folder;
  final VirtualClock clock = VirtualClock.at(Instant.parse("2026-11-01T12:00:00Z"));
  Sessions sessions;

  abstract Sessions create(SessionsBuilder builder);

  @BeforeEach
  void open() {
    sessions = create(Sessions.builder().time(clock).history(HistoryWindow.FOREVER));
  }

  @AfterEach
  void close() {
    sessions.close();
  }

  Sessions elsewhere() {
    return Sessions.builder().inMemory().time(clock).history(HistoryWindow.FOREVER).open();
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  Session filled() {
    Session session = sessions.open("project");
    session.set("language", "de");
    session.set("language", "en");
    session.set("gone", 1, Ttl.of(Duration.ofDays(9)));
    session.appendAll("log", List.of("one", "two", "three"));
    session.snapshot("before the trim");
    session.trim("log", 1);
    session.append("emptied", 1);
    session.trim("emptied", 0);
    session.remove("gone");
    sessions.open("Größe \ud83d\ude80", Ttl.sliding(Duration.ofDays(3))).set("b", 1);
    sessions.open("empty");
    return session;
  }

  @Test
  void givesEverythingBackInAnEmptyPlace() {
    Session before = filled();
    Backup backup = sessions.backup(file("full"));
    assertThat(backup.sessions()).isEqualTo(3);
    assertThat(backup.takenAt()).isEqualTo(clock.instant());
    assertThat(backup.isIncrement()).isFalse();
    assertThat(backup.bytes()).isEqualTo(file("full").toFile().length());
    assertThat(Backups.read(file("full"))).isEqualTo(backup);

    try (Sessions other = elsewhere()) {
      Restored restored = Restore.from(file("full")).to(other);
      assertThat(restored.sessions()).containsExactlyInAnyOrderElementsOf(names(sessions));
      assertThat(restored.entries()).isEqualTo(backup.entries());
      assertThat(Contents.of(other)).isEqualTo(Contents.of(sessions)).isNotEmpty();
      assertThat(other.verify().problems()).isEmpty();
      Session after = other.open("project");
      assertThat(after.id()).isEqualTo(before.id());
      for (long version = 0; version <= before.version(); version++) {
        assertThat(Contents.of(after.at(version))).isEqualTo(Contents.of(before.at(version)));
      }
      assertThat(after.append("emptied", 2)).isEqualTo(2);
      assertThat(other.list())
          .extracting(SessionInfo::expiresAt)
          .contains(Optional.of(clock.instant().plus(Duration.ofDays(3))));
    }
  }

  private static List<String> names(Sessions sessions) {
    return sessions.list().stream().map(SessionInfo::name).toList();
  }

  @Test
  void givesBackWhatWasLostInItsOwnPlace() {
    filled();
    List<String> before = Contents.of(sessions);
    sessions.backup(file("full"));
    names(sessions).forEach(sessions::delete);
    Restore.from(file("full")).to(sessions);
    assertThat(Contents.of(sessions)).isEqualTo(before);
    assertThat(sessions.verify().problems()).isEmpty();
    sessions.open("project").append("log", "goes on");
    assertThat(sessions.verify().problems()).isEmpty();
  }

  @Test
  void anIncrementHoldsOnlyWhatChanged() {
    Session session = filled();
    Session quiet = sessions.open("quiet");
    for (int i = 0; i < 1_000; i++) {
      quiet.append("log", "an entry " + i);
    }
    Session busy = quiet.fork("busy");
    Backup full = sessions.backup(file("full"));
    assertThat(full.entries()).isGreaterThan(2_000);

    busy.append("log", "one more");
    Backup one = sessions.backup(file("one"), file("full"));
    assertThat(one.entries()).isEqualTo(1);
    assertThat(one.parent()).contains(full.id());
    assertThat(one.sessions()).isEqualTo(full.sessions());

    Backup nothing = sessions.backup(file("two"), file("one"));
    assertThat(nothing.entries()).isZero();

    busy.trim("log", 990);
    session.expire("language", Ttl.of(Duration.ofHours(1)));
    Backup trimmed = sessions.backup(file("three"), file("two"));
    assertThat(trimmed.entries()).as("blocks that changed, and the past").isLessThan(300);

    try (Sessions other = elsewhere()) {
      Restore.from(file("full"), file("one"), file("two"), file("three")).to(other);
      assertThat(Contents.of(other)).isEqualTo(Contents.of(sessions));
      assertThat(other.verify().problems()).isEmpty();
      clock.advance(Duration.ofHours(2));
      assertThat(other.open("project").keys()).isEmpty();
    }
  }

  @Test
  void everyIncrementGivesTheStateOfItsMoment() {
    RandomInput.check(
        RandomInput.size("powertools.session.backups", 4),
        input -> {
          List<Path> chain = new ArrayList<>();
          Map<Instant, List<String>> states = new TreeMap<>();
          for (int i = 0; i < 6; i++) {
            for (int j = input.ints(0, 15); j > 0; j--) {
              RandomChange.make(sessions, clock, input, true);
            }
            Path file = file(i + "-" + UUID.randomUUID());
            clock.advance(Duration.ofSeconds(1));
            if (chain.isEmpty()) {
              sessions.backup(file);
            } else {
              sessions.backup(file, chain.get(chain.size() - 1));
            }
            chain.add(file);
            states.put(clock.instant(), Contents.of(sessions));
            clock.advance(Duration.ofSeconds(1));
          }
          assertThat(Backups.verify(chain.toArray(Path[]::new)).problems()).isEmpty();
          Path[] increments = chain.subList(1, chain.size()).toArray(Path[]::new);
          states.forEach(
              (moment, state) -> {
                try (Sessions other = elsewhere()) {
                  Restore.from(chain.get(0), increments).at(moment).to(other);
                  assertThat(other.verify().problems()).isEmpty();
                  assertThat(Contents.of(other)).isEqualTo(state);
                }
              });
        });
  }

  @Test
  void isOneConsistentStateWhileOthersWrite() throws Exception {
    Session session = sessions.open("pairs");
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> writer =
          executor.submit(
              () -> {
                int i = 0;
                while (!over.get()) {
                  int next = ++i;
                  session.transaction(
                      tx -> {
                        tx.set("a", next);
                        tx.append("log", next);
                        tx.set("b", next);
                        return true;
                      });
                }
                return i;
              });
      Path last = file("0");
      sessions.backup(last);
      List<Path> chain = new ArrayList<>(List.of(last));
      for (int i = 1; i < 5; i++) {
        Path next = file(String.valueOf(i));
        sessions.backup(next, last);
        last = next;
        chain.add(next);
      }
      over.set(true);
      assertThat(writer.get()).isPositive();
      for (int i = 0; i < chain.size(); i++) {
        try (Sessions other = elsewhere()) {
          Restore.from(chain.get(0), chain.subList(1, i + 1).toArray(Path[]::new)).to(other);
          assertThat(other.verify().problems()).isEmpty();
          Session copy = other.open("pairs");
          int a = copy.find("a", Integer.class).orElse(0);
          assertThat(copy.find("b", Integer.class).orElse(0)).isEqualTo(a);
          assertThat(copy.size("log")).isEqualTo(a);
        }
      }
    } finally {
      over.set(true);
      executor.shutdown();
    }
  }

  @Test
  void writesAPrivateFileAndReplacesNone() throws IOException {
    filled();
    sessions.backup(file("full"));
    byte[] bytes = Files.readAllBytes(file("full"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("full"))))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> sessions.backup(file("full")))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("There is a file " + file("full") + " already");
    assertThat(file("full")).hasBinaryContent(bytes);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(path -> path.toString().endsWith(".part"))).isEmpty();
    }
  }

  @Test
  void restoresTheStateOfAMoment() {
    Session session = sessions.open("project");
    Instant made = clock.instant();
    session.set("n", 1);
    clock.advance(Duration.ofMinutes(1));
    Instant between = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    session.set("n", 2);
    session.append("log", "two");
    session.snapshot("two");
    clock.advance(Duration.ofMinutes(1));
    session.set("n", 3);
    sessions.open("later").set("x", 1);
    sessions.backup(file("full"));

    try (Sessions other = elsewhere()) {
      assertThat(Restore.from(file("full")).at(between).to(other).sessions())
          .containsExactly("project");
      Session restored = other.open("project");
      assertThat(restored.get("n", Integer.class)).isEqualTo(1);
      assertThat(restored.logs()).isEmpty();
      assertThat(restored.snapshots()).isEmpty();
      assertThat(restored.version()).isEqualTo(1);
      assertThat(other.verify().problems()).isEmpty();
      assertThat(restored.at(made).get("n", Integer.class)).isEqualTo(1);
      restored.set("n", 9);
      assertThat(restored.at(1).get("n", Integer.class)).isEqualTo(1);
    }
    try (Sessions other = elsewhere()) {
      Restore.from(file("full")).at(between.plus(Duration.ofMinutes(1))).to(other);
      Session restored = other.open("project");
      assertThat(restored.get("n", Integer.class)).isEqualTo(2);
      assertThat(restored.at("two").log("log", String.class)).containsExactly("two");
      assertThat(other.verify().problems()).isEmpty();
    }
    try (Sessions other = elsewhere()) {
      assertThat(Restore.from(file("full")).at(made.minus(Duration.ofDays(1))).to(other).sessions())
          .isEmpty();
    }
  }

  @Test
  void replacesOnlyWhenItIsTold() {
    Session session = sessions.open("project");
    session.set("n", 1);
    sessions.open("other").set("n", 1);
    sessions.backup(file("full"));
    session.set("n", 2);
    SessionLock lock = session.lock(Duration.ofHours(1));
    List<SessionChange> told = new ArrayList<>();
    sessions.listen(told::add);

    assertThatThrownBy(() -> Restore.from(file("full")).to(sessions))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("There is a session \"other\" already, and 1 more. Nothing was");
    Restored restored = Restore.from(file("full")).only("project").replacing().to(sessions);
    assertThat(restored.sessions()).containsExactly("project");
    assertThat(session.get("n", Integer.class)).isEqualTo(1);
    assertThat(session.version()).as("it goes on").isEqualTo(3);
    assertThat(told).extracting(SessionChange::version).containsExactly(3L);
    assertThatThrownBy(() -> lock.session().set("n", 3)).isInstanceOf(StaleSessionException.class);
    session.set("n", 4);
    assertThat(sessions.verify().problems()).isEmpty();
  }

  @Test
  void putsACopyBesideTheOneThatIsThere() {
    Session session = filled();
    sessions.backup(file("full"));
    Restored restored =
        Restore.from(file("full")).only("project").as(name -> name + " of old").to(sessions);
    assertThat(restored.sessions()).containsExactly("project of old");
    Session copy = sessions.open("project of old");
    assertThat(copy.id()).isNotEqualTo(session.id());
    assertThat(Contents.of(copy.at(4))).isEqualTo(Contents.of(session.at(4)));
    assertThat(copy.get("language", String.class)).isEqualTo("en");
    assertThat(sessions.verify().problems()).isEmpty();

    try (Sessions other = elsewhere()) {
      Restore.from(file("full")).only("project").as(name -> "renamed").to(other);
      assertThat(other.open("renamed").id()).isEqualTo(session.id());
      assertThat(other.verify().problems()).isEmpty();
    }
  }
}
