package ai.powertools.router;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Something said in a conversation.
 *
 * @param role who says it
 * @param content what is said, in parts; at least one
 * @param cache for how long the prompt up to the end of this message is worth keeping at the
 *     vendor; a hint, which vendors that cache by themselves don't need
 */
public record Message(Role role, List<Content> content, Optional<CacheFor> cache) {
  /** Copies the parts; refuses none. */
  public Message {
    content = List.copyOf(content);
    if (content.isEmpty()) {
      throw new IllegalArgumentException("A message needs some content.");
    }
  }

  /** A message without a hint for the cache. */
  public Message(Role role, List<Content> content) {
    this(role, content, Optional.empty());
  }

  /** Something that the person says. */
  public static Message user(String text) {
    return user(new Content.Text(text));
  }

  /** Something that the person says, in parts. */
  public static Message user(Content... content) {
    return new Message(Role.USER, List.of(content));
  }

  /** A rule that the application sets. */
  public static Message system(String text) {
    return new Message(Role.SYSTEM, List.of(new Content.Text(text)));
  }

  /** Something that the model said. */
  public static Message assistant(String text) {
    return new Message(Role.ASSISTANT, List.of(new Content.Text(text)));
  }

  /** What a tool answered to a call. */
  public static Message toolResult(Content.ToolCall call, String text) {
    return tool(new Content.ToolResult(call.id(), call.name(), text, false));
  }

  /** Why a tool could not do what it was called for. */
  public static Message toolFailure(Content.ToolCall call, String why) {
    return tool(new Content.ToolResult(call.id(), call.name(), why, true));
  }

  /** What tools answered. */
  public static Message tool(Content.ToolResult... results) {
    return new Message(Role.TOOL, List.of(results));
  }

  /** The same, the prompt up to its end being worth keeping at the vendor for this long. */
  public Message cached(CacheFor duration) {
    return new Message(role, content, Optional.of(duration));
  }

  /** All parts as plain text, a blank line between them. */
  public String text() {
    if (content.size() == 1) {
      return content.get(0).asText(); // most messages; nothing to join
    }
    return content.stream()
        .map(Content::asText)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  /** Whether any part is of this kind. */
  boolean has(Class<? extends Content> kind) {
    for (Content part : content) {
      if (kind.isInstance(part)) {
        return true;
      }
    }
    return false;
  }

  /** The documents among the parts. */
  public List<Content.Document> documents() {
    return parts(Content.Document.class);
  }

  /** The parts of one kind, in order. */
  public <C extends Content> List<C> parts(Class<C> kind) {
    return content.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
