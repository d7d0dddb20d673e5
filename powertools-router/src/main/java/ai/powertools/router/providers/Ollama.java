package ai.powertools.router.providers;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Deadline;
import ai.powertools.models.Certainty;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Usage;
import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.EmbeddingProvider;
import ai.powertools.router.EmbeddingRequest;
import ai.powertools.router.EmbeddingResponse;
import ai.powertools.router.LocalModel;
import ai.powertools.router.LocalServer;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ServerHealth;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Models that run in an <a href="https://ollama.com">Ollama</a>, by its own API.
 *
 * <pre>{@code
 * Ollama ollama = Ollama.local();
 * ollama.pull("llama3.2", progress -> System.out.println(progress.status()));
 * ollama.model("llama3.2").chat("Why is the sky blue?").text();
 * }</pre>
 *
 * <p>One call is one request. An interrupt, and the end of the call's deadline, hang up at once.
 * Usage is what Ollama counts; what it leaves out is counted here and {@link
 * ai.powertools.models.Certainty#ESTIMATED}. Where a conversation needs more than the 4,096 tokens
 * that Ollama gives by default, as much is asked for as it needs: otherwise Ollama would leave out
 * its beginning.
 *
 * <p>Safe for use by many threads.
 */
public final class Ollama implements EmbeddingProvider, LocalServer {
  private static final String NAME = "ollama";
  private static final URI HERE = URI.create("http://127.0.0.1:" + OllamaAddress.PORT);

  private final String name;
  private final boolean local;
  private final Endpoint endpoint;
  private final OllamaLibrary library;
  private final ConcurrentMap<String, OllamaShown> shown = new ConcurrentHashMap<>();

  private Ollama(Builder builder) {
    this.name = builder.name();
    this.endpoint = builder.endpoint();
    this.local = builder.isLocal(endpoint);
    this.library = new OllamaLibrary(endpoint, name);
  }

  /** The one of this machine, to be changed. */
  public static Builder builder() {
    return new Builder();
  }

  /** The one of this machine, at its usual port; nothing is asked yet. */
  public static Ollama local() {
    return builder().build();
  }

  /**
   * The Ollama at this address; nothing is asked yet.
   *
   * @param url as in {@code http://127.0.0.1:11434}
   * @throws ConfigurationException if it is no address of HTTP
   */
  public static Ollama at(URI url) {
    return builder().baseUrl(url).build();
  }

  /**
   * The Ollama that {@code OLLAMA_HOST} names, or the one of this machine; nothing is asked yet.
   *
   * @throws ConfigurationException if {@code OLLAMA_HOST} is no address
   */
  public static Ollama fromEnv() {
    return at(OllamaAddress.of(System.getenv()).uri());
  }

  /**
   * The same, if it takes a connection within 300 ms and then says its version within five seconds.
   * Where nothing listens that is known at once.
   *
   * @param env as {@link System#getenv()} gives it
   * @throws ConfigurationException if {@code OLLAMA_HOST} is no address
   */
  public static Optional<Ollama> find(Map<String, String> env) {
    var url = OllamaAddress.of(env);
    if (!OllamaAddress.listens(url)) {
      return Optional.empty();
    }
    Ollama ollama = at(url.uri());
    return ollama.health().isReady() ? Optional.of(ollama) : Optional.empty();
  }

  @Override
  public ServerHealth health() {
    return library.health();
  }

  @Override
  public List<LocalModel> models() {
    return library.list();
  }

  /** The models that are in memory now, by name. */
  public List<String> loaded() {
    return library.loaded();
  }

  /**
   * What it knows of a model: its context and capabilities among others.
   *
   * @throws ai.powertools.router.ProviderException if it has no such model, or does not say
   */
  public LocalModel show(String model) {
    return library.show(model).model();
  }

  /**
   * Fetches a model, and waits until it is there.
   *
   * @param progress told of each step, on this thread
   * @throws ai.powertools.router.ProviderException if it can't be fetched, for whatever reason
   */
  public void pull(String model, Consumer<PullProgress> progress, Deadline deadline) {
    library.pull(model, progress, deadline);
    shown.remove(model);
    shown.remove(model + ":latest");
  }

  /** The same, with all the time in the world. */
  public void pull(String model, Consumer<PullProgress> progress) {
    pull(model, progress, Deadline.never());
  }

  /**
   * Loads a model into memory, and waits until it can answer. It stays there for as long as Ollama
   * was set up to keep models, five minutes if nobody said; each call begins that time anew.
   *
   * @throws ai.powertools.router.ProviderException if it has no such model, or can't load it
   */
  public void load(String model, Deadline deadline) {
    library.load(model, onlyEmbeds(model), Optional.empty(), deadline);
  }

  /**
   * The same, to stay in memory for a time of one's own after it was last used.
   *
   * @throws IllegalArgumentException if {@code keep} is not at least a millisecond
   */
  public void load(String model, Duration keep, Deadline deadline) {
    if (keep.toMillis() < 1) {
      throw new IllegalArgumentException(
          "A model is kept for a millisecond at least, not " + keep + "; unload takes it out.");
    }
    library.load(model, onlyEmbeds(model), Optional.of(keep), deadline);
  }

  /**
   * Takes a model out of memory, once the calls that it works on have ended. Harmless if it is not
   * there.
   *
   * @throws ai.powertools.router.ProviderException if it has no such model
   */
  public void unload(String model) {
    library.unload(model);
  }

  /**
   * One of its models. It costs exactly $0, and its context and abilities are those that Ollama
   * knows of; 4,096 tokens if it does not answer within five seconds, or does not know. One that
   * runs at ollama.com, whose name ends with {@code cloud}, has no known price.
   */
  @Override
  public ChatModel model(String id) {
    OllamaShown known = known(id);
    long context = known.context().assumed();
    Model facts =
        isCloud(id)
            ? Model.builder(name, id).limits(context, context).traits(known.traits()).build()
            : Model.builder(name, id)
                .limits(context, context)
                .tokenizer(Tokenizer.OTHER)
                .prices(Prices.FREE)
                .traits(known.traits())
                .build();
    return model(facts);
  }

  @Override
  public String name() {
    return name;
  }

  /** True: the chat template is left open after an answer that comes last. */
  @Override
  public boolean continuesText(String model) {
    return true;
  }

  /** True on a loopback address, unless set otherwise. */
  @Override
  public boolean isLocal() {
    return local;
  }

  @Override
  public Optional<URI> endpoint() {
    return Optional.of(endpoint.address());
  }

  /** Ollama hands some models on to its makers, also when it runs on this machine. */
  @Override
  public Optional<String> refusal(Model model, ChatRequest request) {
    return request.localOnly() && isCloud(model.id())
        ? Optional.of("it runs at ollama.com, and the request must stay on this machine")
        : OllamaRequest.refusal(request);
  }

  @Override
  public ChatResponse chat(ProviderCall call) {
    Answer answer = endpoint.answer(this, call);
    Refusals.check(answer, OllamaRequest.refusal(call.request()));
    OllamaContext context = shown.getOrDefault(call.model(), OllamaShown.NOTHING).context();
    byte[] body = Json.bytes(OllamaRequest.body(call, context));
    try (Exchange exchange = endpoint.post(answer, "api/chat", body)) {
      OllamaDecoder decoder = new OllamaDecoder(exchange, answer);
      return call.listener().isPresent()
          ? AnswerReader.stream(exchange, answer, decoder, AnswerReader.Framing.LINES)
          : AnswerReader.whole(exchange, answer, decoder);
    }
  }

  @Override
  public EmbeddingResponse embed(EmbeddingRequest request, Deadline deadline) {
    Errand errand = endpoint.errand(name, request.model(), request.texts(), deadline);
    ObjectNode body = Json.object().put("model", request.model());
    request.texts().forEach(body.putArray("input")::add);
    request.dimensions().ifPresent(length -> body.put("dimensions", length));
    long start = errand.time().nanos();
    Reply reply = Reply.post(endpoint, errand, "api/embed", body);
    List<float[]> vectors = Vectors.of(reply, "embeddings", "", request);
    long counted = reply.json().path("prompt_eval_count").asLong(0);
    return new EmbeddingResponse(
        vectors,
        name,
        request.model(),
        counted > 0 ? Usage.of(counted, 0) : Vectors.estimate(name, request),
        counted > 0 ? Certainty.EXACT : Certainty.ESTIMATED,
        reply.requestId(),
        errand.time().since(start));
  }

  /** What was learnt is remembered, what was not is asked for again. */
  private OllamaShown known(String id) {
    OllamaShown known = shown.get(id);
    if (known != null) {
      return known;
    }
    Optional<OllamaShown> learnt = library.find(id);
    learnt.ifPresent(facts -> shown.put(id, facts));
    return learnt.orElse(OllamaShown.NOTHING);
  }

  private boolean onlyEmbeds(String model) {
    return known(model).onlyEmbeds();
  }

  private static boolean isCloud(String id) {
    return id.endsWith("-cloud") || id.endsWith(":cloud");
  }

  /** The name and the address, without what is secret. */
  @Override
  public String toString() {
    return name + " at " + endpoint.address();
  }

  /** What the provider is made of. For one thread. */
  public static final class Builder extends ClientBuilder<Builder> {
    /** A machine that is slow may load a model for minutes before it says a word. */
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
    public Ollama build() {
      return new Ollama(this);
    }
  }
}
