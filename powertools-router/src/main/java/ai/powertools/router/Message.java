package ai.powertools.router;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Something said in a conversation.
 *
 * @param role who says it
 * @param content what is said, in parts; at least one
 */
public record Message(Role role, List<Content> content) {
  /** Copies the parts; refuses none. */
  public Message {
    content = List.copyOf(content);
    if (content.isEmpty()) {
      throw new IllegalArgumentException("A message needs some content.");
    }
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

  /** All parts as plain text, a blank line between them. */
  public String text() {
    return content.stream().map(Content::asText).collect(Collectors.joining("\n\n"));
  }

  /** The documents among the parts. */
  public List<Content.Document> documents() {
    return content.stream()
        .filter(Content.Document.class::isInstance)
        .map(Content.Document.class::cast)
        .toList();
  }
}
