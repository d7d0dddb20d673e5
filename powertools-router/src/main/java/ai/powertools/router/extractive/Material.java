package ai.powertools.router.extractive;

import ai.powertools.router.ChatRequest;
import ai.powertools.router.Content;
import ai.powertools.router.Message;
import ai.powertools.router.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a request gives to work with.
 *
 * @param documents the texts, each once, in the order of the conversation
 * @param question what the person says last
 */
record Material(List<Content.Document> documents, String question) {
  /** What a text is called that the person said instead of attaching it. */
  static final String SAID = "the message";

  /**
   * Documents come from the whole conversation, so that one given before can be asked about again;
   * but a digest of documents that came with the last message is a digest of those alone.
   */
  static Material of(ChatRequest request, Skill skill) {
    Optional<Message> last = lastOfThePerson(request);
    String said = last.map(Material::said).orElse("");
    List<Content.Document> documents = request.documents();
    if (skill.needsNoDocument()) {
      List<Content.Document> latest = last.map(Message::documents).orElse(List.of());
      if (!latest.isEmpty()) {
        documents = latest;
      } else if (documents.isEmpty()) {
        documents = List.of(new Content.Document(SAID, said));
      }
    }
    return new Material(documents.stream().distinct().toList(), said);
  }

  boolean hasText() {
    return documents.stream().anyMatch(document -> !document.text().isBlank());
  }

  private static Optional<Message> lastOfThePerson(ChatRequest request) {
    return request.messages().stream()
        .filter(message -> message.role() == Role.USER)
        .reduce((earlier, later) -> later);
  }

  private static String said(Message message) {
    return message.content().stream()
        .filter(Content.Text.class::isInstance)
        .map(Content::asText)
        .collect(Collectors.joining("\n\n"));
  }
}
