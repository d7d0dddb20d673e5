package ai.powertools.router;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Time;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Where one vendor's API is, and what every request to it has in common. */
final class Endpoint {
  /** OkHttp keeps five; an application that makes many calls at once would connect anew. */
  private static final int IDLE_CONNECTIONS = 64;

  private final HttpUrl base;
  private final Headers headers;
  private final OkHttpClient client;
  private final Duration timeout;
  private final Masking masking;
  private final Time time;

  /**
   * An endpoint.
   *
   * @param headers sent with every request; their values are masked in errors
   * @param client whose connections to use; null for those that all providers share
   * @param timeout the longest time between bytes
   */
  Endpoint(
      HttpUrl base, Headers headers, @Nullable OkHttpClient client, Duration timeout, Time time) {
    this.base = base;
    this.headers = headers;
    this.timeout = timeout;
    this.time = time;
    this.masking = new Masking(secrets(headers));
    OkHttpClient origin = client != null ? client : base.isHttps() ? Tls.CLIENT : Plain.CLIENT;
    // A redirect would send the conversation to who knows where.
    this.client =
        origin
            .newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            .readTimeout(timeout)
            .writeTimeout(timeout)
            .build();
  }

  /**
   * The address as OkHttp takes it.
   *
   * @param where what the user called it, for the message
   * @throws ConfigurationException if it is none of HTTP
   */
  static HttpUrl url(URI uri, String where) {
    HttpUrl url = HttpUrl.parse(uri.toString());
    if (url == null) {
      throw new ConfigurationException(
          where
              + " is no address that begins with http:// or https://. Give one, as in "
              + "https://api.openai.com/v1.");
    }
    return url;
  }

  String host() {
    return base.host();
  }

  /** The address without what may be secret in it. */
  URI address() {
    return base.newBuilder().username("").password("").query(null).fragment(null).build().uri();
  }

  /** Whether the other side is on this machine, as far as its name tells. */
  boolean isLoopback() {
    String host = base.host();
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("::1")
        || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
  }

  Arrival arrival(ChatProvider provider, ProviderCall call) {
    return new Arrival(provider, call, masking, time);
  }

  /** Sends JSON and waits for the head of the answer. */
  Exchange post(Arrival arrival, String path, byte[] json) {
    JsonBody body = new JsonBody(json);
    return Exchange.open(client, request(path).post(body).build(), body, arrival, timeout);
  }

  /** Asks without a body and waits for the head of the answer. */
  Exchange get(Arrival arrival, String path) {
    return Exchange.open(client, request(path).build(), null, arrival, timeout);
  }

  private Request.Builder request(String path) {
    return new Request.Builder()
        .url(base.newBuilder().addPathSegments(path).build())
        .headers(headers);
  }

  private static List<String> secrets(Headers headers) {
    List<String> secrets = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      String value = headers.value(i);
      secrets.add(value.startsWith("Bearer ") ? value.substring("Bearer ".length()) : value);
    }
    return secrets;
  }

  /** The connections of all providers that were not given a client of their own. */
  private static final class Plain {
    /**
     * Servers behind no proxy hang up an idle connection after 5 s (uvicorn, Node.js). A request
     * that meets the hanging-up is lost, and a new connection without TLS costs next to nothing.
     */
    static final OkHttpClient CLIENT =
        new OkHttpClient.Builder()
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 4, TimeUnit.SECONDS))
            .build();
  }

  /** Apart from the others, since reading the machine's certificates takes its time. */
  private static final class Tls {
    static final OkHttpClient CLIENT =
        new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
            .build();
  }
}
