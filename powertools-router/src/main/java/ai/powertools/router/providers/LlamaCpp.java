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
import ai.powertools.router.LocalModel;
import ai.powertools.router.LocalServer;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.router.ServerHealth;
import ai.powertools.router.TokenCountingProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The model that runs in a <a href="https://github.com/ggml-org/llama.cpp">llama.cpp</a> server.
 *
 * <pre>{@code
 * LlamaCpp server = LlamaCpp.local();
 * if (server.health().isReady()) {
 *   ChatResponse answer = server.model("default").chat("Why is the sky blue?");
 *   answer.details().timings();                     // how fast it was
 * }
 * }</pre>
 *
 * <p>It has one model, whatever a request calls it, unless it was started to have several. While it
 * loads it, a call fails with {@link ai.powertools.router.ErrorKind#OVERLOADED}. Safe for use by
 * many threads.
 */
public final class LlamaCpp implements EmbeddingProvider, TokenCountingProvider, LocalServer {
  private static final String NAME = "llama.cpp";
  private static final URI HERE = URI.create("http://127.0.0.1:8080");

  private final String name;
  private final boolean local;
  private final Endpoint endpoint;
  private final OpenAiChat chat;
  private final OpenAiEmbeddings embeddings;
  private final OpenAiModels models;
  private final LlamaCppServer server;

  private LlamaCpp(Builder builder) {
    this.name = builder.name();
    this.endpoint = builder.endpoint();
    this.local = builder.isLocal(endpoint);
    OpenAiPaths paths = (model, resource) -> "v1/" + resource;
    this.chat = new OpenAiChat(endpoint, paths, name);
    this.embeddings = new OpenAiEmbeddings(endpoint, paths, name);
    this.models = new OpenAiModels(endpoint, name);
    this.server = new LlamaCppServer(endpoint, name);
  }

  /** The one of this machine, to be changed. */
  public static Builder builder() {
    return new Builder();
  }

  /** The one of this machine, at its usual port; nothing is asked yet. */
  public static LlamaCpp local() {
    return builder().build();
  }

  /**
   * The one at this address; nothing is asked yet.
   *
   * @param url as in {@code http://127.0.0.1:8080}
   * @throws ConfigurationException if it is no address of HTTP
   */
  public static LlamaCpp at(URI url) {
    return builder().baseUrl(url).build();
  }

  /**
   * The server that the environment describes, by the variables that the server itself reads:
   * {@code LLAMA_ARG_HOST}, {@code LLAMA_ARG_PORT} and {@code LLAMA_API_KEY}; nothing is asked yet.
   *
   * @throws ConfigurationException if they make no address
   */
  public static LlamaCpp fromEnv() {
    return of(System.getenv());
  }

  /**
   * The same, if it is there: ready, or loading its model.
   *
   * @param env as {@link System#getenv()} gives it
   */
  public static Optional<LlamaCpp> find(Map<String, String> env) {
    LlamaCpp found = of(env);
    if (!OllamaAddress.listens(found.endpoint.url())) {
      return Optional.empty();
    }
    return found.health().status() == ServerHealth.Status.DOWN
        ? Optional.empty()
        : Optional.of(found);
  }

  private static LlamaCpp of(Map<String, String> env) {
    String host = Environment.text(env, "LLAMA_ARG_HOST").orElse("127.0.0.1");
    String port = Environment.text(env, "LLAMA_ARG_PORT").orElse("8080");
    boolean all = host.equals("0.0.0.0") || host.equals("::");
    Map<String, String> address =
        Map.of("LLAMA_ARG_HOST", "http://" + (all ? "127.0.0.1" : host) + ":" + port);
    Builder builder = builder();
    Environment.address(address, "LLAMA_ARG_HOST").ifPresent(builder::baseUrl);
    Secret.find(env, "LLAMA_API_KEY").ifPresent(builder::key);
    return builder.build();
  }

  @Override
  public ServerHealth health() {
    return server.health();
  }

  @Override
  public List<LocalModel> models() {
    return models.list("v1/models");
  }

  /**
   * How it was started: the model, its context, what it reads.
   *
   * @throws ProviderException if it does not say
   */
  public LlamaCppProperties properties() {
    return server.properties();
  }

  /**
   * The tokens of a text, without those that a template adds.
   *
   * @throws ProviderException if it does not say
   */
  public List<Integer> tokenize(String text) {
    return server.tokenize(text, Deadline.never());
  }

  /** The input tokens of a request, by the template and the vocabulary of the model. */
  @Override
  public long countTokens(String model, ChatRequest request, Deadline deadline) {
    return server.countTokens(model, request, deadline);
  }

  /**
   * The model. It costs exactly $0, its context is the one that the server was started with, 4,096
   * tokens if it does not say, and it sees and hears if the server was given the means.
   */
  @Override
  public ChatModel model(String id) {
    return model(server.facts(id));
  }

  @Override
  public String name() {
    return name;
  }

  /** True, unless the server was started with {@code --no-prefill-assistant}. */
  @Override
  public boolean continuesText(String model) {
    return true;
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

  /** The name and the address, without what is secret. */
  @Override
  public String toString() {
    return name + " at " + endpoint.address();
  }

  /** What the provider is made of. For one thread. */
  public static final class Builder extends ClientBuilder<Builder> {
    /** A machine that is slow may work on a long prompt for minutes before it says a word. */
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private Builder() {
      super(NAME, HERE, TIMEOUT);
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

    /**
     * The provider. Nothing is sent yet.
     *
     * @throws ConfigurationException if the base URL is none of HTTP
     */
    public LlamaCpp build() {
      return new LlamaCpp(this);
    }
  }
}
