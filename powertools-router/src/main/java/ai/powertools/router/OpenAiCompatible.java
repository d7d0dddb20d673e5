package ai.powertools.router;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Secret;
import ai.powertools.core.Time;
import ai.powertools.models.Model;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat completions over HTTP, whole or streamed; for OpenAI, and for everything that
 * speaks its dialect: vendors, gateways, and servers of one's own.
 *
 * <pre>{@code
 * ChatProvider openAi = OpenAiCompatible.builder().key(Secret.env("OPENAI_API_KEY")).build();
 * ChatProvider groq = OpenAiCompatible.builder()
 *     .name("groq")
 *     .baseUrl(URI.create("https://api.groq.com/openai/v1"))
 *     .key(Secret.env("GROQ_API_KEY"))
 *     .build();
 * }</pre>
 *
 * <p>One call is one request: nothing is sent twice, and no redirect is followed. An interrupt, and
 * the end of the call's deadline, hang up at once. The limit of the answer is sent as {@code
 * max_completion_tokens} to OpenAI and Azure, and for the models that begin with {@code gpt-5} or
 * with {@code o} and a digit; as {@code max_tokens} to all others. A document is sent as its text.
 * A refusal of the model is the answer's text, with {@link FinishReason#CONTENT_FILTER}.
 *
 * <p>Usage is what the vendor reports; where it reports none, or one that can't be, it is counted
 * here and {@link ai.powertools.models.Certainty#ESTIMATED}.
 *
 * <p>Safe for use by many threads.
 */
public final class OpenAiCompatible implements ChatProvider {
  private static final String KEY = "OPENAI_API_KEY";
  private static final String BASE_URL = "OPENAI_BASE_URL";

  /** The protocol has no way to ask for it; what servers of one's own commonly hold. */
  private static final long LOCAL_CONTEXT_TOKENS = 32_768;

  private final String name;
  private final boolean local;
  private final Endpoint endpoint;

  private OpenAiCompatible(Builder builder) {
    this.name = builder.name;
    this.endpoint =
        new Endpoint(
            Endpoint.url(builder.baseUrl, "The base URL of " + name),
            builder.headers.build(),
            builder.client,
            builder.timeout,
            builder.time);
    this.local = builder.local.orElseGet(() -> endpoint.isLoopback() && !builder.hasKey);
  }

  /** OpenAI itself, to be changed. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * What the environment names: {@code OPENAI_API_KEY}, {@code OPENAI_BASE_URL}, or both. An
   * address alone is a server that wants no key.
   *
   * @param env as {@link System#getenv()} gives it
   * @return empty when neither is set
   * @throws ConfigurationException if the address is none
   */
  public static Optional<OpenAiCompatible> fromEnv(Map<String, String> env) {
    Optional<Secret> key = Secret.find(env, KEY);
    Optional<String> url = Optional.ofNullable(env.get(BASE_URL)).filter(set -> !set.isBlank());
    if (key.isEmpty() && url.isEmpty()) {
      return Optional.empty();
    }
    Builder builder = builder();
    key.ifPresent(builder::key);
    url.ifPresent(set -> builder.baseUrl(uri(set.strip())));
    return Optional.of(builder.build());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isLocal() {
    return local;
  }

  @Override
  public Optional<URI> endpoint() {
    return Optional.of(endpoint.address());
  }

  /**
   * One of its models. On a server of one's own machine it costs exactly $0, and its context is
   * taken to be 32,768 tokens; give facts of your own where that is wrong.
   */
  @Override
  public RoutedModel model(String id) {
    return local
        ? model(Model.local(name, id, LOCAL_CONTEXT_TOKENS))
        : new RoutedModel(this, id, Optional.empty());
  }

  @Override
  public ChatResponse chat(ProviderCall call) {
    Arrival arrival = endpoint.arrival(this, call);
    byte[] body = OpenAiRequest.body(call, endpoint.host());
    try (Exchange exchange = endpoint.post(arrival, "chat/completions", body)) {
      OpenAiAnswer answer = new OpenAiAnswer(exchange, arrival);
      // Some servers can't stream, and answer whole.
      boolean streamed = call.listener().isPresent() && !exchange.isJson();
      return streamed ? answer.stream() : answer.whole();
    }
  }

  /** The name and the address, without what is secret. */
  @Override
  public String toString() {
    return name + " at " + endpoint.address();
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new ConfigurationException(
          BASE_URL + " is no address. Set it to one, as in http://localhost:8000/v1.");
    }
  }

  /** What the provider is made of. For one thread. */
  public static final class Builder {
    /**
     * A model that thinks says nothing for minutes, unless it is streamed; OpenAI's own clients
     * wait for ten.
     */
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Headers.Builder headers = new Headers.Builder();
    private String name = "openai";
    private URI baseUrl = URI.create("https://api.openai.com/v1");
    private boolean hasKey;
    private Duration timeout = TIMEOUT;
    private Optional<Boolean> local = Optional.empty();
    private @Nullable OkHttpClient client;
    private Time time = Time.system();

    private Builder() {}

    /** The first half of its models' labels, and of their names in the catalog; {@code openai}. */
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /** Where {@code /chat/completions} is; {@code https://api.openai.com/v1} unless set. */
    public Builder baseUrl(URI baseUrl) {
      this.baseUrl = baseUrl;
      return this;
    }

    /**
     * The key, sent as a bearer token; none unless set.
     *
     * @throws ConfigurationException if it has characters that no header can have
     */
    public Builder key(Secret key) {
      this.hasKey = true;
      return set("Authorization", "Bearer " + key.reveal(), "The key");
    }

    /** The longest time without a single byte; five minutes unless set. Not the whole call's. */
    public Builder timeout(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("A timeout must be more than zero, not " + timeout);
      }
      this.timeout = timeout;
      return this;
    }

    /**
     * A header of every request, in the place of one of the same name. Its value is kept out of
     * errors, like the key.
     *
     * @throws ConfigurationException if it has characters that no header can have
     */
    public Builder header(String name, String value) {
      return set(name, value, "Header " + name);
    }

    /**
     * Whether the text stays on this machine. Unless set, it does if the address is a loopback one
     * and there is no key: a key is for a gateway that passes the text on.
     */
    public Builder local(boolean local) {
      this.local = Optional.of(local);
      return this;
    }

    /** Whose connections, proxy and certificates to use; shared ones unless set. */
    public Builder client(OkHttpClient client) {
      this.client = client;
      return this;
    }

    /** The clock that answers are timed with; the system's unless set. */
    public Builder time(Time time) {
      this.time = time;
      return this;
    }

    /**
     * The provider. Nothing is sent yet.
     *
     * @throws ConfigurationException if the base URL is none of HTTP
     */
    public OpenAiCompatible build() {
      return new OpenAiCompatible(this);
    }

    private Builder set(String header, String value, String what) {
      try {
        headers.set(header, value);
      } catch (IllegalArgumentException e) {
        // Its message may have the value, so it is not kept as a cause.
        throw new ConfigurationException(
            what + " can't be sent in an HTTP header. Check it for line breaks and typing errors.");
      }
      return this;
    }
  }
}
