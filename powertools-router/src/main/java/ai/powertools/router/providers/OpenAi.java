package ai.powertools.router.providers;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Deadline;
import ai.powertools.core.Secret;
import ai.powertools.models.Model;
import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.EmbeddingProvider;
import ai.powertools.router.EmbeddingRequest;
import ai.powertools.router.EmbeddingResponse;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.TokenCountingProvider;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * OpenAI: chat completions or responses, embeddings, counts of tokens.
 *
 * <pre>{@code
 * ChatModel model = OpenAi.fromEnv().model("gpt-5-mini");
 * ChatModel other = OpenAi.builder()
 *     .key(Secret.env("OPENAI_API_KEY"))
 *     .api(OpenAi.Api.RESPONSES)
 *     .build()
 *     .model("gpt-5-mini");
 * }</pre>
 *
 * <p>Nothing is kept at OpenAI: responses are asked for with {@code store: false}, and thoughts
 * travel with the conversation, encrypted. Safe for use by many threads.
 */
public final class OpenAi implements ChatProvider, EmbeddingProvider, TokenCountingProvider {
  private static final String KEY = "OPENAI_API_KEY";
  private static final String BASE_URL = "OPENAI_BASE_URL";

  /** The two ways to chat with OpenAI's models. */
  public enum Api {
    /** The one that all others speak too. */
    CHAT_COMPLETIONS,
    /** The newer one, which keeps thoughts between the calls of tools. */
    RESPONSES
  }

  private final String name;
  private final boolean local;
  private final Api api;
  private final Endpoint endpoint;
  private final OpenAiChat chat;
  private final OpenAiResponses responses;
  private final OpenAiEmbeddings embeddings;

  private OpenAi(Builder builder) {
    this.name = builder.name();
    this.api = builder.api;
    this.endpoint = builder.endpoint();
    this.local = builder.isLocal(endpoint);
    this.chat = new OpenAiChat(endpoint, OpenAiPaths.PLAIN, name);
    this.responses = new OpenAiResponses(endpoint, name);
    this.embeddings = new OpenAiEmbeddings(endpoint, OpenAiPaths.PLAIN, name);
  }

  /** OpenAI, to be changed. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * What the environment names: {@code OPENAI_API_KEY}, {@code OPENAI_BASE_URL}, and if they are
   * set {@code OPENAI_ORG_ID} and {@code OPENAI_PROJECT_ID}.
   *
   * @throws ConfigurationException if neither of the first two is set, or the address is none
   */
  public static OpenAi fromEnv() {
    return find(System.getenv())
        .orElseThrow(
            () ->
                new ConfigurationException(
                    KEY + " is not set. Set it to your key, or use OpenAi.builder().key(…)."));
  }

  /**
   * The same, empty when neither a key nor an address is set. An address alone is a server that
   * wants no key.
   *
   * @param env as {@link System#getenv()} gives it
   * @throws ConfigurationException if the address is none
   */
  public static Optional<OpenAi> find(Map<String, String> env) {
    Optional<Secret> key = Secret.find(env, KEY);
    Optional<URI> url = Environment.address(env, BASE_URL);
    if (key.isEmpty() && url.isEmpty()) {
      return Optional.empty();
    }
    Builder builder = builder();
    key.ifPresent(builder::key);
    url.ifPresent(builder::baseUrl);
    Environment.text(env, "OPENAI_ORG_ID")
        .ifPresent(id -> builder.header("OpenAI-Organization", id));
    Environment.text(env, "OPENAI_PROJECT_ID")
        .ifPresent(id -> builder.header("OpenAI-Project", id));
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
   * One of its models. Where the address is one of this machine and there is no key, it costs
   * exactly $0, and its context is taken to be 32,768 tokens.
   */
  @Override
  public ChatModel model(String id) {
    return local
        ? model(Model.local(name, id, OpenAiCompatible.LOCAL_CONTEXT_TOKENS))
        : new ChatModel(this, id, Optional.empty());
  }

  @Override
  public Optional<String> refusal(Model model, ChatRequest request) {
    return api == Api.RESPONSES
        ? OpenAiResponsesRequest.refusal(request)
        : OpenAiChatRequest.refusal(request);
  }

  @Override
  public ChatResponse chat(ProviderCall call) {
    return api == Api.RESPONSES ? responses.chat(this, call) : chat.chat(this, call);
  }

  @Override
  public EmbeddingResponse embed(EmbeddingRequest request, Deadline deadline) {
    return embeddings.embed(request, deadline);
  }

  /** Counted by the responses API, whichever is used to chat. */
  @Override
  public long countTokens(String model, ChatRequest request, Deadline deadline) {
    return responses.countTokens(model, request, deadline);
  }

  /** The name and the address, without what is secret. */
  @Override
  public String toString() {
    return name + " at " + endpoint.address();
  }

  /** What the provider is made of. For one thread. */
  public static final class Builder extends ClientBuilder<Builder> {
    private Api api = Api.CHAT_COMPLETIONS;

    private Builder() {
      super(
          KnownServer.OPENAI.label(),
          KnownServer.OPENAI.baseUrl(),
          OpenAiCompatible.Builder.TIMEOUT);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    String keyHeader() {
      return "Authorization";
    }

    @Override
    String keyPrefix() {
      return "Bearer ";
    }

    /** Which API chats; {@link Api#CHAT_COMPLETIONS} unless set. */
    public Builder api(Api api) {
      this.api = api;
      return this;
    }

    /**
     * The provider. Nothing is sent yet.
     *
     * @throws ConfigurationException if the base URL is none of HTTP
     */
    public OpenAi build() {
      return new OpenAi(this);
    }
  }
}
