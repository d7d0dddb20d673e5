package ai.powertools.testing;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that writes bytes, right ones and wrong ones. */
final class RawClient implements AutoCloseable {
  private final Socket socket;

  RawClient(ProviderSimulator provider) throws IOException {
    this.socket = new Socket(provider.url().getHost(), provider.url().getPort());
  }

  void post(String path, String body) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    write("POST " + path + " HTTP/1.1\r\nContent-Length: " + length + "\r\n\r\n" + body);
  }

  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** Says that no more will come. */
  void finish() throws IOException {
    socket.shutdownOutput();
  }

  String read(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
  }

  /** The body of a response that says how long it is. */
  String readResponse() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append(read(1));
    }
    Matcher length = Pattern.compile("content-length: (\\d+)").matcher(head);
    return length.find() ? read(Integer.parseInt(length.group(1))) : "";
  }

  /** All that comes until the server hangs up. */
  String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
