package ai.powertools.router.providers;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ProviderCall;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Where one vendor's API is, and what every request to it has in common. */
final class Endpoint {
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
   */
  Endpoint(HttpUrl base, Headers headers, Transport transport, Time time) {
    this.base = base;
    this.headers = headers;
    this.timeout = transport.timeout();
    this.time = time;
    this.masking = new Masking(secrets(headers));
    this.client = transport.client(base.isHttps());
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

  HttpUrl url() {
    return base;
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

  Answer answer(ChatProvider provider, ProviderCall call) {
    return new Answer(provider, call, masking, time);
  }

  /** A request that is no chat. */
  Errand errand(String provider, String model, List<String> said, Deadline deadline) {
    return new Errand(provider, model, said, masking, deadline, time);
  }

  /** Sends JSON and waits for the head of the answer. */
  Exchange post(Attempt attempt, String path, byte[] json) {
    JsonBody body = new JsonBody(json);
    return Exchange.open(client, request(path).post(body).build(), body, attempt, timeout);
  }

  /** Asks without a body and waits for the head of the answer. */
  Exchange get(Attempt attempt, String path) {
    return Exchange.open(client, request(path).build(), null, attempt, timeout);
  }

  /** A path may have a query; one in the base URL is kept. */
  private Request.Builder request(String path) {
    int query = path.indexOf('?');
    HttpUrl.Builder url =
        base.newBuilder().addPathSegments(query < 0 ? path : path.substring(0, query));
    if (query >= 0) {
      for (String pair : path.substring(query + 1).split("&", -1)) {
        String[] both = pair.split("=", 2);
        url.addQueryParameter(both[0], both.length > 1 ? both[1] : null);
      }
    }
    return new Request.Builder().url(url.build()).headers(headers);
  }

  private static List<String> secrets(Headers headers) {
    List<String> secrets = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      String value = headers.value(i);
      secrets.add(value.startsWith("Bearer ") ? value.substring("Bearer ".length()) : value);
    }
    return secrets;
  }
}
