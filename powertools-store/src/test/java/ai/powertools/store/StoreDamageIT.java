package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.DamageReport;
import ai.powertools.testing.FileDamage;
import ai.powertools.testing.FileDamage.Damage;
import ai.powertools.testing.FileDamage.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small closed file, each byte of it flipped and each length cut, one at a time; then it is
 * opened, checked with {@code PRAGMA integrity_check}, and read.
 *
 * <p>What the store claims is about structure only: a file that is cut is found out, except when
 * nothing or one byte is left of it, which SQLite takes for a new database. It does <em>not</em>
 * claim to find every flipped bit: SQLite's pages have no checksums, so that a bit within what was
 * stored comes back as another value, and nobody notices. The test counts those. Who needs to know
 * puts a checksum into the row.
 */
class StoreDamageIT {
  private static final Migrations TABLES =
      Migrations.of("damage").step(1, "CREATE TABLE note (id BIGINT PRIMARY KEY, text TEXT)");

  private static final List<String> TEXTS =
      List.of("payload-one-".repeat(8), "payload-two-".repeat(8), "payload-three-".repeat(20));

  @TempDir Path folder;

  private Path file;
  private String content = "";

  @BeforeEach
  void writeFile() throws Exception {
    file = folder.resolve("state.db");
    // SQLite's smallest pages: the same structure in fewer bytes, of which each is tried.
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size = 512");
      statement.execute("VACUUM");
    }
    try (Store store = Store.sqlite(file)) {
      store.migrate(TABLES);
      store.update(
          sql -> {
            for (String text : TEXTS) {
              sql.execute("INSERT INTO note VALUES (?, ?)", TEXTS.indexOf(text), text);
            }
          });
    }
    content = Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static Outcome open(Path damaged) {
    try (Store store = Store.sqlite(damaged)) {
      store.migrate(TABLES);
      List<String> found =
          store.read(sql -> sql.query("PRAGMA integrity_check", r -> r.string("integrity_check")));
      if (!found.equals(List.of("ok"))) {
        return Outcome.DETECTED;
      }
      List<String> texts =
          store.read(sql -> sql.query("SELECT text FROM note ORDER BY id", r -> r.string("text")));
      return texts.equals(TEXTS) ? Outcome.RIGHT : Outcome.SILENTLY_WRONG;
    } catch (StoreException e) {
      return Outcome.DETECTED;
    }
  }

  @Test
  void findsOutEveryCutButNotEveryFlippedByteOfWhatWasStored() throws Exception {
    DamageReport report =
        FileDamage.of(file)
            .flipEveryByte(0xFF)
            .cutEveryLength()
            .check(folder, (damaged, damage) -> open(damaged));

    long inPayload = report.of(Outcome.SILENTLY_WRONG).stream().filter(this::isInPayload).count();
    System.out.printf(
        "StoreDamageIT: %d bytes; %s; %d of the silent flips in payload%n",
        Files.size(file), report, inPayload);
    assertThat(report.of(Outcome.SILENTLY_WRONG))
        .filteredOn(Damage.Cut.class::isInstance)
        .as("SQLite takes up to one byte for a new database; every other cut is found out")
        .containsExactly(new Damage.Cut(0), new Damage.Cut(1));
    assertThat(inPayload).as("SQLite has no checksums").isPositive();
    assertThat(report.flips(Outcome.DETECTED)).isPositive();
  }

  private boolean isInPayload(Damage damage) {
    return damage instanceof Damage.Flip flip
        && TEXTS.stream().anyMatch(text -> isWithin(text, flip.offset()));
  }

  private boolean isWithin(String text, long offset) {
    int from = content.indexOf(text);
    return from >= 0 && offset >= from && offset < from + text.length();
  }
}
