package ai.powertools.testing;

import ai.powertools.core.ConfigurationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis for the tests of this JVM, started on first use on a free port of loopback and
 * stopped at the JVM's end. It keeps nothing on disk.
 *
 * <p>It runs from binaries in a jar; with {@code POWERTOOLS_TEST_DOCKER=1} in the environment it is
 * a container. Safe for use by many threads; they share one set of keys.
 */
public final class RedisServer {
  private static final ServerChoice CHOICE =
      new ServerChoice("Redis", "com.github.codemonstur:embedded-redis");

  private static @Nullable RedisServer shared;

  private final URI uri;

  private RedisServer(URI uri) {
    this.uri = uri;
  }

  /**
   * The one server of this JVM.
   *
   * @throws ConfigurationException if there is none for this platform or the dependency is absent,
   *     with the remedy
   */
  public static synchronized RedisServer shared() {
    if (shared == null) {
      shared = start(System.getenv());
    }
    return shared;
  }

  static RedisServer start(Map<String, String> environment) {
    return new RedisServer(
        CHOICE.start(environment, () -> RedisProcess.run().uri(), () -> ContainerUrls.redis()));
  }

  /** Where it is: {@code redis://127.0.0.1:…}. */
  public URI uri() {
    return uri;
  }

  /** Forgets every key of every database. */
  public void flushAll() {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort());
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = reader.readLine();
      if (!"+OK".equals(answer)) {
        throw new IllegalStateException("Redis at " + uri + " answered FLUSHALL with " + answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Redis at " + uri + " does not answer", e);
    }
  }
}
