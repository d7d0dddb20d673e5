package ai.powertools.router.providers;

import ai.powertools.router.ChatOptions;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.Content;
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
import java.util.regex.Pattern;

/** The body of a request for OpenAI's responses. */
final class OpenAiResponsesRequest {
  /** Under this name thoughts and items of the vendor's own tools are kept. */
  static final String API = "openai-responses";

  /** Others refuse to be asked for encrypted thoughts. */
  private static final Pattern THINKS = Pattern.compile("(?:gpt-[5-9]|o\\d|codex)(?:[-.:].*)?");

  /** What a count of tokens has no use for. */
  private static final List<String> NOT_COUNTED =
      List.of(
          "max_output_tokens",
          "temperature",
          "top_p",
          "service_tier",
          "safety_identifier",
          "prompt_cache_key",
          "metadata",
          "store",
          "include",
          "stream");

  private OpenAiResponsesRequest() {}

  /** What this API has no form for; empty if it can be asked. */
  static Optional<String> refusal(ChatRequest request) {
    if (!request.options().stop().isEmpty()) {
      return Optional.of("OpenAI's responses have no stop texts; chat completions do");
    }
    if (request.options().seed().isPresent()) {
      return Optional.of("OpenAI's responses take no seed; chat completions do");
    }
    return request.has(Content.Audio.class)
        ? Optional.of("OpenAI's responses take no sound; chat completions do")
        : Optional.empty();
  }

  static ObjectNode body(ProviderCall call) {
    ChatRequest request = call.request();
    ObjectNode body = Json.object().put("model", call.model());
    input(request, body.putArray("input"));
    options(request.options(), body);
    tools(request, body);
    format(request.responseFormat(), body);
    body.put("store", false);
    if (THINKS.matcher(call.model()).matches()) {
      body.putArray("include").add("reasoning.encrypted_content");
    }
    if (call.listener().isPresent()) {
      body.put("stream", true);
    }
    Json.merge(body, request.options().extras());
    return body;
  }

  /** The same, for a count of its tokens. */
  static ObjectNode countable(ProviderCall call) {
    ObjectNode body = body(call);
    body.remove(NOT_COUNTED);
    return body;
  }

  private static void options(ChatOptions options, ObjectNode body) {
    options.temperature().ifPresent(temperature -> body.put("temperature", temperature));
    options.topP().ifPresent(topP -> body.put("top_p", topP));
    options.maxOutputTokens().ifPresent(limit -> body.put("max_output_tokens", limit));
    options
        .reasoning()
        .ifPresent(
            effort ->
                body.putObject("reasoning").put("effort", effort.name().toLowerCase(Locale.ROOT)));
    options.serviceTier().ifPresent(tier -> body.put("service_tier", tier));
    options.user().ifPresent(user -> body.put("safety_identifier", user));
    options.cacheKey().ifPresent(key -> body.put("prompt_cache_key", key));
    if (!options.metadata().isEmpty()) {
      options.metadata().forEach(body.putObject("metadata")::put);
    }
  }

  private static void tools(ChatRequest request, ObjectNode body) {
    if (request.tools().isEmpty()) {
      return;
    }
    ArrayNode tools = body.putArray("tools");
    for (Tool tool : request.tools()) {
      ObjectNode function = tools.addObject().put("type", "function").put("name", tool.name());
      if (!tool.description().isEmpty()) {
        function.put("description", tool.description());
      }
      function.set("parameters", Json.known(tool.parameters()));
      function.put("strict", tool.strict());
    }
    if (request.toolChoice() instanceof ToolChoice.Named named) {
      body.putObject("tool_choice").put("type", "function").put("name", named.tool());
    } else if (request.toolChoice() instanceof ToolChoice.Mode mode
        && mode != ToolChoice.Mode.AUTO) {
      body.put("tool_choice", mode.name().toLowerCase(Locale.ROOT));
    }
  }

  private static void format(ResponseFormat format, ObjectNode body) {
    if (format instanceof ResponseFormat.Json) {
      body.putObject("text").putObject("format").put("type", "json_object");
    } else if (format instanceof ResponseFormat.JsonSchema schema) {
      ObjectNode form = body.putObject("text").putObject("format").put("type", "json_schema");
      form.put("name", schema.name());
      form.set("schema", Json.known(schema.schema()));
      form.put("strict", schema.strict());
    }
  }

  private static void input(ChatRequest request, ArrayNode into) {
    for (Message message : request.messages()) {
      switch (message.role()) {
        case SYSTEM -> into.addObject().put("role", "system").put("content", message.text());
        case USER -> user(message, into.addObject().put("role", "user").putArray("content"));
        case ASSISTANT -> message.content().forEach(part -> assistant(part, into));
        case TOOL -> {
          for (Content.ToolResult result : message.parts(Content.ToolResult.class)) {
            into.addObject()
                .put("type", "function_call_output")
                .put("call_id", result.callId())
                .put("output", OpenAiChatRequest.textOf(result));
          }
        }
      }
    }
  }

  private static void user(Message message, ArrayNode parts) {
    for (Content content : message.content()) {
      if (content instanceof Content.Image image) {
        parts
            .addObject()
            .put("type", "input_image")
            .put("image_url", image.media().asUrl())
            .put("detail", "auto");
      } else if (content instanceof Content.File file) {
        ObjectNode part = parts.addObject().put("type", "input_file");
        if (file.media().url().isPresent()) {
          part.put("file_url", file.media().asUrl());
        } else {
          part.put("filename", file.name()).put("file_data", file.media().asUrl());
        }
      } else if (!content.asText().isEmpty()) {
        parts.addObject().put("type", "input_text").put("text", content.asText());
      }
    }
  }

  private static void assistant(Content content, ArrayNode into) {
    if (content instanceof Content.ToolCall call) {
      into.addObject()
          .put("type", "function_call")
          .put("call_id", call.id())
          .put("name", call.name())
          .put("arguments", call.json());
    } else if (content instanceof Content.Reasoning thoughts) {
      thoughts.state().ifPresent(state -> reasoning(thoughts.text(), state, into));
    } else if (content instanceof Content.VendorPart part) {
      part.state().get(API, "json").ifPresent(json -> into.add(Json.objectOr(json)));
    } else if (!content.asText().isEmpty()) {
      into.addObject().put("role", "assistant").put("content", content.asText());
    }
  }

  /** Thoughts without their encrypted form were kept at OpenAI, where nothing is kept. */
  private static void reasoning(String text, Content.VendorState state, ArrayNode into) {
    Optional<String> encrypted = state.get(API, "encrypted_content");
    if (encrypted.isEmpty()) {
      return;
    }
    ObjectNode item = into.addObject().put("type", "reasoning");
    item.put("id", state.get(API, "id").orElse(""));
    ArrayNode summary = item.putArray("summary");
    if (!text.isEmpty()) {
      summary.addObject().put("type", "summary_text").put("text", text);
    }
    item.put("encrypted_content", encrypted.get());
  }
}
