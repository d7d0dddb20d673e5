package ai.powertools.testing;

import ai.powertools.core.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/**
 * A Redis of one's own from binaries in a jar, to be killed and started again at the same address,
 * without what it knew. It keeps nothing on disk. Not for use by several threads.
 */
public final class RedisProcess implements AutoCloseable {
  private static final int TRIES = 3;

  private final int port;
  private redis.embedded.RedisServer server;

  private RedisProcess(int port) throws IOException {
    this.port = port;
    this.server = started(port);
  }

  /**
   * One on a free port of loopback. It is stopped at the JVM's end at the latest.
   *
   * @throws ConfigurationException if the library of the embedded Redis is absent, with the remedy
   * @throws UncheckedIOException if it does not start
   */
  public static RedisProcess start() {
    try {
      return run();
    } catch (NoClassDefFoundError e) {
      throw new ConfigurationException(
          "A Redis to be killed needs com.github.codemonstur:embedded-redis on the class path of"
              + " the tests. Add it.",
          e);
    }
  }

  /** The same, for those who say themselves what is missing. */
  static RedisProcess run() {
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        return new RedisProcess(freePort());
      } catch (IOException e) {
        last = e; // another process may have been quicker to take the port
      }
    }
    throw new UncheckedIOException("could not be run", last);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }

  private static redis.embedded.RedisServer started(int port) throws IOException {
    redis.embedded.RedisServer server =
        redis.embedded.RedisServer.newRedisServer()
            .port(port)
            .bind("127.0.0.1")
            .setting("save \"\"")
            .setting("appendonly no")
            .build();
    server.start();
    return server;
  }

  /** Where it is: {@code redis://127.0.0.1:…}. */
  public URI uri() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  /** Ends it. Harmless when it has ended. */
  public void kill() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException("The Redis at " + uri() + " could not be stopped", e);
    }
  }

  /** Starts another one, without keys, at the address of the one that was killed. */
  public void restart() {
    try {
      server = started(port);
    } catch (IOException e) {
      throw new UncheckedIOException("The Redis at " + uri() + " could not be started again", e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
