package ai.powertools.router.providers;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Deadline;
import ai.powertools.core.Secret;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.TokenCountingProvider;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Claude, by Anthropic's messages API.
 *
 * <pre>{@code
 * ChatModel claude = Anthropic.fromEnv().model("claude-sonnet-4-6");
 * }</pre>
 *
 * <p>The API wants a limit of the answer: where the request has none, it is the model's own, or
 * 8,192 tokens for a model that the catalog does not know. Thinking is asked for by {@code
 * reasoning(…)}: as an effort of models from Claude 4.6 on, as a number of tokens of those before.
 * Safe for use by many threads.
 */
public final class Anthropic implements ChatProvider, TokenCountingProvider {
  private static final String NAME = "anthropic";
  private static final String KEY = "ANTHROPIC_API_KEY";
  private static final String TOKEN = "ANTHROPIC_AUTH_TOKEN";

  /** The version of the API that this speaks; it has had no other since. */
  private static final String VERSION = "2023-06-01";

  private final String name;
  private final boolean local;
  private final Endpoint endpoint;

  private Anthropic(Builder builder) {
    this.name = builder.name();
    this.endpoint = builder.endpoint();
    this.local = builder.isLocal(endpoint);
  }

  /** Anthropic, to be changed. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * What the environment names: {@code ANTHROPIC_API_KEY}, or {@code ANTHROPIC_AUTH_TOKEN} for
   * gateways, and {@code ANTHROPIC_BASE_URL}.
   *
   * @throws ConfigurationException if there is neither a key nor an address, or it is none
   */
  public static Anthropic fromEnv() {
    return find(System.getenv())
        .orElseThrow(
            () ->
                new ConfigurationException(
                    KEY + " is not set. Set it to your key, or use Anthropic.builder().key(…)."));
  }

  /**
   * The same, empty when neither a key nor an address is set.
   *
   * @param env as {@link System#getenv()} gives it
   * @throws ConfigurationException if the address is none
   */
  public static Optional<Anthropic> find(Map<String, String> env) {
    Optional<Secret> key = Secret.find(env, KEY);
    Optional<Secret> token = Secret.find(env, TOKEN);
    Optional<URI> url = Environment.address(env, "ANTHROPIC_BASE_URL");
    if (key.isEmpty() && token.isEmpty() && url.isEmpty()) {
      return Optional.empty();
    }
    Builder builder = builder();
    key.ifPresent(builder::key);
    if (key.isEmpty()) {
      token.ifPresent(builder::token);
    }
    url.ifPresent(builder::baseUrl);
    return Optional.of(builder.build());
  }

  @Override
  public String name() {
    return name;
  }

  /** True of Claude before 4.6; later models refuse a conversation that ends with an answer. */
  @Override
  public boolean continuesText(String model) {
    return AnthropicRequest.isBefore46(model);
  }

  @Override
  public boolean isLocal() {
    return local;
  }

  @Override
  public Optional<URI> endpoint() {
    return Optional.of(endpoint.address());
  }

  @Override
  public Optional<String> refusal(Model model, ChatRequest request) {
    return AnthropicRequest.refusal(request);
  }

  @Override
  public ChatResponse chat(ProviderCall call) {
    Answer answer = endpoint.answer(this, call);
    Refusals.check(answer, AnthropicRequest.refusal(call.request()));
    byte[] body = Json.bytes(request(call.model()).body(call));
    try (Exchange exchange = endpoint.post(answer, "v1/messages", body)) {
      AnthropicDecoder decoder = new AnthropicDecoder(exchange, answer);
      return call.listener().isPresent() && !exchange.isJson()
          ? AnswerReader.stream(exchange, answer, decoder, AnswerReader.Framing.SSE)
          : AnswerReader.whole(exchange, answer, decoder);
    }
  }

  @Override
  public long countTokens(String model, ChatRequest request, Deadline deadline) {
    Errand errand =
        endpoint.errand(
            name, model, request.messages().stream().map(Message::text).toList(), deadline);
    Refusals.check(errand, AnthropicRequest.refusal(request));
    ProviderCall call = new ProviderCall(model, request, Optional.empty(), deadline);
    return Reply.post(endpoint, errand, "v1/messages/count_tokens", request(model).countable(call))
        .count("input_tokens");
  }

  private AnthropicRequest request(String model) {
    ModelCatalog catalog = ModelCatalog.bundled();
    Optional<Model> known = catalog.find(NAME + "/" + model).or(() -> catalog.find(model));
    return new AnthropicRequest(
        known.map(Model::maxOutputTokens).filter(AnthropicRequest::isLimit));
  }

  /** The name and the address, without what is secret. */
  @Override
  public String toString() {
    return name + " at " + endpoint.address();
  }

  /** What the provider is made of. For one thread. */
  public static final class Builder extends ClientBuilder<Builder> {
    /** A long answer that is not streamed says nothing until it is whole. */
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private Builder() {
      super(NAME, URI.create("https://api.anthropic.com"), TIMEOUT);
      header("anthropic-version", VERSION);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    String keyHeader() {
      return "x-api-key";
    }

    /**
     * A bearer token in the place of a key, as gateways want it.
     *
     * @throws ConfigurationException if it has characters that no header can have
     */
    public Builder token(Secret token) {
      return secret("Authorization", "Bearer " + token.reveal(), "The token");
    }

    /**
     * Switches on features that are not for everybody yet.
     *
     * @param features as in {@code context-1m-2025-08-07}
     */
    public Builder beta(String... features) {
      return header("anthropic-beta", String.join(",", features));
    }

    /**
     * The provider. Nothing is sent yet.
     *
     * @throws ConfigurationException if the base URL is none of HTTP
     */
    public Anthropic build() {
      return new Anthropic(this);
    }
  }
}
