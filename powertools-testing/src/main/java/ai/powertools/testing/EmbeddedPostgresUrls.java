package ai.powertools.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/** Touched only when the embedded PostgreSQL is wanted: its classes may be absent. */
final class EmbeddedPostgresUrls {
  private EmbeddedPostgresUrls() {}

  /** From the name of a database to its URL. The library stops the server at the JVM's end. */
  static UnaryOperator<String> start() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              // The library turns all of it off, which is fast and makes every crash test a lie.
              .setServerConfig("fsync", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("synchronous_commit", "on")
              .start();
      return name -> server.getJdbcUrl("postgres", name);
    } catch (IOException e) {
      throw new UncheckedIOException("could not be run", e);
    }
  }
}
