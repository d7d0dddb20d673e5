package ai.powertools.router.providers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sends what no sane server would: for each connection, reads one request and writes bytes. */
final class RawServer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private final boolean listensFirst;

  private RawServer(List<String> answers, boolean listensFirst) throws IOException {
    this.answers.addAll(answers);
    this.listensFirst = listensFirst;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers the connections with these bytes, in turn, and hangs up after each. */
  static RawServer answering(String... answers) throws IOException {
    return new RawServer(List.of(answers), true);
  }

  /** Sends these bytes to the first connection before it is asked anything. */
  static RawServer greeting(String bytes) throws IOException {
    return new RawServer(List.of(bytes), false);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** The heads of the requests so far. */
  List<String> requests() {
    return requests;
  }

  private void serve() {
    for (String answer : answers) {
      try (Socket connection = socket.accept()) {
        InputStream in = connection.getInputStream();
        if (listensFirst) {
          requests.add(readRequest(in));
        }
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        if (!listensFirst) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      } catch (IOException e) {
        return; // closed, or the client has left: the test looks at the client's side
      }
    }
  }

  private static String readRequest(InputStream raw) throws IOException {
    InputStream in = new BufferedInputStream(raw);
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        return head.toString();
      }
      head.append((char) b);
    }
    String text = head.toString();
    String length =
        text.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("0");
    in.readNBytes(Integer.parseInt(length));
    return text;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
