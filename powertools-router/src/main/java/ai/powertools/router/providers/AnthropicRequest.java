package ai.powertools.router.providers;

import ai.powertools.router.CacheFor;
import ai.powertools.router.ChatOptions;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.Content;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ReasoningEffort;
import ai.powertools.router.ResponseFormat;
import ai.powertools.router.Role;
import ai.powertools.router.Tool;
import ai.powertools.router.ToolChoice;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The body of a request for Anthropic's messages.
 *
 * @param ownLimit the most that the model answers with; empty if nobody knows
 */
record AnthropicRequest(Optional<Long> ownLimit) {
  /**
   * What is asked of a model that the catalog does not know; all since Claude 3.5 answer so much.
   */
  private static final long USUAL_LIMIT = 8_192;

  /** A model without known limit has one that no request can carry. */
  private static final long LARGEST_LIMIT = 10_000_000;

  /** The least that thinking may take, by the API's reference. */
  private static final long LEAST_THINKING = 1_024;

  /**
   * Claude before 4.6, which thinks for a number of tokens and knows no effort, and goes on from an
   * answer that comes last.
   */
  private static final Pattern BEFORE_4_6 =
      Pattern.compile(
          "(?:.*[./])?claude-(?:3.*|(?:opus|sonnet|haiku)-4(?:[-.][0-5])?(?:[-@]\\d{8}.*)?)");

  /** What a count of tokens has no use for. */
  private static final List<String> NOT_COUNTED =
      List.of(
          "max_tokens",
          "temperature",
          "top_p",
          "stop_sequences",
          "metadata",
          "service_tier",
          "stream");

  /** Whether it is a Claude before 4.6, after which much became different. */
  static boolean isBefore46(String model) {
    return BEFORE_4_6.matcher(model).matches();
  }

  static boolean isLimit(long tokens) {
    return tokens > 0 && tokens < LARGEST_LIMIT;
  }

  /** What this API has no form for; empty if it can be asked. */
  static Optional<String> refusal(ChatRequest request) {
    if (request.has(Content.Audio.class)) {
      return Optional.of("Claude does not read sound");
    }
    if (request.options().seed().isPresent()) {
      return Optional.of("Anthropic takes no seed");
    }
    if (request.responseFormat() instanceof ResponseFormat.Json) {
      return Optional.of("Anthropic has no JSON mode without a schema; give it a schema");
    }
    boolean onlyRules = request.messages().stream().allMatch(m -> m.role() == Role.SYSTEM);
    return onlyRules
        ? Optional.of("Anthropic wants a message besides the system's; add what the user says")
        : Optional.empty();
  }

  ObjectNode body(ProviderCall call) {
    ChatRequest request = call.request();
    ObjectNode body = Json.object().put("model", call.model());
    long limit =
        request.maxOutputTokens().isPresent()
            ? request.maxOutputTokens().getAsInt()
            : ownLimit.orElse(USUAL_LIMIT);
    body.put("max_tokens", limit);
    messages(request, body);
    options(request.options(), body);
    request.options().reasoning().ifPresent(effort -> thinking(effort, call.model(), limit, body));
    tools(request, body);
    if (request.responseFormat() instanceof ResponseFormat.JsonSchema schema) {
      ObjectNode format = body.withObject("/output_config").putObject("format");
      format.put("type", "json_schema").set("schema", Json.known(schema.schema()));
    }
    if (call.listener().isPresent()) {
      body.put("stream", true);
    }
    Json.merge(body, request.options().extras());
    return body;
  }

  /** The same, for a count of its tokens. */
  ObjectNode countable(ProviderCall call) {
    ObjectNode body = body(call);
    body.remove(NOT_COUNTED);
    return body;
  }

  private static void options(ChatOptions options, ObjectNode body) {
    options.temperature().ifPresent(temperature -> body.put("temperature", temperature));
    options.topP().ifPresent(topP -> body.put("top_p", topP));
    if (!options.stop().isEmpty()) {
      options.stop().forEach(body.putArray("stop_sequences")::add);
    }
    options.serviceTier().ifPresent(tier -> body.put("service_tier", tier));
    options.user().ifPresent(user -> body.putObject("metadata").put("user_id", user));
  }

  private static void thinking(ReasoningEffort effort, String model, long limit, ObjectNode body) {
    if (effort == ReasoningEffort.NONE) {
      body.putObject("thinking").put("type", "disabled");
    } else if (isBefore46(model)) {
      // What thinks needs some of the limit left to answer with.
      long budget = Math.max(LEAST_THINKING, Math.min(tokens(effort), limit / 2));
      body.putObject("thinking").put("type", "enabled").put("budget_tokens", budget);
    } else {
      body.putObject("thinking").put("type", "adaptive");
      String word = effort == ReasoningEffort.MINIMAL ? "low" : effort.name();
      body.withObject("/output_config").put("effort", word.toLowerCase(Locale.ROOT));
    }
  }

  /** Our own steps: the least, and then each about three times the one before. */
  private static long tokens(ReasoningEffort effort) {
    return switch (effort) {
      case NONE, MINIMAL, LOW -> LEAST_THINKING;
      case MEDIUM -> 4_096;
      case HIGH -> 12_288;
      case XHIGH, MAX -> 32_768;
    };
  }

  private static void tools(ChatRequest request, ObjectNode body) {
    if (request.tools().isEmpty()) {
      return;
    }
    ArrayNode tools = body.putArray("tools");
    for (Tool tool : request.tools()) {
      ObjectNode entry = tools.addObject().put("name", tool.name());
      if (!tool.description().isEmpty()) {
        entry.put("description", tool.description());
      }
      entry.set("input_schema", Json.known(tool.parameters()));
      if (tool.strict()) {
        entry.put("strict", true);
      }
    }
    if (request.toolChoice() instanceof ToolChoice.Named named) {
      body.putObject("tool_choice").put("type", "tool").put("name", named.tool());
    } else if (request.toolChoice() == ToolChoice.REQUIRED) {
      body.putObject("tool_choice").put("type", "any");
    } else if (request.toolChoice() == ToolChoice.NONE) {
      body.putObject("tool_choice").put("type", "none");
    }
  }

  /** Rules apart, and what one side says in a row as one message, as the API wants it. */
  private static void messages(ChatRequest request, ObjectNode body) {
    ArrayNode messages = body.putArray("messages");
    String before = "";
    ArrayNode parts = Json.object().putArray("none");
    for (Message message : request.messages()) {
      if (message.role() == Role.SYSTEM) {
        ArrayNode rules = body.withArray("/system");
        AnthropicBlocks.add(message.content(), rules);
        cache(message, rules);
        continue;
      }
      String role = message.role() == Role.ASSISTANT ? "assistant" : "user";
      if (!role.equals(before)) {
        parts = messages.addObject().put("role", role).putArray("content");
        before = role;
      }
      AnthropicBlocks.add(message.content(), parts);
      cache(message, parts);
    }
  }

  private static void cache(Message message, ArrayNode blocks) {
    if (message.cache().isPresent() && blocks.get(blocks.size() - 1) instanceof ObjectNode last) {
      ObjectNode control = last.putObject("cache_control").put("type", "ephemeral");
      control.put("ttl", message.cache().get() == CacheFor.ONE_HOUR ? "1h" : "5m");
    }
  }
}
