package ai.powertools.router.providers;

import ai.powertools.core.ConfigurationException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import okhttp3.HttpUrl;

/** Where an Ollama is, as {@code OLLAMA_HOST} says it. */
final class OllamaAddress {
  static final int PORT = 11434;

  private static final String HOST = "OLLAMA_HOST";

  /** What somebody waits at the start of a program for a machine that may not be there. */
  private static final Duration PROBE = Duration.ofMillis(300);

  private OllamaAddress() {}

  static HttpUrl of(Map<String, String> env) {
    return of(env.getOrDefault(HOST, ""));
  }

  /** As Ollama itself reads it: any of scheme, host and port may be missing. */
  static HttpUrl of(String host) {
    String text = host.isBlank() ? "127.0.0.1" : host.strip();
    boolean hasScheme = text.contains("://");
    HttpUrl url = HttpUrl.parse((hasScheme ? "" : "http://") + withHost(text));
    if (url == null) {
      throw new ConfigurationException(
          HOST + " is no address. Set it to one, as in http://127.0.0.1:" + PORT + ".");
    }
    boolean hasPort = text.matches(".*:\\d+(?:/.*)?");
    HttpUrl full = hasScheme || hasPort ? url : url.newBuilder().port(PORT).build();
    // A server may listen on all addresses; a client has to pick one.
    boolean all = full.host().equals("0.0.0.0") || full.host().equals("::");
    return all ? full.newBuilder().host("127.0.0.1").build() : full;
  }

  /** By a bare socket: an HTTP client takes longer to load than most programs take to start. */
  static boolean listens(HttpUrl url) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(url.host(), url.port()), (int) PROBE.toMillis());
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }

  private static String withHost(String text) {
    return text.startsWith(":") ? "127.0.0.1" + text : text;
  }
}
