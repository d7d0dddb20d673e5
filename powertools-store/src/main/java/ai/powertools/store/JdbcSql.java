package ai.powertools.store;

import ai.powertools.store.StoreException.Kind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Sql} on a connection, for as long as one transaction lasts. */
final class JdbcSql implements Sql {
  private final Link link;
  private final Engine engine;
  private final boolean reads;
  private final boolean single;
  private final Thread thread = Thread.currentThread();
  private volatile boolean ended;
  private @Nullable StoreException failure;

  private JdbcSql(Link link, Engine engine, boolean reads, boolean single) {
    this.link = link;
    this.engine = engine;
    this.reads = reads;
    this.single = single;
  }

  /** For a transaction that writes. */
  static JdbcSql writing(Link link, Engine engine) {
    return new JdbcSql(link, engine, false, false);
  }

  /** For a transaction that only reads. */
  static JdbcSql reading(Link link, Engine engine) {
    return new JdbcSql(link, engine, true, false);
  }

  /** For one statement that only reads, on a connection that is in no transaction. */
  static JdbcSql readingOnce(Link link, Engine engine) {
    return new JdbcSql(link, engine, true, true);
  }

  /** From now on it refuses to be used. */
  void end() {
    ended = true;
  }

  /** The error of the statement that failed, if one did; whoever caught it, all is rolled back. */
  @Nullable StoreException failure() {
    return failure;
  }

  /** Runs the work of a reader on the connection that writes, which must not write meanwhile. */
  <T> T readOnWriter(Transaction<T> work) {
    JdbcSql view = reading(link, engine);
    try {
      link.run("PRAGMA query_only = ON");
      try {
        return work.run(view);
      } finally {
        link.run("PRAGMA query_only = OFF");
      }
    } catch (SQLException e) {
      throw engine.failure("read", e);
    } finally {
      view.end();
      failure = view.failure;
    }
  }

  /** Runs a step of a migration: several statements, each ended by a semicolon. */
  void script(String sql) {
    link.setUsedToWrite();
    try {
      link.script(sql);
    } catch (SQLException e) {
      throw failed(sql.strip(), e);
    }
  }

  /** All of a database in memory, as a file would hold it. */
  byte[] image() {
    try {
      return link.image();
    } catch (SQLException e) {
      throw failed("serialize", e);
    }
  }

  @Override
  public int execute(String sql, @Nullable Object... parameters) {
    if (reads) {
      throw misuse(
          "A transaction that only reads can't run \"" + sql + "\". Use write() or update().");
    }
    return run(sql, parameters, PreparedStatement::executeUpdate);
  }

  @Override
  public int executeAll(String sql, List<@Nullable Object[]> rows) {
    if (reads) {
      throw misuse(
          "A transaction that only reads can't run \"" + sql + "\". Use write() or update().");
    }
    return rows.isEmpty() ? 0 : run(sql, statement -> link.executeAll(statement, rows));
  }

  @Override
  public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    return run(sql, parameters, statement -> read(statement, reader, Integer.MAX_VALUE));
  }

  @Override
  public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    return run(sql, parameters, statement -> read(statement, reader, 1)).stream().findFirst();
  }

  @Override
  public Optional<Mark> othersMark() {
    if (reads) {
      return Optional.empty();
    }
    refuseWhenOver();
    try {
      return engine.othersMark(link);
    } catch (SQLException e) {
      throw failed("a mark", e);
    }
  }

  private interface Body<T> {
    T apply(PreparedStatement statement) throws SQLException;
  }

  private <T> T run(String sql, @Nullable Object[] parameters, Body<T> body) {
    return run(
        sql,
        statement -> {
          link.bind(statement, parameters);
          return body.apply(statement);
        });
  }

  private <T> T run(String sql, Body<T> body) {
    refuseWhenOver();
    StatementText.check(sql);
    if (!reads) {
      link.setUsedToWrite();
    }
    String text = single ? engine.singleRead(sql) : sql;
    try {
      PreparedStatement statement = link.take(text);
      boolean reusable = false;
      try {
        T result = body.apply(statement);
        reusable = true;
        return result;
      } finally {
        link.giveBack(text, statement, reusable);
      }
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  private void refuseWhenOver() {
    if (ended || Thread.currentThread() != thread) {
      throw misuse(
          "The transaction has ended, or belongs to another thread:"
              + " do all of its work within the function given to the store.");
    }
    StoreException before = failure;
    if (before != null) {
      // PostgreSQL would refuse too; SQLite may have begun to commit each statement by itself.
      throw new StoreException(
          Kind.MISUSE,
          "A statement of this transaction has failed, so nothing of it can be kept."
              + " Let its error through; to go on after a conflict of keys, use ON CONFLICT.",
          before);
    }
  }

  private StoreException failed(String sql, SQLException e) {
    StoreException failed = engine.failure("run \"" + sql + "\"", e);
    failure = failed;
    return failed;
  }

  private <T> List<T> read(PreparedStatement statement, RowReader<T> reader, int most)
      throws SQLException {
    try (ResultSet result = link.rows(statement)) {
      JdbcRow row = new JdbcRow(result, engine);
      List<T> values = new ArrayList<>();
      while (values.size() < most && result.next()) {
        values.add(reader.read(row));
      }
      return values;
    }
  }

  private static StoreException misuse(String message) {
    return new StoreException(Kind.MISUSE, message, null);
  }
}
