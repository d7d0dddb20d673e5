package ai.powertools.router.providers;

import ai.powertools.router.ChatOptions;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.Content;
import ai.powertools.router.Media;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ResponseFormat;
import ai.powertools.router.Tool;
import ai.powertools.router.ToolChoice;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The body of a request for chat completions, as one server takes it. */
final class OpenAiChatRequest {
  private final OpenAiDialect dialect;

  OpenAiChatRequest(OpenAiDialect dialect) {
    this.dialect = dialect;
  }

  /** What this API has no form for; empty if it can be asked. */
  static Optional<String> refusal(ChatRequest request) {
    for (Message message : request.messages()) {
      for (Content content : message.content()) {
        if (content instanceof Content.Audio audio && audioFormat(audio.media()).isEmpty()) {
          return Optional.of(
              "chat completions take sound as bytes of WAV or MP3, not "
                  + audio.media().mediaType()
                  + (audio.media().url().isPresent() ? " at an address" : ""));
        }
        if (content instanceof Content.File file && file.media().url().isPresent()) {
          return Optional.of("chat completions take files as bytes, not by their address");
        }
      }
    }
    return Optional.empty();
  }

  byte[] body(ProviderCall call) {
    return Json.bytes(tree(call));
  }

  ObjectNode tree(ProviderCall call) {
    ChatRequest request = call.request();
    ObjectNode body = Json.object().put("model", call.model());
    messages(request, body.putArray("messages"));
    options(request.options(), call.model(), body);
    tools(request, body);
    format(request.responseFormat(), body);
    if (call.listener().isPresent()) {
      body.put("stream", true);
      if (dialect.takesStreamOptions()) {
        body.putObject("stream_options").put("include_usage", true);
      }
    }
    Json.merge(body, request.options().extras());
    return body;
  }

  private void options(ChatOptions options, String model, ObjectNode body) {
    options.temperature().ifPresent(temperature -> body.put("temperature", temperature));
    options.topP().ifPresent(topP -> body.put("top_p", topP));
    options.maxOutputTokens().ifPresent(limit -> body.put(dialect.limitName(model), limit));
    if (!options.stop().isEmpty()) {
      options.stop().forEach(body.putArray("stop")::add);
    }
    options.seed().ifPresent(seed -> body.put(dialect.seedName(), seed));
    options
        .reasoning()
        .ifPresent(effort -> body.put("reasoning_effort", effort.name().toLowerCase(Locale.ROOT)));
    options.serviceTier().ifPresent(tier -> body.put("service_tier", tier));
    if (dialect.isOpenAi()) {
      options.user().ifPresent(user -> body.put("safety_identifier", user));
      options.cacheKey().ifPresent(key -> body.put("prompt_cache_key", key));
      if (!options.metadata().isEmpty()) {
        options.metadata().forEach(body.putObject("metadata")::put);
      }
    } else if (!dialect.isStrict()) {
      options.user().ifPresent(user -> body.put("user", user));
    }
  }

  private static void tools(ChatRequest request, ObjectNode body) {
    if (request.tools().isEmpty()) {
      return;
    }
    ArrayNode tools = body.putArray("tools");
    for (Tool tool : request.tools()) {
      ObjectNode function = tools.addObject().put("type", "function").putObject("function");
      function.put("name", tool.name());
      if (!tool.description().isEmpty()) {
        function.put("description", tool.description());
      }
      function.set("parameters", Json.known(tool.parameters()));
      if (tool.strict()) {
        function.put("strict", true);
      }
    }
    if (request.toolChoice() instanceof ToolChoice.Named named) {
      ObjectNode choice = body.putObject("tool_choice").put("type", "function");
      choice.putObject("function").put("name", named.tool());
    } else if (request.toolChoice() instanceof ToolChoice.Mode mode
        && mode != ToolChoice.Mode.AUTO) {
      body.put("tool_choice", mode.name().toLowerCase(Locale.ROOT));
    }
  }

  private static void format(ResponseFormat format, ObjectNode body) {
    if (format instanceof ResponseFormat.Json) {
      body.putObject("response_format").put("type", "json_object");
    } else if (format instanceof ResponseFormat.JsonSchema schema) {
      ObjectNode form = body.putObject("response_format").put("type", "json_schema");
      ObjectNode json = form.putObject("json_schema").put("name", schema.name());
      json.set("schema", Json.known(schema.schema()));
      json.put("strict", schema.strict());
    }
  }

  private void messages(ChatRequest request, ArrayNode into) {
    for (Message message : request.messages()) {
      switch (message.role()) {
        case SYSTEM -> into.addObject().put("role", "system").put("content", message.text());
        case USER -> user(message, into.addObject().put("role", "user"));
        case ASSISTANT -> assistant(message, into.addObject().put("role", "assistant"));
        case TOOL -> {
          for (Content.ToolResult result : message.parts(Content.ToolResult.class)) {
            into.addObject()
                .put("role", "tool")
                .put("tool_call_id", result.callId())
                .put("content", textOf(result));
          }
        }
      }
    }
  }

  /** There is no flag for it, so the words have to say that it failed. */
  static String textOf(Content.ToolResult result) {
    return result.failed() ? "Error: " + result.text() : result.text();
  }

  private static void user(Message message, ObjectNode into) {
    if (isText(message)) {
      into.put("content", message.text());
      return;
    }
    ArrayNode parts = into.putArray("content");
    for (Content content : message.content()) {
      if (content instanceof Content.Image image) {
        ObjectNode part = parts.addObject().put("type", "image_url");
        part.putObject("image_url").put("url", image.media().asUrl());
      } else if (content instanceof Content.Audio audio) {
        ObjectNode part = parts.addObject().put("type", "input_audio");
        part.putObject("input_audio")
            .put("data", audio.media().base64().orElse(""))
            .put("format", audioFormat(audio.media()).orElse(""));
      } else if (content instanceof Content.File file) {
        ObjectNode part = parts.addObject().put("type", "file");
        part.putObject("file").put("filename", file.name()).put("file_data", file.media().asUrl());
      } else if (!content.asText().isEmpty()) {
        parts.addObject().put("type", "text").put("text", content.asText());
      }
    }
  }

  private void assistant(Message message, ObjectNode into) {
    String text = message.text();
    List<Content.ToolCall> calls = message.parts(Content.ToolCall.class);
    if (text.isEmpty() && !calls.isEmpty()) {
      into.putNull("content");
    } else {
      into.put("content", text);
    }
    if (calls.isEmpty()) {
      return;
    }
    ArrayNode toolCalls = into.putArray("tool_calls");
    for (Content.ToolCall call : calls) {
      ObjectNode function =
          toolCalls
              .addObject()
              .put("id", call.id())
              .put("type", "function")
              .putObject("function")
              .put("name", call.name());
      function.put("arguments", call.json());
    }
    if (dialect.wantsThoughtsBack()) {
      StringBuilder thoughts = new StringBuilder();
      message.parts(Content.Reasoning.class).forEach(part -> thoughts.append(part.text()));
      into.put("reasoning_content", thoughts.toString());
    }
  }

  private static boolean isText(Message message) {
    return message.content().stream()
        .noneMatch(
            part ->
                part instanceof Content.Image
                    || part instanceof Content.Audio
                    || part instanceof Content.File);
  }

  private static Optional<String> audioFormat(Media media) {
    if (media.url().isPresent()) {
      return Optional.empty();
    }
    return switch (media.format()) {
      case "wav", "x-wav", "wave", "vnd.wave" -> Optional.of("wav");
      case "mp3", "mpeg" -> Optional.of("mp3");
      default -> Optional.empty();
    };
  }
}
