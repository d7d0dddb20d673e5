package ai.powertools.testing;

import ai.powertools.core.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Accepts connections on a free port of 127.0.0.1 and serves each on a thread of its own. Closing
 * it hangs up all of them and waits until their threads have ended.
 */
final class HttpListener implements AutoCloseable {
  private final ServerSocket server;
  private final Service service;
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Threads.perTask("provider-simulator");
  private volatile boolean closed;

  /** Serves one connection to its end. */
  @FunctionalInterface
  interface Service {
    void serve(HttpConnection connection) throws IOException;
  }

  HttpListener(Service service) {
    this.service = service;
    try {
      this.server = new ServerSocket(0, 200, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not listen on a free port of 127.0.0.1", e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  boolean closed() {
    return closed;
  }

  private void accept() {
    while (!closed) {
      acceptOne();
    }
  }

  private void acceptOne() {
    try {
      handOver(server.accept());
    } catch (IOException e) {
      return; // this was closed, or the client has gone already
    }
  }

  private void handOver(Socket socket) throws IOException {
    try {
      threads.execute(() -> serve(socket));
    } catch (RejectedExecutionException e) {
      socket.close(); // it came in the moment this was closed
    }
  }

  private void serve(Socket socket) {
    try (HttpConnection connection = new HttpConnection(socket)) {
      connections.add(connection);
      try {
        if (!closed) {
          service.serve(connection);
        }
      } finally {
        connections.remove(connection);
      }
    } catch (IOException e) {
      return; // the client has gone, or this was closed: either way there is nobody to tell
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not close the simulator's port", e);
    } finally {
      connections.forEach(HttpConnection::close);
      threads.shutdown();
      awaitThreads();
    }
  }

  private void awaitThreads() {
    try {
      if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("The simulator's threads did not end within a minute.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
