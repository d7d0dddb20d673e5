package ai.powertools.router;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * Decides whether an answer will do, or a better model should be asked. Must be safe for use by
 * many threads; what it throws ends the call.
 */
@FunctionalInterface
public interface AnswerCheck {
  /** Why the answer will not do; empty if it will. */
  Optional<String> complaint(ChatRequest request, ChatResponse answer);

  /** A check of one's own. */
  static AnswerCheck of(String complaint, BiPredicate<ChatRequest, ChatResponse> good) {
    return (request, answer) ->
        good.test(request, answer) ? Optional.empty() : Optional.of(complaint);
  }

  /** It is not empty, was not cut off, and is no refusal. */
  static AnswerCheck complete() {
    return (request, answer) ->
        switch (answer.finishReason()) {
          case STOP, TOOL_CALLS ->
              answer.text().isBlank() && answer.toolCalls().isEmpty()
                  ? Optional.of("it is empty")
                  : Optional.empty();
          default -> Optional.of("it ended by " + answer.finishReason());
        };
  }

  /** Its text, without white space around it, matches from beginning to end. */
  static AnswerCheck matches(String regex) {
    Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
    return of(
        "it does not match " + regex,
        (request, answer) -> pattern.matcher(answer.text().strip()).matches());
  }

  /** Its text is a JSON object. */
  static AnswerCheck jsonObject() {
    return of(
        "it is no JSON object",
        (request, answer) -> JsonText.object(answer.text().strip()).isPresent());
  }

  /** Both will have to do. */
  default AnswerCheck and(AnswerCheck other) {
    return (request, answer) ->
        complaint(request, answer).or(() -> other.complaint(request, answer));
  }
}
