package ai.powertools.router.providers;

import ai.powertools.router.ChatOptions;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.Content;
import ai.powertools.router.Media;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ReasoningEffort;
import ai.powertools.router.ResponseFormat;
import ai.powertools.router.Role;
import ai.powertools.router.Tool;
import ai.powertools.router.ToolChoice;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The body of a request for Gemini's {@code generateContent}. */
final class GeminiRequest {
  /** Under this name signatures, ids and parts of the vendor's own tools are kept. */
  static final String API = "gemini";

  private GeminiRequest() {}

  /** What this API has no form for; empty if it can be asked. */
  static Optional<String> refusal(ChatRequest request) {
    ChatOptions options = request.options();
    if (options.serviceTier().isPresent()) {
      return Optional.of("Gemini's API has no service tiers to ask for");
    }
    if (options.seed().isPresent()
        && (int) options.seed().getAsLong() != options.seed().getAsLong()) {
      return Optional.of("Gemini takes seeds of 32 bits only");
    }
    boolean onlyRules = request.messages().stream().allMatch(m -> m.role() == Role.SYSTEM);
    return onlyRules
        ? Optional.of("Gemini wants a message besides the system's; add what the user says")
        : Optional.empty();
  }

  static ObjectNode body(ProviderCall call) {
    ChatRequest request = call.request();
    ObjectNode body = Json.object();
    contents(request, body);
    ObjectNode config = Json.object();
    options(request.options(), call.model(), config);
    format(request.responseFormat(), config);
    if (!config.isEmpty()) {
      body.set("generationConfig", config);
    }
    tools(request, body);
    Json.merge(body, request.options().extras());
    return body;
  }

  private static void options(ChatOptions options, String model, ObjectNode config) {
    options.temperature().ifPresent(temperature -> config.put("temperature", temperature));
    options.topP().ifPresent(topP -> config.put("topP", topP));
    options.maxOutputTokens().ifPresent(limit -> config.put("maxOutputTokens", limit));
    if (!options.stop().isEmpty()) {
      options.stop().forEach(config.putArray("stopSequences")::add);
    }
    options.seed().ifPresent(seed -> config.put("seed", (int) seed));
    options
        .reasoning()
        .ifPresent(
            effort -> {
              ObjectNode thinking = config.putObject("thinkingConfig");
              thinking.put("thinkingBudget", budget(effort, model));
              if (effort != ReasoningEffort.NONE) {
                thinking.put("includeThoughts", true);
              }
            });
  }

  /**
   * Steps between the bounds of the <a href="https://ai.google.dev/gemini-api/docs/thinking">guide
   * to thinking</a>: 512 to 24,576 tokens, 32,768 for the models called pro.
   */
  private static int budget(ReasoningEffort effort, String model) {
    return switch (effort) {
      case NONE -> 0;
      case MINIMAL -> 512;
      case LOW -> 1_024;
      case MEDIUM -> 8_192;
      case HIGH -> 24_576;
      case XHIGH, MAX -> model.contains("pro") ? 32_768 : 24_576;
    };
  }

  private static void format(ResponseFormat format, ObjectNode config) {
    if (format instanceof ResponseFormat.Text) {
      return;
    }
    config.put("responseMimeType", "application/json");
    if (format instanceof ResponseFormat.JsonSchema schema) {
      config.set("responseJsonSchema", Json.known(schema.schema()));
    }
  }

  private static void tools(ChatRequest request, ObjectNode body) {
    if (request.tools().isEmpty()) {
      return;
    }
    ArrayNode functions = body.putArray("tools").addObject().putArray("functionDeclarations");
    for (Tool tool : request.tools()) {
      // It wants a description of each.
      String description = tool.description().isEmpty() ? tool.name() : tool.description();
      functions
          .addObject()
          .put("name", tool.name())
          .put("description", description)
          .set("parametersJsonSchema", Json.known(tool.parameters()));
    }
    if (request.toolChoice() == ToolChoice.AUTO) {
      return;
    }
    ObjectNode config = body.putObject("toolConfig").putObject("functionCallingConfig");
    config.put("mode", request.toolChoice() == ToolChoice.NONE ? "NONE" : "ANY");
    if (request.toolChoice() instanceof ToolChoice.Named named) {
      config.putArray("allowedFunctionNames").add(named.tool());
    }
  }

  private static void contents(ChatRequest request, ObjectNode body) {
    ArrayNode contents = body.putArray("contents");
    Set<String> itsIds = new HashSet<>();
    String before = "";
    ArrayNode parts = Json.object().putArray("none");
    for (Message message : request.messages()) {
      if (message.role() == Role.SYSTEM) {
        body.withObject("/systemInstruction")
            .withArray("/parts")
            .addObject()
            .put("text", message.text());
        continue;
      }
      String role = message.role() == Role.ASSISTANT ? "model" : "user";
      if (!role.equals(before)) {
        parts = contents.addObject().put("role", role).putArray("parts");
        before = role;
      }
      for (Content content : message.content()) {
        part(content, parts, itsIds);
      }
    }
  }

  /**
   * Adds a part.
   *
   * @param itsIds the ids of calls that are Gemini's own; ours mean nothing to it
   */
  private static void part(Content content, ArrayNode parts, Set<String> itsIds) {
    if (content instanceof Content.Image image) {
      media(image.media(), parts.addObject());
    } else if (content instanceof Content.Audio audio) {
      media(audio.media(), parts.addObject());
    } else if (content instanceof Content.File file) {
      media(file.media(), parts.addObject());
    } else if (content instanceof Content.ToolCall call) {
      ObjectNode part = parts.addObject();
      ObjectNode function = part.putObject("functionCall");
      call.state()
          .flatMap(state -> state.get(API, "id"))
          .ifPresent(
              id -> {
                function.put("id", id);
                itsIds.add(id);
              });
      function.put("name", call.name()).set("args", Json.objectOr(call.json()));
      sign(call.state(), part);
    } else if (content instanceof Content.ToolResult result) {
      ObjectNode function = parts.addObject().putObject("functionResponse");
      if (itsIds.contains(result.callId())) {
        function.put("id", result.callId());
      }
      function.put("name", result.name()).set("response", response(result));
    } else if (content instanceof Content.Reasoning thoughts) {
      thoughts
          .state()
          .flatMap(state -> state.get(API, "thoughtSignature"))
          .ifPresent(
              signature -> {
                ObjectNode part = parts.addObject().put("text", thoughts.text());
                if (!thoughts.text().isEmpty()) {
                  part.put("thought", true);
                }
                part.put("thoughtSignature", signature);
              });
    } else if (content instanceof Content.VendorPart part) {
      part.state().get(API, "json").ifPresent(json -> parts.add(Json.objectOr(json)));
    } else if (!content.asText().isEmpty()) {
      parts.addObject().put("text", content.asText());
    }
  }

  private static void sign(Optional<Content.VendorState> state, ObjectNode part) {
    state
        .flatMap(own -> own.get(API, "thoughtSignature"))
        .ifPresent(signature -> part.put("thoughtSignature", signature));
  }

  /** It wants an object; a text is one under a name that its guide uses. */
  private static ObjectNode response(Content.ToolResult result) {
    if (result.failed()) {
      return Json.object().put("error", result.text());
    }
    ObjectNode object = Json.objectOr(result.text());
    return object.isEmpty() ? Json.object().put("output", result.text()) : object;
  }

  private static void media(Media media, ObjectNode part) {
    if (media.url().isPresent()) {
      part.putObject("fileData").put("mimeType", media.mediaType()).put("fileUri", media.asUrl());
    } else {
      part.putObject("inlineData")
          .put("mimeType", media.mediaType())
          .put("data", media.base64().orElse(""));
    }
  }
}
