package ai.powertools.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A PostgreSQL that keeps what it promised, with its data in the folder that is measured. */
final class BenchPostgres implements AutoCloseable {
  private final EmbeddedPostgres server;
  private int databases;

  private BenchPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts one in a new folder. */
  static BenchPostgres start(Path folder) {
    try {
      return new BenchPostgres(
          EmbeddedPostgres.builder()
              .setDataDirectory(folder)
              .setCleanDataDirectory(true)
              // The library turns all of it off.
              .setServerConfig("fsync", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("synchronous_commit", "on")
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("Could not start PostgreSQL in " + folder + ".", e);
    }
  }

  /** Plain connections to a new database. */
  DataSource newDatabase() {
    databases++;
    String name = "bench_" + databases;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("Could not make a database.", e);
    }
    return server.getDatabase("postgres", name);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not stop PostgreSQL.", e);
    }
  }
}
