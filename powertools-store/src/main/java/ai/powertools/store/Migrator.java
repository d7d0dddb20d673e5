package ai.powertools.store;

import ai.powertools.store.StoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Applies the steps of {@link Migrations} that a database does not have yet. */
final class Migrator {
  private final Migrations migrations;
  private final Engine engine;

  Migrator(Migrations migrations, Engine engine) {
    this.migrations = migrations;
    this.engine = engine;
  }

  private record Applied(long version, String checksum) {}

  /**
   * Whether nothing is left to do: so that a program whose user may not make tables can start on
   * those that another one made.
   */
  boolean isDone(Store store) {
    try {
      List<Applied> applied = store.read(this::applied);
      check(applied);
      return applied.size() == migrations.steps().size();
    } catch (StoreException e) {
      if (e.kind() == Kind.STATEMENT) {
        return false; // no migration has been here before
      }
      throw e;
    }
  }

  /** Runs while no other process migrates. */
  boolean apply(JdbcSql sql) {
    sql.execute(
        "CREATE TABLE IF NOT EXISTS powertools_schema (module TEXT NOT NULL,"
            + " version BIGINT NOT NULL, checksum TEXT NOT NULL, PRIMARY KEY (module, version))");
    List<Applied> applied = applied(sql);
    check(applied);
    for (Migrations.Step step :
        migrations.steps().subList(applied.size(), migrations.steps().size())) {
      sql.script(engine.translate(step.sql()));
      sql.execute(
          "INSERT INTO powertools_schema (module, version, checksum) VALUES (?, ?, ?)",
          migrations.module(),
          step.version(),
          checksum(step));
    }
    return true;
  }

  private List<Applied> applied(Sql sql) {
    return sql.query(
        "SELECT version, checksum FROM powertools_schema WHERE module = ? ORDER BY version",
        r -> new Applied(r.longValue("version"), r.string("checksum")),
        migrations.module());
  }

  private void check(List<Applied> applied) {
    if (applied.size() > migrations.steps().size()) {
      throw new StoreException(
          Kind.SCHEMA,
          "The tables of \"%s\" at %s are of version %d, this program knows up to %d. Use the newer program, or another store."
              .formatted(
                  migrations.module(),
                  engine.location(),
                  applied.size(),
                  migrations.steps().size()),
          null);
    }
    for (int i = 0; i < applied.size(); i++) {
      Applied one = applied.get(i);
      Migrations.Step step = migrations.steps().get(i);
      if (one.version() != step.version()) {
        throw new StoreException(
            Kind.CORRUPT,
            "The table powertools_schema at %s says that step %d of \"%s\" was applied where step %d belongs: it was changed by hand, or is damaged. Restore a backup."
                .formatted(engine.location(), one.version(), migrations.module(), step.version()),
            null);
      }
      if (!one.checksum().equals(checksum(step))) {
        throw new StoreException(
            Kind.SCHEMA,
            "Step %d of \"%s\" was edited after it had been applied at %s. Restore it, and put the change into a new step."
                .formatted(step.version(), migrations.module(), engine.location()),
            null);
      }
    }
  }

  private static String checksum(Migrations.Step step) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] text = step.sql().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(sha256.digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
