package ai.powertools.store;

import ai.powertools.store.StoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Applies the steps of {@link Migrations} that a database does not have yet. */
final class Migrator {
  private static final Pattern STATEMENT_END = Pattern.compile(";\\s*(?:\\n|\\z)");

  /** Processes that start together may meet in the first step; each try finds more of it done. */
  private static final int MOST_RACES = 10;

  private final Store store;
  private final Engine engine;

  Migrator(Store store, Engine engine) {
    this.store = store;
    this.engine = engine;
  }

  private record Applied(int version, String checksum) {}

  void migrate(Migrations migrations) {
    for (int race = 1; ; race++) {
      try {
        store.update(sql -> apply(migrations, sql));
        return;
      } catch (StoreException e) {
        boolean lostARace = e.kind() == Kind.CONSTRAINT || e.kind() == Kind.STATEMENT;
        if (!lostARace || race == MOST_RACES || !tablesAppearedMeanwhile()) {
          throw e;
        }
      }
    }
  }

  private void apply(Migrations migrations, Sql sql) {
    sql.execute(
        "CREATE TABLE IF NOT EXISTS powertools_schema (module TEXT NOT NULL,"
            + " version BIGINT NOT NULL, checksum TEXT NOT NULL, PRIMARY KEY (module, version))");
    List<Applied> applied =
        sql.query(
            "SELECT version, checksum FROM powertools_schema WHERE module = ? ORDER BY version",
            r -> new Applied(r.intValue("version"), r.string("checksum")),
            migrations.module());
    refuseNewer(migrations, applied);
    for (Migrations.Step step : migrations.steps()) {
      if (step.version() <= applied.size()) {
        refuseEdited(migrations, step, applied.get(step.version() - 1));
      } else {
        apply(migrations, step, sql);
      }
    }
  }

  private void apply(Migrations migrations, Migrations.Step step, Sql sql) {
    for (String statement : STATEMENT_END.split(engine.translate(step.sql()), -1)) {
      if (!statement.isBlank()) {
        sql.execute(statement.strip());
      }
    }
    sql.execute(
        "INSERT INTO powertools_schema (module, version, checksum) VALUES (?, ?, ?)",
        migrations.module(),
        step.version(),
        checksum(step));
  }

  private void refuseNewer(Migrations migrations, List<Applied> applied) {
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
  }

  private void refuseEdited(Migrations migrations, Migrations.Step step, Applied applied) {
    if (!applied.checksum().equals(checksum(step))) {
      throw new StoreException(
          Kind.SCHEMA,
          "Step %d of \"%s\" was edited after it had been applied at %s. Restore it, and put the change into a new step."
              .formatted(step.version(), migrations.module(), engine.location()),
          null);
    }
  }

  private boolean tablesAppearedMeanwhile() {
    try {
      store.read(sql -> sql.query("SELECT version FROM powertools_schema", r -> 1));
      return true;
    } catch (StoreException e) {
      return false;
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
