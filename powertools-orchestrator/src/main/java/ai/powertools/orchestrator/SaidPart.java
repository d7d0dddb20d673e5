package ai.powertools.orchestrator;

import ai.powertools.router.Content;
import ai.powertools.router.Media;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message as the session keeps it.
 *
 * @param document the name of a document; empty for anything else
 * @param text the words, if there are any
 * @param more what makes it something else than words or a document, by name; null in what was kept
 *     before there was anything else
 */
record SaidPart(String document, String text, @Nullable Map<String, String> more) {
  private static final String KIND = "kind";

  static SaidPart of(Content content) {
    if (content instanceof Content.Document document) {
      return new SaidPart(document.name(), document.text(), null);
    } else if (content instanceof Content.Image image) {
      return with("image", "", media(image.media()));
    } else if (content instanceof Content.Audio audio) {
      return with("audio", "", media(audio.media()));
    } else if (content instanceof Content.File file) {
      return with("file", file.name(), media(file.media()));
    } else if (content instanceof Content.ToolCall call) {
      Map<String, String> more = state(call.state());
      more.put("id", call.id());
      more.put("name", call.name());
      return with("tool_call", call.json(), more);
    } else if (content instanceof Content.ToolResult result) {
      Map<String, String> more = new HashMap<>();
      more.put("id", result.callId());
      more.put("name", result.name());
      more.put("failed", String.valueOf(result.failed()));
      return with("tool_result", result.text(), more);
    } else if (content instanceof Content.Reasoning thoughts) {
      return with("reasoning", thoughts.text(), state(thoughts.state()));
    } else if (content instanceof Content.VendorPart part) {
      return with("vendor", "", state(Optional.of(part.state())));
    }
    return new SaidPart("", content.asText(), null);
  }

  Content content() {
    if (more == null || more.isEmpty()) {
      return document.isEmpty() ? new Content.Text(text) : new Content.Document(document, text);
    }
    return switch (more.getOrDefault(KIND, "")) {
      case "image" -> new Content.Image(media(more));
      case "audio" -> new Content.Audio(media(more));
      case "file" -> new Content.File(text, media(more));
      case "tool_call" -> new Content.ToolCall(get("id"), get("name"), text, state(more));
      case "tool_result" ->
          new Content.ToolResult(get("id"), get("name"), text, Boolean.parseBoolean(get("failed")));
      case "reasoning" -> new Content.Reasoning(text, state(more));
      case "vendor" -> new Content.VendorPart(state(more).orElseThrow());
      default -> new Content.Text(text); // of a later version: its words are better than nothing
    };
  }

  private String get(String name) {
    return more == null ? "" : more.getOrDefault(name, "");
  }

  private static SaidPart with(String kind, String text, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put(KIND, kind);
    return new SaidPart("", text, Map.copyOf(all));
  }

  private static Map<String, String> media(Media media) {
    Map<String, String> more = new HashMap<>();
    more.put("type", media.mediaType());
    media.base64().ifPresent(bytes -> more.put("base64", bytes));
    media.url().ifPresent(url -> more.put("url", url.toString()));
    return more;
  }

  private static Media media(Map<String, String> more) {
    String type = more.getOrDefault("type", "");
    String url = more.get("url");
    return url == null
        ? Media.ofBase64(more.getOrDefault("base64", ""), type)
        : Media.at(URI.create(url), type);
  }

  private static Map<String, String> state(Optional<Content.VendorState> state) {
    Map<String, String> more = new HashMap<>();
    state.ifPresent(
        kept -> {
          more.put("api", kept.api());
          kept.fields().forEach((name, value) -> more.put("state." + name, value));
        });
    return more;
  }

  private static Optional<Content.VendorState> state(Map<String, String> more) {
    String api = more.get("api");
    if (api == null) {
      return Optional.empty();
    }
    Map<String, String> fields = new HashMap<>();
    more.forEach(
        (name, value) -> {
          if (name.startsWith("state.")) {
            fields.put(name.substring("state.".length()), value);
          }
        });
    return Optional.of(new Content.VendorState(api, fields));
  }
}
