package ai.powertools.store;

import org.jspecify.annotations.Nullable;

/**
 * {@code PRAGMA data_version}: another number whenever a connection other than the asking one has
 * committed (sqlite.org/pragma.html#pragma_data_version), so it needs one that never writes.
 */
final class SqliteChangeSign implements ChangeSign {
  private final SqliteEngine engine;
  private @Nullable Link link;
  private long connections;

  SqliteChangeSign(SqliteEngine engine) {
    this.engine = engine;
  }

  /** Numbers of two connections mean nothing to each other. */
  private record Sign(long connection, long version) {}

  @Override
  public Object read() {
    Link own = link;
    if (own == null) {
      own = engine.connect(true);
      link = own;
      connections++;
    }
    JdbcSql sql = JdbcSql.reading(own, engine);
    try {
      long version =
          sql.first("PRAGMA data_version", r -> r.longValue("data_version")).orElseThrow();
      return new Sign(connections, version);
    } catch (StoreException e) {
      close();
      throw e;
    } finally {
      sql.end();
    }
  }

  @Override
  public void close() {
    Link own = link;
    link = null;
    if (own != null) {
      SqliteEngine.discard(own);
    }
  }
}
