package ai.powertools.store;

/**
 * Which transactions are over, as the server's snapshot has it: the whole of it, since its upper
 * end alone does not move when one ends that began before the last that ended.
 */
final class PostgresChangeSign implements ChangeSign {
  private final PostgresEngine engine;

  PostgresChangeSign(PostgresEngine engine) {
    this.engine = engine;
  }

  @Override
  public Object read() {
    Link link = engine.takeReader();
    JdbcSql sql = JdbcSql.reading(link, engine);
    boolean healthy = false;
    try {
      String seen =
          sql.first("SELECT pg_current_snapshot()::text AS seen", r -> r.string("seen"))
              .orElseThrow();
      healthy = true;
      return seen;
    } finally {
      sql.end();
      engine.giveBack(link, healthy);
    }
  }

  /** It keeps no connection. */
  @Override
  public void close() {}
}
