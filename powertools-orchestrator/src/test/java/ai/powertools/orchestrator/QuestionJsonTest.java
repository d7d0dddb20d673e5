package ai.powertools.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.ratelimit.Priority;
import ai.powertools.router.ChatOptions;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.Content;
import ai.powertools.router.Message;
import ai.powertools.router.ReasoningEffort;
import ai.powertools.router.ResponseFormat;
import ai.powertools.router.Role;
import ai.powertools.router.Tool;
import ai.powertools.router.ToolChoice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionJsonTest {
  private static Question again(Question question) {
    return QuestionJson.read(QuestionJson.write(question));
  }

  @Test
  void aPlainQuestionIsTheSameAgain() {
    Question question = Question.of("Wer \"schläft\"? 🙂");
    assertThat(again(question)).isEqualTo(question);
  }

  @Test
  void everythingThatCanBeAskedForIsTheSameAgain() {
    ChatOptions options =
        new ChatOptions(
            OptionalInt.of(50),
            OptionalDouble.of(0.7),
            OptionalDouble.of(0.9),
            List.of("stop"),
            OptionalLong.of(7),
            Optional.of(ReasoningEffort.NONE),
            Optional.of("flex"),
            Optional.of("user-1"),
            Map.of("team", "search"),
            Optional.of("cache-1"),
            Map.of("top_k", 4, "nested", Map.of("a", List.of(true, "b"))));
    ChatRequest request =
        new ChatRequest(
            List.of(
                new Message(Role.SYSTEM, List.of(new Content.Text("Be brief."))),
                Message.user(
                    new Content.Text("Who?"), new Content.Document("a.txt", "The baker."))),
            Optional.of("gpt-5-mini"),
            options,
            List.of(Tool.of("look_up", "Looks up", "{\"type\":\"object\"}")),
            ToolChoice.of("look_up"),
            ResponseFormat.schema("answer", "{\"type\":\"object\"}"),
            "answer",
            true);
    Question question =
        new Question(
            request, Optional.of("session"), Optional.of(Duration.ofSeconds(90)), Priority.LOW);

    assertThat(again(question)).isEqualTo(question);
  }

  @Test
  void formsAndChoicesAreTheSameAgain() {
    Tool tool = Tool.of("t", "d", "{}");
    for (ToolChoice choice : List.of(ToolChoice.AUTO, ToolChoice.NONE, ToolChoice.REQUIRED)) {
      ChatRequest plain = ChatRequest.of("Hello?");
      ChatRequest request =
          new ChatRequest(
              plain.messages(),
              plain.model(),
              plain.options(),
              List.of(tool),
              choice,
              ResponseFormat.JSON,
              plain.task(),
              plain.localOnly());
      assertThat(again(Question.of(request)).request()).isEqualTo(request);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "{\"other\":1}", "[]"})
  void refusesWhatIsNoQuestion(String json) {
    assertThatThrownBy(() -> QuestionJson.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it can't be asked again");
  }
}
