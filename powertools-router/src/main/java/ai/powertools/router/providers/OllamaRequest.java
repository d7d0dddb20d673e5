package ai.powertools.router.providers;

import ai.powertools.router.ChatOptions;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.Content;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ReasoningEffort;
import ai.powertools.router.ResponseFormat;
import ai.powertools.router.Tool;
import ai.powertools.router.ToolChoice;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;

/** The body of a request for Ollama's chat. */
final class OllamaRequest {
  private OllamaRequest() {}

  /** What this API has no form for; empty if it can be asked. */
  static Optional<String> refusal(ChatRequest request) {
    if (request.has(Content.Audio.class)) {
      return Optional.of("Ollama takes no sound");
    }
    if (request.has(Content.File.class)) {
      return Optional.of("Ollama takes no files; give their text as a document");
    }
    boolean remote =
        request.messages().stream()
            .flatMap(message -> message.parts(Content.Image.class).stream())
            .anyMatch(image -> image.media().url().isPresent());
    if (remote) {
      return Optional.of("Ollama takes images as bytes, not by their address");
    }
    if (request.toolChoice() instanceof ToolChoice.Named
        || request.toolChoice() == ToolChoice.REQUIRED) {
      return Optional.of("Ollama can't be made to call a tool; leave the choice to the model");
    }
    return request.options().serviceTier().isPresent()
        ? Optional.of("Ollama has no service tiers")
        : Optional.empty();
  }

  static ObjectNode body(ProviderCall call, OllamaContext context) {
    ChatRequest request = call.request();
    ObjectNode body = Json.object().put("model", call.model());
    messages(request, body.putArray("messages"));
    if (!request.tools().isEmpty() && request.toolChoice() != ToolChoice.NONE) {
      tools(request, body.putArray("tools"));
    }
    if (request.responseFormat() instanceof ResponseFormat.Json) {
      body.put("format", "json");
    } else if (request.responseFormat() instanceof ResponseFormat.JsonSchema schema) {
      body.set("format", Json.known(schema.schema()));
    }
    request.options().reasoning().ifPresent(effort -> think(effort, call.model(), body));
    body.put("stream", call.listener().isPresent());
    ObjectNode options = options(request.options());
    context.windowFor(request).ifPresent(window -> options.put("num_ctx", window));
    if (!options.isEmpty()) {
      body.set("options", options);
    }
    Json.merge(body, request.options().extras());
    return body;
  }

  private static ObjectNode options(ChatOptions given) {
    ObjectNode options = Json.object();
    given.temperature().ifPresent(temperature -> options.put("temperature", temperature));
    given.topP().ifPresent(topP -> options.put("top_p", topP));
    given.maxOutputTokens().ifPresent(limit -> options.put("num_predict", limit));
    given.seed().ifPresent(seed -> options.put("seed", seed));
    if (!given.stop().isEmpty()) {
      given.stop().forEach(options.putArray("stop")::add);
    }
    return options;
  }

  /** Levels are for gpt-oss; others think or don't, and refuse to hear of levels. */
  private static void think(ReasoningEffort effort, String model, ObjectNode body) {
    if (!model.toLowerCase(Locale.ROOT).contains("gpt-oss")) {
      body.put("think", effort != ReasoningEffort.NONE);
      return;
    }
    body.put(
        "think",
        switch (effort) {
          case NONE, MINIMAL, LOW -> "low";
          case MEDIUM -> "medium";
          case HIGH, XHIGH, MAX -> "high";
        });
  }

  private static void tools(ChatRequest request, ArrayNode tools) {
    for (Tool tool : request.tools()) {
      ObjectNode function = tools.addObject().put("type", "function").putObject("function");
      function.put("name", tool.name());
      if (!tool.description().isEmpty()) {
        function.put("description", tool.description());
      }
      function.set("parameters", Json.known(tool.parameters()));
    }
  }

  private static void messages(ChatRequest request, ArrayNode into) {
    for (Message message : request.messages()) {
      switch (message.role()) {
        case SYSTEM -> into.addObject().put("role", "system").put("content", message.text());
        case USER -> user(message, into.addObject().put("role", "user"));
        case ASSISTANT -> assistant(message, into.addObject().put("role", "assistant"));
        case TOOL -> {
          for (Content.ToolResult result : message.parts(Content.ToolResult.class)) {
            into.addObject()
                .put("role", "tool")
                .put("content", OpenAiChatRequest.textOf(result))
                .put("tool_name", result.name());
          }
        }
      }
    }
  }

  private static void user(Message message, ObjectNode into) {
    into.put("content", message.text());
    for (Content.Image image : message.parts(Content.Image.class)) {
      into.withArray("/images").add(image.media().base64().orElse(""));
    }
  }

  private static void assistant(Message message, ObjectNode into) {
    into.put("content", message.text());
    for (Content.ToolCall call : message.parts(Content.ToolCall.class)) {
      ObjectNode function = into.withArray("/tool_calls").addObject().putObject("function");
      function.put("name", call.name()).set("arguments", Json.objectOr(call.json()));
    }
  }
}
