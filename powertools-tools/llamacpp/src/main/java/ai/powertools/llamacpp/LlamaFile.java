package ai.powertools.llamacpp;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import ai.powertools.models.Certainty;
import ai.powertools.models.Model;
import ai.powertools.models.Usage;
import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.EmbeddingProvider;
import ai.powertools.router.EmbeddingRequest;
import ai.powertools.router.EmbeddingResponse;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.router.TokenCountingProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model in a GGUF file, loaded into this process. It costs exactly $0.
 *
 * <p>A call looks at its deadline and at interrupts between tokens; while the prompt is read it
 * can't be stopped. Calls wait for each other: the model answers one at a time. A file that is
 * loaded to embed does not chat. Closing waits for the calls under way. Safe for use by many
 * threads.
 */
public final class LlamaFile
    implements ChatProvider, EmbeddingProvider, TokenCountingProvider, AutoCloseable {
  private static final String NAME = "llama";

  private final String id;
  private final int contextTokens;
  private final boolean embeds;
  private final Time time;
  private final Engine engine;

  private LlamaFile(Builder builder) {
    this.id = nameOf(builder.file);
    this.contextTokens = builder.contextTokens;
    this.embeds = builder.embeds;
    this.time = builder.time;
    this.engine =
        Engine.load(
            builder.file,
            new Engine.Settings(contextTokens, builder.threads, builder.gpuLayers, embeds));
  }

  /**
   * The model in a file, with room for 4,096 tokens.
   *
   * @throws ConfigurationException if there is no such file, or llama.cpp can't load it
   */
  public static LlamaFile load(Path file) {
    return builder(file).load();
  }

  /** The model in a file, to be changed. */
  public static Builder builder(Path file) {
    return new Builder(file);
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName()).replaceAll("\\.gguf$", "");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  /** The model, named after its file. */
  public ChatModel model() {
    return model(id);
  }

  /** The same under another name: there is one model in the file. */
  @Override
  public ChatModel model(String name) {
    return model(Model.local(NAME, name, contextTokens));
  }

  @Override
  public Optional<String> refusal(Model model, ChatRequest request) {
    return embeds
        ? Optional.of("it was loaded to make vectors; load the file without embeddings() to chat")
        : Prompt.refusal(request);
  }

  /**
   * Answers. The text is cut off before a stop text and at the limit of the answer.
   *
   * @throws ProviderException if the request can't be served, the deadline passes, or the thread is
   *     interrupted, which stays set
   * @throws IllegalStateException if it is closed
   */
  @Override
  public ChatResponse chat(ProviderCall call) {
    refusal(model().facts().orElseThrow(), call.request())
        .ifPresent(
            why -> {
              throw failure(ErrorKind.INVALID_REQUEST, call.model(), why);
            });
    return engine.using(llama -> new Generation(llama, call, NAME, contextTokens, time).run());
  }

  /**
   * One vector for each text.
   *
   * @throws ProviderException of kind {@link ErrorKind#INVALID_REQUEST} unless it was loaded to
   *     embed
   */
  @Override
  public EmbeddingResponse embed(EmbeddingRequest request, Deadline deadline) {
    if (!embeds) {
      throw failure(
          ErrorKind.INVALID_REQUEST,
          request.model(),
          "it was loaded to chat; load the file with embeddings() to make vectors");
    }
    if (request.dimensions().isPresent()) {
      throw failure(ErrorKind.INVALID_REQUEST, request.model(), "its vectors have one length only");
    }
    long start = time.nanos();
    List<float[]> vectors = new ArrayList<>();
    long tokens = 0;
    for (String text : request.texts()) {
      if (deadline.expired()) {
        throw failure(ErrorKind.TIMEOUT, request.model(), "its deadline passed");
      }
      int length = tokenize(text).size();
      if (length >= contextTokens) {
        throw failure(
            ErrorKind.CONTEXT_WINDOW,
            request.model(),
            "a text has %d tokens, it holds %d".formatted(length, contextTokens));
      }
      tokens += length;
      vectors.add(engine.using(llama -> llama.embed(text)));
    }
    return new EmbeddingResponse(
        vectors,
        NAME,
        request.model(),
        Usage.of(tokens, 0),
        Certainty.EXACT,
        Optional.empty(),
        time.since(start));
  }

  /** The tokens of a text, as the model's vocabulary has them. */
  public List<Integer> tokenize(String text) {
    List<Integer> tokens = new ArrayList<>();
    for (int token : engine.using(llama -> llama.encode(text))) {
      tokens.add(token);
    }
    return List.copyOf(tokens);
  }

  @Override
  public long countTokens(String model, ChatRequest request, Deadline deadline) {
    Prompt.refusal(request)
        .ifPresent(
            why -> {
              throw failure(ErrorKind.INVALID_REQUEST, model, why);
            });
    return engine.using(llama -> llama.encode(Prompt.of(llama, request)).length);
  }

  private static ProviderException failure(ErrorKind kind, String model, String why) {
    return ProviderException.builder(kind, NAME, model, why).build();
  }

  /**
   * Waits for the calls under way, and frees the model's memory. Harmless twice.
   *
   * @throws IllegalStateException if a listener of a call does it on the call's own thread
   */
  @Override
  public void close() {
    engine.close();
  }

  @Override
  public String toString() {
    return NAME + ":" + id;
  }

  /** How a file is to be loaded. For one thread. */
  public static final class Builder {
    private final Path file;
    private int contextTokens = 4_096;
    private OptionalInt threads = OptionalInt.empty();
    private int gpuLayers;
    private boolean embeds;
    private Time time = Time.system();

    private Builder(Path file) {
      this.file = file;
    }

    /** What input and output may have together; 4,096 unless set. Memory grows with it. */
    public Builder contextTokens(int tokens) {
      this.contextTokens = positive("contextTokens", tokens);
      return this;
    }

    /** How many threads work on a token; llama.cpp's own choice unless set. */
    public Builder threads(int count) {
      this.threads = OptionalInt.of(positive("threads", count));
      return this;
    }

    /**
     * How many layers a graphics card takes, with a native library that has one; none unless set.
     */
    public Builder gpuLayers(int layers) {
      this.gpuLayers = layers;
      return this;
    }

    /** To make vectors, not to chat. */
    public Builder embeddings() {
      this.embeds = true;
      return this;
    }

    /** The clock that answers are timed with; the system's unless set. */
    public Builder time(Time time) {
      this.time = time;
      return this;
    }

    /**
     * Loads it, which may take seconds.
     *
     * @throws ConfigurationException if there is no such file, or llama.cpp can't load it
     */
    public LlamaFile load() {
      if (!Files.isReadable(file)) {
        throw new ConfigurationException(
            "There is no model at " + file + ". Give the path of a GGUF file that can be read.");
      }
      return new LlamaFile(this);
    }

    private static int positive(String what, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(what + " must be at least 1, not " + value);
      }
      return value;
    }
  }
}
