package ai.powertools.router.providers;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Deadline;
import ai.powertools.core.Secret;
import ai.powertools.models.Model;
import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.EmbeddingProvider;
import ai.powertools.router.EmbeddingRequest;
import ai.powertools.router.EmbeddingResponse;
import ai.powertools.router.FinishReason;
import ai.powertools.router.LocalModel;
import ai.powertools.router.LocalServer;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ServerHealth;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that speaks OpenAI's chat completions: vendors, gateways, and servers of one's own.
 *
 * <pre>{@code
 * ChatModel groq = OpenAiCompatible.fromEnv(KnownServer.GROQ).model("llama-3.3-70b-versatile");
 * ChatModel mine = OpenAiCompatible.builder()
 *     .name("vllm")
 *     .baseUrl(URI.create("http://127.0.0.1:8000/v1"))
 *     .build()
 *     .model("my-model");
 * }</pre>
 *
 * <p>One call is one request: nothing is sent twice, and no redirect is followed. An interrupt, and
 * the end of the call's deadline, hang up at once. The limit of the answer is sent as {@code
 * max_completion_tokens} to OpenAI and Azure, and for the models that begin with {@code gpt-5} or
 * with {@code o} and a digit; as {@code max_tokens} to all others. A document is sent as its text.
 * A refusal of the model is the answer's text, with {@link FinishReason#REFUSAL}.
 *
 * <p>Usage is what the vendor reports; where it reports none, or one that can't be, it is counted
 * here and {@link ai.powertools.models.Certainty#ESTIMATED}.
 *
 * <p>Safe for use by many threads.
 */
public final class OpenAiCompatible implements EmbeddingProvider, LocalServer {
  /** The protocol has no way to ask for it; what servers of one's own commonly hold. */
  static final long LOCAL_CONTEXT_TOKENS = 32_768;

  private final String name;
  private final boolean local;
  private final Endpoint endpoint;
  private final OpenAiChat chat;
  private final OpenAiEmbeddings embeddings;
  private final OpenAiModels models;

  private OpenAiCompatible(Builder builder) {
    this.name = builder.name();
    this.endpoint = builder.endpoint();
    this.local = builder.isLocal(endpoint);
    this.chat = new OpenAiChat(endpoint, builder.paths, name);
    this.embeddings = new OpenAiEmbeddings(endpoint, builder.paths, name);
    this.models = new OpenAiModels(endpoint, name);
  }

  /** A server at an address of one's own; {@code baseUrl} must be set. */
  public static Builder builder() {
    return new Builder(KnownServer.OPENAI);
  }

  /** A server that is known by name, to be changed. */
  public static Builder builder(KnownServer server) {
    return new Builder(server);
  }

  /**
   * Azure OpenAI, where models are called by the names of their deployments. For its newer form
   * without a version, use {@code baseUrl("https://….openai.azure.com/openai/v1")} and {@code
   * header("api-key", …)}.
   *
   * @param resource as in {@code https://my-resource.openai.azure.com}
   * @param apiVersion as in {@code 2024-10-21}
   */
  public static Builder azure(URI resource, String apiVersion) {
    String base = resource.toString().replaceAll("/+$", "");
    Builder builder =
        new Builder(KnownServer.OPENAI).name("azure").baseUrl(URI.create(base + "/openai"));
    builder.paths = OpenAiPaths.azure(apiVersion);
    builder.azure = true;
    return builder;
  }

  /**
   * A known server with the key that the environment has for it.
   *
   * @throws ConfigurationException if it needs a key, and there is none
   */
  public static OpenAiCompatible fromEnv(KnownServer server) {
    return find(server, System.getenv())
        .orElseThrow(
            () ->
                new ConfigurationException(
                    server.keyVariable()
                        + " is not set. Set it to your key of "
                        + server.label()
                        + ", or use OpenAiCompatible.builder(…).key(…)."));
  }

  /**
   * The same, if the environment has a key for it, or it needs none.
   *
   * @param env as {@link System#getenv()} gives it
   */
  public static Optional<OpenAiCompatible> find(KnownServer server, Map<String, String> env) {
    Optional<Secret> key = Secret.find(env, server.keyVariable());
    if (key.isEmpty() && server.needsKey()) {
      return Optional.empty();
    }
    Builder builder = builder(server);
    key.ifPresent(builder::key);
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
  public ChatModel model(String id) {
    return local
        ? model(Model.local(name, id, LOCAL_CONTEXT_TOKENS))
        : new ChatModel(this, id, Optional.empty());
  }

  @Override
  public Optional<String> refusal(Model model, ChatRequest request) {
    return OpenAiChatRequest.refusal(request);
  }

  @Override
  public ChatResponse chat(ProviderCall call) {
    return chat.chat(this, call);
  }

  @Override
  public EmbeddingResponse embed(EmbeddingRequest request, Deadline deadline) {
    return embeddings.embed(request, deadline);
  }

  @Override
  public ServerHealth health() {
    return models.health();
  }

  @Override
  public List<LocalModel> models() {
    return models.list();
  }

  /** The name and the address, without what is secret. */
  @Override
  public String toString() {
    return name + " at " + endpoint.address();
  }

  /** What the provider is made of. For one thread. */
  public static final class Builder extends ClientBuilder<Builder> {
    /**
     * A model that thinks says nothing for minutes, unless it is streamed; OpenAI's own clients
     * wait for ten.
     */
    static final Duration TIMEOUT = Duration.ofMinutes(5);

    private OpenAiPaths paths = OpenAiPaths.PLAIN;
    private boolean azure;

    private Builder(KnownServer server) {
      super(server.label(), server.baseUrl(), TIMEOUT);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    String keyHeader() {
      return azure ? "api-key" : "Authorization";
    }

    @Override
    String keyPrefix() {
      return azure ? "" : "Bearer ";
    }

    /**
     * The provider. Nothing is sent yet.
     *
     * @throws ConfigurationException if the base URL is none of HTTP
     */
    public OpenAiCompatible build() {
      return new OpenAiCompatible(this);
    }
  }
}
