package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {
  @Test
  void aRequestOfOneQuestionIsAChatWithTheVendorsDefaults() {
    ChatRequest request = ChatRequest.of("Why?");

    assertThat(request.messages()).containsExactly(Message.user("Why?"));
    assertThat(request.task()).isEqualTo("chat");
    assertThat(request.model()).isEmpty();
    assertThat(request.maxOutputTokens()).isEmpty();
    assertThat(request.temperature()).isEmpty();
    assertThat(request.localOnly()).isFalse();
  }

  @Test
  void aRequestCanBeTakenApartAndPutTogetherAgain() {
    ChatRequest request =
        ChatRequest.builder()
            .system("Be brief.")
            .user("Hi")
            .message(Message.assistant("Hello."))
            .user("Bye")
            .model("gpt-5-mini")
            .maxOutputTokens(10)
            .temperature(0.5)
            .task("greet")
            .localOnly(true)
            .build();

    assertThat(request.toBuilder().build()).isEqualTo(request);
    assertThat(request.messages())
        .extracting(Message::role)
        .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER);
    assertThat(request.toBuilder().messages(List.of(Message.user("x"))).build().messages())
        .hasSize(1);
  }

  @Test
  void aRequestKeepsItsMessagesWhateverBecomesOfTheList() {
    List<Message> messages = new ArrayList<>(List.of(Message.user("x")));
    ChatRequest request = ChatRequest.builder().messages(messages).build();
    messages.clear();

    assertThat(request.messages()).hasSize(1);
  }

  @Test
  void aRequestRefusesNonsense() {
    ChatRequest.Builder builder = ChatRequest.of("x").toBuilder();

    assertThatThrownBy(() -> ChatRequest.builder().build())
        .hasMessage("A request needs at least one message.");
    assertThatThrownBy(() -> builder.maxOutputTokens(0).build())
        .hasMessage("maxOutputTokens must be at least 1, not 0");
    assertThatThrownBy(() -> ChatRequest.of("x").toBuilder().task(" ").build())
        .hasMessage("A task needs a name.");
    assertThatThrownBy(() -> ChatRequest.of("x").toBuilder().model(" ").build())
        .hasMessage("The model that may answer needs a name.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 2.1, Double.NaN, Double.POSITIVE_INFINITY})
  void aRequestRefusesTemperaturesThatNoVendorTakes(double temperature) {
    assertThatThrownBy(() -> ChatRequest.of("x").toBuilder().temperature(temperature).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("temperature must be between 0 and 2, not " + temperature);
  }

  @Test
  void aRequestTakesTheTemperaturesAtTheEnds() {
    assertThat(ChatRequest.of("x").toBuilder().temperature(0).build().temperature()).hasValue(0);
    assertThat(ChatRequest.of("x").toBuilder().temperature(2).build().temperature()).hasValue(2);
  }

  @Test
  void documentsComeFromAllMessagesInOrder() {
    Content.Document one = new Content.Document("1.txt", "one");
    Content.Document two = new Content.Document("2.txt", "two");
    ChatRequest request =
        ChatRequest.builder()
            .message(Message.user(one, new Content.Text("Look.")))
            .message(Message.assistant("I see."))
            .message(Message.user(new Content.Text("And this."), two))
            .build();

    assertThat(request.documents()).containsExactly(one, two);
  }

  @Test
  void aMessageIsItsPartsWithBlankLinesBetween() {
    Message message =
        Message.user(
            new Content.Document("say \"hi\".txt", "Hi."), new Content.Text("What does it say?"));

    assertThat(message.text())
        .isEqualTo("<document name=\"say 'hi'.txt\">\nHi.\n</document>\n\nWhat does it say?");
    assertThatThrownBy(() -> new Message(Role.USER, List.of()))
        .hasMessage("A message needs some content.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "two\nlines", "two\rlines"})
  void aDocumentNeedsANameOfOneLine(String name) {
    assertThatThrownBy(() -> new Content.Document(name, "text"))
        .hasMessage("A document needs a name of one line.");
  }

  @Test
  void anAnswerThatWasThereAtOnceIsExactAndWhole() {
    ChatResponse response = ChatResponse.of("hi", "p", "m", Usage.of(1, 1));

    assertThat(response.usageCertainty()).isEqualTo(Certainty.EXACT);
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(response.requestId()).isEmpty();
    assertThat(response.timeToFirstToken()).isEmpty();
    assertThat(response.duration()).isEqualTo(Duration.ZERO);
  }
}
