package ai.powertools.models;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads usage from the responses of a vendor's API, each token counted once.
 *
 * <p>Vendors count the same things differently. OpenAI and Gemini have cached tokens in the prompt,
 * Anthropic beside it; Gemini and xAI have thoughts beside the answer, OpenAI in it. A reader knows
 * what its API means. It takes the whole response, or the event of a stream that has the usage; for
 * all events of a stream, see {@link #stream()}.
 *
 * <p>Immutable and thread-safe.
 */
public final class UsageReader {
  /** A hundred millionths of a cent: the unit in which xAI reports costs. */
  private static final int XAI_TICK_DIGITS = 10;

  private final UsageLayout layout;

  private UsageReader(UsageLayout layout) {
    this.layout = layout;
  }

  /** OpenAI's chat completions. */
  public static UsageReader openAiChat() {
    return known("openai/chat");
  }

  /** OpenAI's responses, with the searches and sandboxes of its own tools. */
  public static UsageReader openAiResponses() {
    return known("openai/responses");
  }

  /** OpenAI's embeddings. */
  public static UsageReader openAiEmbeddings() {
    return known("openai/embeddings");
  }

  /** OpenAI's images. */
  public static UsageReader openAiImages() {
    return known("openai/images");
  }

  /** OpenAI's realtime: the {@code response.done} event. */
  public static UsageReader openAiRealtime() {
    return known("openai/realtime");
  }

  /** Anthropic's messages. */
  public static UsageReader anthropic() {
    return known("anthropic/default");
  }

  /** Gemini's {@code generateContent}, of Google AI and of Vertex AI. */
  public static UsageReader gemini() {
    return known("google/default");
  }

  /** Amazon Bedrock's Converse. */
  public static UsageReader bedrockConverse() {
    return known("aws/default");
  }

  /** Mistral's chat completions. */
  public static UsageReader mistral() {
    return known("mistral/default");
  }

  /** Groq's chat completions. */
  public static UsageReader groq() {
    return known("groq/default");
  }

  /** DeepSeek's chat completions. */
  public static UsageReader deepSeek() {
    return known("deepseek/chat");
  }

  /** xAI's chat completions. */
  public static UsageReader xai() {
    return known("x-ai/chat");
  }

  /** Cohere's chat, by what it bills. */
  public static UsageReader cohere() {
    return known("cohere/default");
  }

  /** Perplexity's chat completions. */
  public static UsageReader perplexity() {
    return known("perplexity/default");
  }

  /** Ollama's own API, chat and generate. */
  public static UsageReader ollama() {
    return known("ollama/chat");
  }

  /** OpenRouter's chat completions. */
  public static UsageReader openRouter() {
    return known("openrouter/chat");
  }

  /**
   * Any server that answers as OpenAI's chat completions do (vLLM, LM Studio, llama.cpp …), with
   * cached tokens wherever such servers put them.
   */
  public static UsageReader openAiCompatible() {
    return known("openai-compatible/chat");
  }

  /**
   * The reader of a provider's API; empty when there is none.
   *
   * @param provider as in {@code openai}, {@code anthropic}, {@code google}, {@code aws}, {@code
   *     azure} …
   * @param api as in {@code chat}, {@code responses}, {@code embeddings}, {@code anthropic}; {@code
   *     default} for the provider's own
   */
  public static Optional<UsageReader> of(String provider, String api) {
    for (String name : new String[] {provider, Providers.canonical(provider)}) {
      for (String flavor : new String[] {api, otherName(api)}) {
        UsageLayout layout = UsageLayouts.find(name, flavor);
        if (layout != null) {
          return Optional.of(new UsageReader(layout));
        }
      }
    }
    return Optional.empty();
  }

  /** Where a provider has one API for chats, it goes by either name. */
  private static String otherName(String api) {
    return switch (api) {
      case "default" -> "chat";
      case "chat" -> "default";
      default -> api;
    };
  }

  /** The {@code provider/api} that have a reader, in the order of providers. */
  public static List<String> known() {
    return List.copyOf(UsageLayouts.all().keySet());
  }

  /**
   * The usage of a response.
   *
   * @param json the response's body
   * @throws UnreadableUsageException if it is not JSON, has no usage in the form of this API, or
   *     its numbers exclude each other
   */
  public Usage read(String json) {
    return report(json).usage();
  }

  /**
   * All that a response says about its own cost.
   *
   * @param json the response's body
   * @throws UnreadableUsageException as {@link #read}
   */
  public UsageReport report(String json) {
    return report(parsed(json));
  }

  /** Reads the events of a stream, one after another. */
  public UsageStream stream() {
    return new UsageStream(this);
  }

  UsageLayout layout() {
    return layout;
  }

  @Override
  public String toString() {
    return "UsageReader(" + layout.name() + ")";
  }

  /**
   * @param body a response as {@link Json} reads it
   */
  UsageReport report(@Nullable Object body) {
    Map<Unit, Long> quantities = layout.read(body);
    ToolCalls.of(body).forEach((unit, count) -> quantities.putIfAbsent(unit, count));
    Usage usage = usage(quantities);
    Map<?, ?> root = layout.rootOf(body);
    Optional<String> model = JsonTree.text(body, layout.modelPath()).or(() -> modelInside(body));
    return new UsageReport(
        usage,
        model,
        tier(body, root),
        JsonTree.text(root, "inference_geo"),
        cost(root),
        iterations(root, model.orElse("")));
  }

  static @Nullable Object parsed(String json) {
    try {
      return Json.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UnreadableUsageException("This response is not JSON: " + e.getMessage(), e);
    }
  }

  private Usage usage(Map<Unit, Long> quantities) {
    try {
      return Usage.of(quantities);
    } catch (IllegalArgumentException e) {
      throw new UnreadableUsageException(
          "The usage of this response of %s can't be right. %s"
              .formatted(layout.name(), e.getMessage()),
          e);
    }
  }

  /** Events of OpenAI's responses and of Anthropic's messages have the response inside. */
  private static Optional<String> modelInside(@Nullable Object body) {
    return JsonTree.text(body, "response.model").or(() -> JsonTree.text(body, "message.model"));
  }

  /** Anthropic's fast mode is a speed, and a price of its own. */
  private static Optional<String> tier(@Nullable Object body, @Nullable Map<?, ?> root) {
    return JsonTree.text(root, "speed")
        .filter(speed -> !speed.equals("standard"))
        .or(() -> JsonTree.text(root, "service_tier"))
        .or(() -> JsonTree.text(root, "serviceTier"))
        .or(() -> JsonTree.text(root, "trafficType"))
        .or(() -> JsonTree.text(body, "service_tier"))
        .or(() -> JsonTree.text(body, "response.service_tier"))
        .or(() -> JsonTree.text(body, "serviceTier.type"));
  }

  /** OpenRouter's credits are dollars; Perplexity has a total; xAI counts ticks. */
  private static Optional<Usd> cost(@Nullable Map<?, ?> root) {
    Optional<BigDecimal> dollars =
        JsonTree.number(root, "cost").or(() -> JsonTree.number(root, "cost.total_cost"));
    return dollars
        .or(
            () ->
                JsonTree.number(root, "cost_in_usd_ticks")
                    .map(ticks -> ticks.movePointLeft(XAI_TICK_DIGITS)))
        .map(UsageReader::dollars);
  }

  private static Usd dollars(BigDecimal amount) {
    try {
      return Usd.of(amount);
    } catch (IllegalArgumentException e) {
      throw new UnreadableUsageException(
          "The cost that this response reports can't be right. " + e.getMessage(), e);
    }
  }

  /**
   * Anthropic lists the runs within a call. Those of the model that answered are in the total;
   * those of another model, and compactions, are not, and are charged on top.
   */
  private List<UsageReport> iterations(@Nullable Map<?, ?> root, String served) {
    List<UsageReport> found = new ArrayList<>();
    for (Object iteration : JsonTree.list(root == null ? null : root.get("iterations"))) {
      String model = JsonTree.text(iteration, "model").orElse(served);
      boolean apart = JsonTree.text(iteration, "type").filter("compaction"::equals).isPresent();
      if (apart || !model.equals(served)) {
        Usage usage = usage(layout.read(Map.of("usage", iteration)));
        found.add(
            new UsageReport(
                usage,
                Optional.of(model).filter(name -> !name.isEmpty()),
                Optional.empty(),
                JsonTree.text(root, "inference_geo"),
                Optional.empty(),
                List.of()));
      }
    }
    return found;
  }

  private static UsageReader known(String key) {
    return new UsageReader(UsageLayouts.require(key));
  }
}
