package ai.powertools.router.providers;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Secret;
import ai.powertools.core.Time;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * What all clients are made of. For one thread.
 *
 * @param <B> the builder of one client
 */
public abstract sealed class ClientBuilder<B extends ClientBuilder<B>>
    permits OpenAi.Builder,
        OpenAiCompatible.Builder,
        Anthropic.Builder,
        Gemini.Builder,
        Ollama.Builder,
        LlamaCpp.Builder {
  private final Headers.Builder headers = new Headers.Builder();
  private String name;
  private URI baseUrl;
  private boolean hasKey;
  private Duration timeout;
  private Duration connectTimeout = Transport.CONNECT_TIMEOUT;
  private Optional<Proxy> proxy = Optional.empty();
  private Optional<OkHttpClient> client = Optional.empty();
  private Optional<Boolean> local = Optional.empty();
  private Time time = Time.system();

  ClientBuilder(String name, URI baseUrl, Duration timeout) {
    this.name = name;
    this.baseUrl = baseUrl;
    this.timeout = timeout;
  }

  abstract B self();

  /** The header that a key goes into. */
  abstract String keyHeader();

  /** What stands in front of the key. */
  String keyPrefix() {
    return "";
  }

  /** The first half of its models' labels, and of their names in the catalog. */
  public B name(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A provider needs a name.");
    }
    this.name = name;
    return self();
  }

  /** Where the API is; the vendor's own address unless set. */
  public B baseUrl(URI baseUrl) {
    this.baseUrl = baseUrl;
    return self();
  }

  /**
   * The key; none unless set.
   *
   * @throws ConfigurationException if it has characters that no header can have
   */
  public B key(Secret key) {
    return secret(keyHeader(), keyPrefix() + key.reveal(), "The key");
  }

  /** The longest time without a single byte. Not the whole call's, which its deadline bounds. */
  public B timeout(Duration timeout) {
    this.timeout = positive("timeout", timeout);
    return self();
  }

  /** The longest time for a connection; ten seconds unless set. */
  public B connectTimeout(Duration timeout) {
    this.connectTimeout = positive("connectTimeout", timeout);
    return self();
  }

  /**
   * A header of every request, in the place of one of the same name. Its value is kept out of
   * errors, like the key.
   *
   * @throws ConfigurationException if it has characters that no header can have
   */
  public B header(String name, String value) {
    return set(name, value, "Header " + name);
  }

  /** The way to the vendor; the machine's usual one unless set. */
  public B proxy(Proxy proxy) {
    this.proxy = Optional.of(proxy);
    return self();
  }

  /** Whose connections, proxy and certificates to use; shared ones unless set. */
  public B client(OkHttpClient client) {
    this.client = Optional.of(client);
    return self();
  }

  /**
   * Whether the text stays on this machine. Unless set, it does if the address is a loopback one
   * and there is no key: a key is for a gateway that passes the text on.
   */
  public B local(boolean local) {
    this.local = Optional.of(local);
    return self();
  }

  /** The clock that answers are timed with; the system's unless set. */
  public B time(Time time) {
    this.time = time;
    return self();
  }

  final String name() {
    return name;
  }

  final URI baseUrl() {
    return baseUrl;
  }

  final boolean isLocal(Endpoint endpoint) {
    return local.orElseGet(() -> endpoint.isLoopback() && !hasKey);
  }

  /**
   * The endpoint.
   *
   * @throws ConfigurationException if the base URL is none of HTTP
   */
  final Endpoint endpoint() {
    HttpUrl url = Endpoint.url(baseUrl, "The base URL of " + name);
    return new Endpoint(
        url, headers.build(), new Transport(timeout, connectTimeout, proxy, client), time);
  }

  /** A key of whatever kind, in a header. */
  final B secret(String header, String value, String what) {
    this.hasKey = true;
    return set(header, value, what);
  }

  private B set(String header, String value, String what) {
    try {
      headers.set(header, value);
    } catch (IllegalArgumentException e) {
      // Its message may have the value, so it is not kept as a cause.
      throw new ConfigurationException(
          what + " can't be sent in an HTTP header. Check it for line breaks and typing errors.");
    }
    return self();
  }

  private static Duration positive(String what, Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(what + " must be more than zero, not " + timeout);
    }
    return timeout;
  }
}
