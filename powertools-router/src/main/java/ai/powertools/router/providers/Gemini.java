package ai.powertools.router.providers;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Deadline;
import ai.powertools.core.Secret;
import ai.powertools.models.Certainty;
import ai.powertools.models.Model;
import ai.powertools.models.Usage;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.EmbeddingProvider;
import ai.powertools.router.EmbeddingRequest;
import ai.powertools.router.EmbeddingResponse;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.TokenCountingProvider;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Google's Gemini, by its own API: {@code generateContent}, embeddings, counts of tokens.
 *
 * <pre>{@code
 * ChatModel gemini = Gemini.fromEnv().model("gemini-2.5-flash");
 * }</pre>
 *
 * <p>On Vertex AI the same API lies elsewhere: set {@code baseUrl} to {@code
 * https://REGION-aiplatform.googleapis.com/v1/projects/PROJECT/locations/REGION/publishers/google}
 * and the header {@code Authorization} to a token. Safe for use by many threads.
 */
public final class Gemini implements ChatProvider, EmbeddingProvider, TokenCountingProvider {
  private static final String NAME = "google";
  private static final List<String> KEYS = List.of("GEMINI_API_KEY", "GOOGLE_API_KEY");

  private final String name;
  private final boolean local;
  private final Endpoint endpoint;

  private Gemini(Builder builder) {
    this.name = builder.name();
    this.endpoint = builder.endpoint();
    this.local = builder.isLocal(endpoint);
  }

  /** Gemini, to be changed. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * What the environment names: {@code GEMINI_API_KEY} or {@code GOOGLE_API_KEY}, and {@code
   * GOOGLE_GEMINI_BASE_URL}.
   *
   * @throws ConfigurationException if there is neither a key nor an address, or it is none
   */
  public static Gemini fromEnv() {
    return find(System.getenv())
        .orElseThrow(
            () ->
                new ConfigurationException(
                    KEYS.get(0)
                        + " is not set. Set it to your key, or use Gemini.builder().key(…)."));
  }

  /**
   * The same, empty when neither a key nor an address is set.
   *
   * @param env as {@link System#getenv()} gives it
   * @throws ConfigurationException if the address is none
   */
  public static Optional<Gemini> find(Map<String, String> env) {
    Optional<Secret> key = Secret.find(env, KEYS.get(0)).or(() -> Secret.find(env, KEYS.get(1)));
    Optional<URI> url = Environment.address(env, "GOOGLE_GEMINI_BASE_URL");
    if (key.isEmpty() && url.isEmpty()) {
      return Optional.empty();
    }
    Builder builder = builder();
    key.ifPresent(builder::key);
    url.ifPresent(builder::baseUrl);
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

  @Override
  public Optional<String> refusal(Model model, ChatRequest request) {
    return GeminiRequest.refusal(request);
  }

  @Override
  public ChatResponse chat(ProviderCall call) {
    Answer answer = endpoint.answer(this, call);
    Refusals.check(answer, GeminiRequest.refusal(call.request()));
    boolean streamed = call.listener().isPresent();
    String method = streamed ? ":streamGenerateContent?alt=sse" : ":generateContent";
    byte[] body = Json.bytes(GeminiRequest.body(call));
    try (Exchange exchange = endpoint.post(answer, path(call.model()) + method, body)) {
      GeminiDecoder decoder = new GeminiDecoder(exchange, answer);
      return streamed && !exchange.isJson()
          ? AnswerReader.stream(exchange, answer, decoder, AnswerReader.Framing.SSE)
          : AnswerReader.whole(exchange, answer, decoder);
    }
  }

  @Override
  public EmbeddingResponse embed(EmbeddingRequest request, Deadline deadline) {
    Errand errand = endpoint.errand(name, request.model(), request.texts(), deadline);
    long start = errand.time().nanos();
    Reply reply =
        Reply.post(
            endpoint, errand, path(request.model()) + ":batchEmbedContents", embeddings(request));
    List<float[]> vectors = Vectors.of(reply, "embeddings", "values", request);
    long counted = reply.json().path("usageMetadata").path("promptTokenCount").asLong(0);
    return new EmbeddingResponse(
        vectors,
        name,
        request.model(),
        counted > 0 ? Usage.of(counted, 0) : Vectors.estimate(name, request),
        counted > 0 ? Certainty.EXACT : Certainty.ESTIMATED,
        reply.requestId(),
        errand.time().since(start));
  }

  private static ObjectNode embeddings(EmbeddingRequest request) {
    ObjectNode body = Json.object();
    ArrayNode requests = body.putArray("requests");
    for (String text : request.texts()) {
      ObjectNode one = requests.addObject().put("model", path(request.model()));
      one.putObject("content").putArray("parts").addObject().put("text", text);
      request.purpose().ifPresent(purpose -> one.put("taskType", taskType(purpose)));
      request.dimensions().ifPresent(length -> one.put("outputDimensionality", length));
    }
    return body;
  }

  private static String taskType(EmbeddingRequest.Purpose purpose) {
    return switch (purpose) {
      case QUERY -> "RETRIEVAL_QUERY";
      case DOCUMENT -> "RETRIEVAL_DOCUMENT";
      case SIMILARITY -> "SEMANTIC_SIMILARITY";
      case CLASSIFICATION -> "CLASSIFICATION";
      case CLUSTERING -> "CLUSTERING";
    };
  }

  @Override
  public long countTokens(String model, ChatRequest request, Deadline deadline) {
    Errand errand =
        endpoint.errand(
            name, model, request.messages().stream().map(Message::text).toList(), deadline);
    Refusals.check(errand, GeminiRequest.refusal(request));
    ObjectNode body = Json.object();
    ObjectNode counted =
        GeminiRequest.body(new ProviderCall(model, request, Optional.empty(), deadline));
    body.set("generateContentRequest", counted.put("model", path(model)));
    return Reply.post(endpoint, errand, path(model) + ":countTokens", body).count("totalTokens");
  }

  /** Tuned models have a folder of their own. */
  private static String path(String model) {
    return model.contains("/") ? model : "models/" + model;
  }

  /** The name and the address, without what is secret. */
  @Override
  public String toString() {
    return name + " at " + endpoint.address();
  }

  /** What the provider is made of. For one thread. */
  public static final class Builder extends ClientBuilder<Builder> {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private Builder() {
      super(NAME, URI.create("https://generativelanguage.googleapis.com/v1beta"), TIMEOUT);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    String keyHeader() {
      return "x-goog-api-key";
    }

    /**
     * The provider. Nothing is sent yet.
     *
     * @throws ConfigurationException if the base URL is none of HTTP
     */
    public Gemini build() {
      return new Gemini(this);
    }
  }
}
