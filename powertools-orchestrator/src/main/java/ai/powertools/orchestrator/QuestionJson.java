package ai.powertools.orchestrator;

import ai.powertools.ratelimit.Priority;
import ai.powertools.router.ChatOptions;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.Message;
import ai.powertools.router.ReasoningEffort;
import ai.powertools.router.ResponseFormat;
import ai.powertools.router.Tool;
import ai.powertools.router.ToolChoice;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A whole question as text, to be asked again by another process. */
final class QuestionJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private QuestionJson() {}

  /** A question; what is null was not said. */
  private record Kept(
      List<Conversations.Said> messages,
      String task,
      boolean localOnly,
      String priority,
      KeptOptions options,
      List<KeptTool> tools,
      String toolChoice,
      @Nullable String tool,
      KeptFormat format,
      @Nullable String model,
      @Nullable String session,
      @Nullable Long timeoutMillis) {}

  private record KeptOptions(
      @Nullable Integer maxOutputTokens,
      @Nullable Double temperature,
      @Nullable Double topP,
      List<String> stop,
      @Nullable Long seed,
      @Nullable String reasoning,
      @Nullable String serviceTier,
      @Nullable String user,
      Map<String, String> metadata,
      @Nullable String cacheKey,
      Map<String, Object> extras) {}

  private record KeptTool(String name, String description, String parameters, boolean strict) {}

  private record KeptFormat(
      String kind, @Nullable String name, @Nullable String schema, boolean strict) {}

  static String write(Question question) {
    ChatRequest request = question.request();
    ToolChoice choice = request.toolChoice();
    Kept kept =
        new Kept(
            request.messages().stream().map(Conversations.Said::of).toList(),
            request.task(),
            request.localOnly(),
            question.priority().name(),
            kept(request.options()),
            request.tools().stream()
                .map(t -> new KeptTool(t.name(), t.description(), t.parameters(), t.strict()))
                .toList(),
            choice instanceof ToolChoice.Mode mode ? mode.name() : "NAMED",
            choice instanceof ToolChoice.Named named ? named.tool() : null,
            kept(request.responseFormat()),
            request.model().orElse(null),
            question.session().orElse(null),
            question.timeout().map(Duration::toMillis).orElse(null));
    try {
      return MAPPER.writeValueAsString(kept);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The question can't be kept: one of its extras is no JSON value.", e);
    }
  }

  /**
   * The question again.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Question read(String json) {
    try {
      return question(MAPPER.readValue(json, Kept.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "What is kept is no question, or its redaction left no JSON: it can't be asked again.",
          e);
    }
  }

  private static Question question(Kept kept) {
    KeptOptions options = kept.options();
    List<Message> messages = kept.messages().stream().map(Conversations.Said::message).toList();
    List<Tool> tools =
        kept.tools().stream()
            .map(t -> new Tool(t.name(), t.description(), t.parameters(), t.strict()))
            .toList();
    ToolChoice choice =
        kept.tool() == null
            ? ToolChoice.Mode.valueOf(kept.toolChoice())
            : ToolChoice.of(kept.tool());
    ChatRequest request =
        new ChatRequest(
            messages,
            Optional.ofNullable(kept.model()),
            options(options),
            tools,
            choice,
            format(kept.format()),
            kept.task(),
            kept.localOnly());
    return new Question(
        request,
        Optional.ofNullable(kept.session()),
        Optional.ofNullable(kept.timeoutMillis()).map(Duration::ofMillis),
        Priority.valueOf(kept.priority()));
  }

  private static KeptOptions kept(ChatOptions options) {
    return new KeptOptions(
        options.maxOutputTokens().isPresent() ? options.maxOutputTokens().getAsInt() : null,
        options.temperature().isPresent() ? options.temperature().getAsDouble() : null,
        options.topP().isPresent() ? options.topP().getAsDouble() : null,
        options.stop(),
        options.seed().isPresent() ? options.seed().getAsLong() : null,
        options.reasoning().map(ReasoningEffort::name).orElse(null),
        options.serviceTier().orElse(null),
        options.user().orElse(null),
        options.metadata(),
        options.cacheKey().orElse(null),
        options.extras());
  }

  private static ChatOptions options(KeptOptions kept) {
    return new ChatOptions(
        kept.maxOutputTokens() == null
            ? OptionalInt.empty()
            : OptionalInt.of(kept.maxOutputTokens()),
        kept.temperature() == null ? OptionalDouble.empty() : OptionalDouble.of(kept.temperature()),
        kept.topP() == null ? OptionalDouble.empty() : OptionalDouble.of(kept.topP()),
        kept.stop(),
        kept.seed() == null ? OptionalLong.empty() : OptionalLong.of(kept.seed()),
        Optional.ofNullable(kept.reasoning()).map(ReasoningEffort::valueOf),
        Optional.ofNullable(kept.serviceTier()),
        Optional.ofNullable(kept.user()),
        kept.metadata(),
        Optional.ofNullable(kept.cacheKey()),
        kept.extras());
  }

  private static KeptFormat kept(ResponseFormat format) {
    if (format instanceof ResponseFormat.JsonSchema schema) {
      return new KeptFormat("schema", schema.name(), schema.schema(), schema.strict());
    }
    return new KeptFormat(
        format instanceof ResponseFormat.Json ? "json" : "text", null, null, false);
  }

  private static ResponseFormat format(KeptFormat kept) {
    if (kept.name() != null && kept.schema() != null) {
      return new ResponseFormat.JsonSchema(kept.name(), kept.schema(), kept.strict());
    }
    return kept.kind().equals("json") ? ResponseFormat.JSON : ResponseFormat.TEXT;
  }
}
