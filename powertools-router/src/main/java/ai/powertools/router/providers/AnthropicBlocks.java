package ai.powertools.router.providers;

import ai.powertools.router.Content;
import ai.powertools.router.Media;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The parts of a message as Anthropic's content blocks. */
final class AnthropicBlocks {
  /** Under this name signatures, hidden thoughts and blocks of the vendor's own tools are kept. */
  static final String API = "anthropic";

  private AnthropicBlocks() {}

  static void add(List<Content> contents, ArrayNode blocks) {
    for (Content content : contents) {
      add(content, blocks);
    }
  }

  private static void add(Content content, ArrayNode blocks) {
    if (content instanceof Content.Image image) {
      source(image.media(), blocks.addObject().put("type", "image"));
    } else if (content instanceof Content.File file) {
      ObjectNode block = blocks.addObject().put("type", "document");
      document(file.media(), block);
      block.put("title", file.name());
    } else if (content instanceof Content.ToolCall call) {
      blocks
          .addObject()
          .put("type", "tool_use")
          .put("id", call.id())
          .put("name", call.name())
          .set("input", Json.objectOr(call.json()));
    } else if (content instanceof Content.ToolResult result) {
      ObjectNode block = blocks.addObject().put("type", "tool_result");
      block.put("tool_use_id", result.callId()).put("content", result.text());
      if (result.failed()) {
        block.put("is_error", true);
      }
    } else if (content instanceof Content.Reasoning thoughts) {
      // Without a signature they were another model's.
      Optional<String> signature = thoughts.state().flatMap(state -> state.get(API, "signature"));
      signature.ifPresent(
          sign ->
              blocks
                  .addObject()
                  .put("type", "thinking")
                  .put("thinking", thoughts.text())
                  .put("signature", sign));
    } else if (content instanceof Content.VendorPart part) {
      part.state().get(API, "json").ifPresent(json -> blocks.add(Json.objectOr(json)));
    } else if (!content.asText().isBlank()) {
      blocks.addObject().put("type", "text").put("text", content.asText()); // it refuses blank ones
    }
  }

  private static void source(Media media, ObjectNode block) {
    ObjectNode source = block.putObject("source");
    if (media.url().isPresent()) {
      source.put("type", "url").put("url", media.asUrl());
    } else {
      source.put("type", "base64").put("media_type", media.mediaType());
      source.put("data", media.base64().orElse(""));
    }
  }

  /** Plain text has a form of its own, which wants no base64. */
  private static void document(Media media, ObjectNode block) {
    Optional<byte[]> bytes = media.bytes();
    if (bytes.isPresent() && media.mediaType().startsWith("text/")) {
      block
          .putObject("source")
          .put("type", "text")
          .put("media_type", "text/plain")
          .put("data", new String(bytes.get(), StandardCharsets.UTF_8));
    } else {
      source(media, block);
    }
  }
}
