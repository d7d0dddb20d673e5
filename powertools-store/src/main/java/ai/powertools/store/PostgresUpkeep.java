package ai.powertools.store;

import ai.powertools.store.StoreException.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What can be done to a PostgreSQL database from here. */
final class PostgresUpkeep implements Upkeep {
  private static final String OUR_RELATIONS =
      """
      SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
          AND n.nspname NOT LIKE 'pg\\_temp%' AND c.relpersistence <> 't'
      """;

  private final PostgresEngine engine;

  PostgresUpkeep(PostgresEngine engine) {
    this.engine = engine;
  }

  private record Relation(long oid, String name) {}

  @Override
  public void copy(TransactionalStore store, Path empty) {
    throw unsupported(engine.location());
  }

  static StoreException unsupported(String location) {
    return new StoreException(
        Kind.UNSUPPORTED,
        "Could not back up "
            + location
            + " into a file: only its server can copy a PostgreSQL database."
            + " Use pg_dump, or the backup of sessions where these are all that counts.",
        null);
  }

  @Override
  public Integrity verify(Store store) {
    IntegrityCheck check = new IntegrityCheck(store);
    check.schema("SELECT 1 AS x FROM pg_tables WHERE tablename = 'powertools_schema'");
    check.rows(
        "SELECT 'index ' || indexrelid::regclass || ' is not valid' AS problem"
            + " FROM pg_index WHERE NOT indisvalid",
        r -> r.string("problem"));
    Optional<String> amcheck =
        store.first(
            "SELECT quote_ident(n.nspname) AS schema FROM pg_extension e"
                + " JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'amcheck'",
            r -> r.string("schema"));
    if (amcheck.isPresent()) {
      try {
        checkStructure(store, check, amcheck.get());
        return check.result(true, "every table and B-tree index by amcheck; powertools_schema");
      } catch (StoreException e) {
        if (e.kind() != Kind.READ_ONLY) {
          throw e;
        }
        // This user may not use it.
      }
    }
    return check.result(
        false,
        readAll(store, check)
            + "; no index was compared with its table: that takes the extension amcheck and the"
            + " right to use it");
  }

  private static void checkStructure(Store store, IntegrityCheck check, String schema) {
    for (Relation index :
        relations(
            store,
            "AND c.relkind = 'i' AND c.relam = (SELECT oid FROM pg_am WHERE amname = 'btree')")) {
      check.step(
          () ->
              store.first(
                  "SELECT " + schema + ".bt_index_check(" + index.oid() + "::regclass, true)",
                  r -> 1));
    }
    for (Relation table : relations(store, "AND c.relkind IN ('r', 'm')")) {
      check.rows(
          "SELECT blkno, msg FROM " + schema + ".verify_heapam(" + table.oid() + "::regclass)",
          r -> table.name() + ", block " + r.longValue("blkno") + ": " + r.string("msg"));
    }
  }

  /** Reads every value: pages that can't be read, and texts whose parts are gone, show then. */
  private static String readAll(Store store, IntegrityCheck check) {
    int refused = 0;
    for (Relation table : relations(store, "AND c.relkind IN ('r', 'm')")) {
      try {
        check.step(
            () ->
                store.first(
                    "SELECT sum(length(t::text)) AS size FROM " + table.name() + " t", r -> 1));
      } catch (StoreException e) {
        if (e.kind() != Kind.READ_ONLY) {
          throw e;
        }
        refused++;
      }
    }
    return "every value was read"
        + (refused == 0 ? "" : ", but of " + refused + " tables that this user may not read")
        + "; powertools_schema";
  }

  private static List<Relation> relations(Store store, String which) {
    return store.query(
        OUR_RELATIONS + which + " ORDER BY name",
        r -> new Relation(r.longValue("oid"), r.string("name")));
  }

  /** The server does it by itself. */
  @Override
  public Recovery recovery() {
    return Recovery.NONE;
  }

  @Override
  public ChangeSign changeSign() {
    return new PostgresChangeSign(engine);
  }
}
