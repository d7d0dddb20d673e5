package ai.powertools.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/** Touched only when the embedded Redis is wanted: its classes may be absent. */
final class EmbeddedRedisUri {
  private static final int TRIES = 3;

  private EmbeddedRedisUri() {}

  /** Starts one. The library stops it at the JVM's end. */
  static URI start() {
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        return startOn(freePort());
      } catch (IOException e) {
        last = e; // another process may have been quicker to take the port
      }
    }
    throw new UncheckedIOException("could not be run", last);
  }

  private static URI startOn(int port) throws IOException {
    redis.embedded.RedisServer.newRedisServer()
        .port(port)
        .bind("127.0.0.1")
        .setting("save \"\"")
        .setting("appendonly no")
        .build()
        .start();
    return URI.create("redis://127.0.0.1:" + port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }
}
