package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.store.StoreException;
import ai.powertools.testing.DamageReport;
import ai.powertools.testing.FileDamage;
import ai.powertools.testing.FileDamage.Damage;
import ai.powertools.testing.FileDamage.Outcome;
import ai.powertools.testing.RandomInput;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small closed file with sessions in it, each byte of it flipped and each length cut, one at a
 * time: one in {@code -Dpowertools.damage.share} of them, chosen at random, all with 1. Either
 * {@link Sessions#verify()} says that something is wrong, or everything is there as it was written;
 * and whatever a read gives out is right in any case: what is damaged is an error, or not there.
 */
class SessionDamageIT {
  private static final String LONG = "a sentence that is long enough to be worth it. ".repeat(6);

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void writeFile() throws Exception {
    file = folder.resolve("state.db");
    // SQLite's smallest pages: the same structure in fewer bytes, of which each is tried.
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size = 512");
      statement.execute("VACUUM");
    }
    try (Sessions sessions = open(file)) {
      Session session = sessions.open("one");
      session.set("plan", Map.of("step", 7));
      session.set("text", LONG);
      session.snapshot("first");
      session.set("text", "short");
      session.appendAll("log", List.of("a", "b", LONG));
      sessions.open("two").set("plan", Map.of("step", 8));
    }
  }

  private static Sessions open(Path file) {
    return Sessions.builder().at(file).compression(Compression.zstd()).open();
  }

  /** Everything that there is, by where it stands. */
  private static Map<String, Object> everything(Sessions sessions, List<String> errors) {
    Map<String, Object> all = new TreeMap<>();
    for (String name : List.of("one", "two")) {
      Optional<Session> found = sessions.find(name);
      if (found.isPresent()) {
        for (String key : List.of("plan", "text")) {
          read(all, errors, name + " " + key, () -> found.get().find(key, Object.class));
        }
        read(
            all,
            errors,
            name + " log",
            () -> Optional.of(found.get().log("log", String.class)).filter(log -> !log.isEmpty()));
      }
    }
    read(
        all,
        errors,
        "snapshot",
        () -> sessions.find("one").flatMap(one -> one.at("first").find("text", String.class)));
    return all;
  }

  private interface Read {
    Optional<?> get();
  }

  private static void read(Map<String, Object> all, List<String> errors, String what, Read read) {
    try {
      read.get().ifPresent(value -> all.put(what, value));
    } catch (SessionException | StoreException e) {
      errors.add(what);
    }
  }

  private static Outcome look(Path damaged, Map<String, Object> expected) {
    List<String> errors = new ArrayList<>();
    Map<String, Object> found;
    boolean intact;
    try (Sessions sessions = open(damaged)) {
      found = everything(sessions, errors);
      intact = sessions.verify().isIntact();
    } catch (StoreException | SessionException e) {
      return Outcome.DETECTED;
    }
    for (Map.Entry<String, Object> one : found.entrySet()) {
      if (!one.getValue().equals(expected.get(one.getKey())) && !isPartOfALog(one, expected)) {
        return Outcome.SILENTLY_WRONG; // a value that was never written was given out
      }
    }
    if (!intact || !errors.isEmpty()) {
      return Outcome.DETECTED;
    }
    return found.equals(expected) ? Outcome.RIGHT : Outcome.SILENTLY_WRONG;
  }

  /** Entries may be missing, which only a look at everything notices; none may be another. */
  private static boolean isPartOfALog(Map.Entry<String, Object> one, Map<String, Object> all) {
    return one.getValue() instanceof List<?> some
        && all.get(one.getKey()) instanceof List<?> log
        && log.containsAll(some);
  }

  @Test
  void findsOutEveryFlippedByteAndEveryCut() throws Exception {
    Map<String, Object> expected;
    try (Sessions sessions = open(file)) {
      expected = everything(sessions, new ArrayList<>());
    }
    assertThat(expected).hasSize(5);

    int share = RandomInput.size("powertools.damage.share", 16);
    DamageReport report =
        FileDamage.of(file)
            .flipEveryByte(0xFF)
            .cutEveryLength()
            .oneIn(share, RandomInput.seeded())
            .check(folder, (damaged, damage) -> look(damaged, expected));

    System.out.println("SessionDamageIT: " + report);
    assertThat(report.flips(Outcome.DETECTED)).isPositive();
    assertThat(report.of(Outcome.SILENTLY_WRONG))
        .as("SQLite takes up to one byte for a new database")
        .isSubsetOf(new Damage.Cut(0), new Damage.Cut(1));
  }
}
