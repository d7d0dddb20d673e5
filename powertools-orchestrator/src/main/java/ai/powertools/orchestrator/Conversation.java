package ai.powertools.orchestrator;

import ai.powertools.router.ChatStream;
import ai.powertools.router.Message;
import java.util.List;
import java.util.Optional;

/**
 * Questions that follow on from each other. What was asked and answered is kept in a session and is
 * there again in the next process. Got from {@link AiOrchestrator#session}. Safe for use by many
 * threads; questions asked at once do not see each other's answers.
 */
public final class Conversation {
  private final AiOrchestrator ai;
  private final String id;

  Conversation(AiOrchestrator ai, String id) {
    this.ai = ai;
    this.id = id;
  }

  /** The session's name. */
  public String id() {
    return id;
  }

  /** Asks, with all that was said before. */
  public Answer ask(String text) {
    return ai.ask(question(text));
  }

  /** Asks, and gives the text as it arrives. */
  public ChatStream stream(String text) {
    return ai.stream(question(text));
  }

  /** All that was said so far, oldest first. */
  public List<Message> messages() {
    return ai.conversations().messages(id);
  }

  private Question question(String text) {
    Question plain = Question.of(text);
    return new Question(plain.request(), Optional.of(id), plain.timeout());
  }
}
