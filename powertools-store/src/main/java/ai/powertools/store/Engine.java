package ai.powertools.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** What differs between databases. Implementations are safe for use by many threads. */
interface Engine extends AutoCloseable {
  /** A connection to write on; only the writing thread asks. */
  Link takeWriter();

  /** A connection to read on. */
  Link takeReader();

  /** Takes a connection back; one that is not healthy is not used again. */
  void giveBack(Link link, boolean healthy);

  /** Whether readers have no connections of their own, so that they must wait for the writer. */
  boolean readsOnWriter();

  /** Begins a transaction that changes something. */
  void beginWrite(Link link, WriteMode mode) throws SQLException;

  /** Whether {@link #flush} does what a commit may leave out. */
  boolean canFlushLater();

  /**
   * Makes durable what was committed before the call.
   *
   * @throws IOException if the disk fails, and what was committed may be lost
   */
  void flush() throws IOException;

  /** {@link Store#mark}. */
  Optional<Mark> mark();

  /** {@link Sql#othersMark}. */
  Optional<Mark> othersMark(Link link) throws SQLException;

  String beginRead();

  /** The text to send for one statement that reads and has no transaction around it. */
  default String singleRead(String sql) {
    return sql;
  }

  /** Ends what a single read that failed may have left; false if its connection is to go. */
  default boolean endFailedRead(Link link, Throwable cause) {
    return false;
  }

  /** Begins a transaction that sees what other processes' migrations did, and keeps them out. */
  String beginMigration();

  /** Puts this database's words in the place of the tokens of {@link Migrations}. */
  String translate(String ddl);

  /** The error to throw for what the driver threw. */
  StoreException failure(String what, SQLException e);

  String location();

  /** What is done to the database as a whole. */
  Upkeep upkeep();

  @Override
  void close();
}
