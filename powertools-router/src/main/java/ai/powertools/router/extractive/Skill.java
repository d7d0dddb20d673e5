package ai.powertools.router.extractive;

import ai.powertools.router.ChatRequest;
import java.util.Optional;

/** What the built-in provider can do, by the name of a request's task. */
enum Skill {
  SUMMARIZE,
  KEY_POINTS,
  ANSWER;

  static Optional<Skill> of(String task) {
    return switch (task) {
      case "summarize" -> Optional.of(SUMMARIZE);
      case "key_points" -> Optional.of(KEY_POINTS);
      case "answer", ChatRequest.CHAT -> Optional.of(ANSWER);
      default -> Optional.empty();
    };
  }

  /** Whether it works on a text alone, so that what the person says can be that text. */
  boolean needsNoDocument() {
    return this != ANSWER;
  }
}
