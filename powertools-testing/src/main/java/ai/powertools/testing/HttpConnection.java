package ai.powertools.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/1.1 as a server sees it, close enough to the socket to misbehave: to end
 * in the middle of a body, to fall silent, and to notice that the client has left without sending a
 * byte to find out. The JDK's own server can do neither of the last two.
 *
 * <p>One request at a time: pipelining is refused. Used by one thread; only {@link #close()} may
 * come from another.
 */
final class HttpConnection implements Closeable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private volatile boolean open = true;

  HttpConnection(Socket socket) throws IOException {
    this.socket = socket;
    // Each piece of a stream is to arrive when it is sent, not when more has come together.
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream());
  }

  /** What came in: {@code path} without the query, header names in lower case. */
  record Request(
      String method, String path, String query, Map<String, String> headers, String body) {
    boolean keepAlive() {
      return !"close".equalsIgnoreCase(headers.getOrDefault("connection", ""));
    }
  }

  boolean isOpen() {
    return open;
  }

  /** The next request; empty when the client has closed the connection between two. */
  Optional<Request> read() throws IOException {
    String line = readLine();
    if (line == null) {
      return Optional.empty();
    }
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new ProtocolException("Not a request of HTTP/1.1: " + line);
    }
    Map<String, String> headers = readHeaders();
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      print("HTTP/1.1 100 Continue\r\n\r\n");
      out.flush();
    }
    String[] target = parts[1].split("\\?", 2);
    String query = target.length < 2 ? "" : target[1];
    String body = new String(readBody(headers), StandardCharsets.UTF_8);
    return Optional.of(new Request(parts[0], target[0], query, headers, body));
  }

  /** Sends a whole response. */
  void respond(int status, Map<String, String> headers, byte[] body) throws IOException {
    writeHead(status, headers, "content-length: " + body.length);
    out.write(body);
    out.flush();
  }

  /** Announces a whole response, sends the first half of its body and hangs up. */
  void respondHalf(int status, Map<String, String> headers, byte[] body) throws IOException {
    writeHead(status, headers, "content-length: " + body.length);
    out.write(body, 0, body.length / 2);
    out.flush();
    close();
  }

  /** Begins a response of unknown length; {@link #chunk} and {@link #endChunks} go on with it. */
  void beginChunks(Map<String, String> headers) throws IOException {
    writeHead(200, headers, "transfer-encoding: chunked");
    out.flush();
  }

  /** Sends a piece of a response at once. */
  void chunk(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    print(Integer.toHexString(bytes.length) + "\r\n");
    out.write(bytes);
    print("\r\n");
    out.flush();
  }

  void endChunks() throws IOException {
    print("0\r\n\r\n");
    out.flush();
  }

  /**
   * Stays silent for this long.
   *
   * @throws IOException when the client leaves meanwhile
   */
  void stayIdle(Duration duration) throws IOException {
    // Zero would mean forever, and a part of a millisecond is not nothing.
    socket.setSoTimeout((int) Math.min(Math.max(1, duration.toMillis()), Integer.MAX_VALUE));
    try {
      readNothing();
    } catch (SocketTimeoutException e) {
      socket.setSoTimeout(0);
    }
  }

  /**
   * Stays silent until the client leaves.
   *
   * @throws IOException then, always
   */
  void stayIdle() throws IOException {
    readNothing();
  }

  /** Nothing is expected from a client that waits for its answer, so a read tells when it goes. */
  private void readNothing() throws IOException {
    int read = in.read();
    if (read < 0) {
      throw new EOFException("The client has gone");
    }
    throw new ProtocolException("The client sent more before it had its answer");
  }

  /** Hangs up, in whatever state the response is. */
  @Override
  public void close() {
    open = false;
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way, and nobody could do anything about it.
      return;
    }
  }

  private void writeHead(int status, Map<String, String> headers, String framing)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" \r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    print(head.append(framing).append("\r\n\r\n").toString());
  }

  private void print(String ascii) throws IOException {
    out.write(ascii.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Map<String, String> readHeaders() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = needLine(); !line.isEmpty(); line = needLine()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new ProtocolException("Not a header: a line without a colon");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.merge(name, line.substring(colon + 1).strip(), (one, two) -> one + ", " + two);
    }
    return headers;
  }

  private byte[] readBody(Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return readChunks();
    }
    return readBytes(number(headers.getOrDefault("content-length", "0"), 10));
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int size = chunkSize();
    while (size > 0) {
      body.writeBytes(readBytes(size));
      needLine();
      size = chunkSize();
    }
    readHeaders(); // trailers, of which there are none, and the empty line
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return number(needLine().split(";", 2)[0].strip(), 16);
  }

  private static int number(String digits, int radix) throws IOException {
    try {
      int number = Integer.parseInt(digits, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new ProtocolException("Not a length: " + digits);
    }
    throw new ProtocolException("Not a length: " + digits);
  }

  private byte[] readBytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The client went in the middle of its request");
    }
    return bytes;
  }

  private String needLine() throws IOException {
    String line = readLine();
    if (line == null) {
      throw new EOFException("The client went in the middle of its request");
    }
    return line;
  }

  private @Nullable String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int read = in.read();
    if (read < 0) {
      return null;
    }
    while (read >= 0 && read != '\n') {
      line.write(read);
      read = in.read();
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
