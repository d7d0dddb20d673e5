package ai.powertools.store;

import java.sql.SQLException;

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

  String beginWrite();

  String beginRead();

  /** Begins a transaction that sees what other processes' migrations did, and keeps them out. */
  String beginMigration();

  /** Puts this database's words in the place of the tokens of {@link Migrations}. */
  String translate(String ddl);

  /** The error to throw for what the driver threw. */
  StoreException failure(String what, SQLException e);

  String location();

  @Override
  void close();
}
