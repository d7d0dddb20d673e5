package ai.powertools.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A loopback server that answers every request alike, by bytes that it had before: what it takes
 * itself is next to nothing, and the same for every client.
 */
final class CannedServer implements AutoCloseable {
  private static final String LENGTH = "content-length:";

  private final ServerSocket socket;
  private final byte[] response;

  private CannedServer(ServerSocket socket, byte[] response) {
    this.socket = socket;
    this.response = response;
  }

  static CannedServer answering(String contentType, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 200 OK\r\ncontent-type: "
            + contentType
            + "\r\ncontent-length: "
            + bytes.length
            + "\r\n\r\n";
    byte[] response = new byte[head.length() + bytes.length];
    System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, response, 0, head.length());
    System.arraycopy(bytes, 0, response, head.length(), bytes.length);
    try {
      CannedServer server =
          new CannedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), response);
      start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "canned-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        start(() -> serve(client));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      while (skipRequest(in)) {
        out.write(response);
        out.flush();
      }
    } catch (IOException gone) {
      return;
    }
  }

  /** Whether there was one. */
  private static boolean skipRequest(InputStream in) throws IOException {
    int length = 0;
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      if (next != '\n') {
        line.append((char) next);
        continue;
      }
      String header = line.toString().strip().toLowerCase(Locale.ROOT);
      line.setLength(0);
      if (header.isEmpty()) {
        in.skipNBytes(length);
        return true;
      }
      if (header.startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
  }
}
