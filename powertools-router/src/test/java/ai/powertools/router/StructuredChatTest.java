package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.models.Usage;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class StructuredChatTest {
  private final ScriptedProvider provider = ScriptedProvider.named("scripted");
  private final ChatModel model = provider.model("m");

  record Person(String name, Optional<Integer> age) {}

  enum Color {
    RED,
    GREEN
  }

  @SuppressWarnings("ArrayRecordComponent") // that arrays are described is what is tested
  record Everything(
      @JsonProperty("id") @JsonPropertyDescription("which one") long number,
      BigDecimal price,
      boolean there,
      Color color,
      LocalDate day,
      Instant time,
      List<String> tags,
      double[] vector,
      List<String>[] lists,
      Map<String, Integer> counts,
      Person owner,
      OptionalInt some,
      OptionalDouble more) {}

  record Tree(String name, List<Tree> children, Branch branch) {}

  record Branch(Optional<Branch> next) {}

  record Strange(Object anything) {}

  @Test
  void readsAnAnswerWithTheComponentsOfARecord() {
    provider.answer("```json\n{\"name\":\"Ada\",\"age\":36}\n```");

    StructuredResponse<Person> response = model.chat(ChatRequest.of("Who?"), Person.class);

    assertThat(response.value()).isEqualTo(new Person("Ada", Optional.of(36)));
    assertThat(response.responses()).hasSize(1);
    assertThat(provider.calls().get(0).request().responseFormat())
        .isEqualTo(ResponseFormat.of(Person.class));
  }

  @Test
  void asksOnceMoreAndSaysWhy() {
    provider.answer("{\"name\":7,\"age\":null}", Usage.of(3, 2));
    provider.answer("{\"name\":\"Ada\",\"age\":null}", Usage.of(9, 4));

    StructuredResponse<Person> response = model.chat(ChatRequest.of("Who?"), Person.class);

    assertThat(response.value()).isEqualTo(new Person("Ada", Optional.empty()));
    assertThat(response.usage()).isEqualTo(Usage.of(12, 6));
    assertThat(response.response().text()).contains("Ada");
    ChatRequest second = provider.calls().get(1).request();
    assertThat(second.messages()).hasSize(3);
    assertThat(second.messages().get(2).text()).contains("does not fit").contains("name");
  }

  @Test
  void givesUpAfterTheSecondAnswerAndKeepsBoth() {
    provider.answer("Ada").answer("Ada, 36");

    StructuredOutputException error =
        catchThrowableOfType(
            StructuredOutputException.class,
            () -> model.chat(ChatRequest.of("Who?"), Person.class));

    assertThat(error).hasMessageContaining("scripted:m gave no Person in 2 answers");
    assertThat(error).hasMessageContaining("it is not JSON");
    assertThat(error.responses()).hasSize(2);
  }

  @Test
  void doesNotAskAgainWhatWasCutOffOrRefused() {
    for (FinishReason reason : List.of(FinishReason.LENGTH, FinishReason.REFUSAL)) {
      ChatResponse half =
          ChatResponse.of(List.of(new Content.Text("{")), reason, "p", "m", Usage.of(1, 1));

      assertThatThrownBy(
              () -> StructuredChat.ask(request -> half, ChatRequest.of("Who?"), Person.class))
          .isInstanceOf(StructuredOutputException.class)
          .hasMessageContaining("in 1 answer:");
    }
  }

  @Test
  void describesEveryTypeThatItReads() {
    String schema = RecordSchema.of(Everything.class);

    assertThat(schema)
        .contains("\"id\":{\"type\":\"integer\",\"description\":\"which one\"}")
        .contains("\"price\":{\"type\":\"number\"}")
        .contains("\"color\":{\"type\":\"string\",\"enum\":[\"RED\",\"GREEN\"]}")
        .contains("\"day\":{\"type\":\"string\",\"format\":\"date\"}")
        .contains("\"time\":{\"type\":\"string\",\"format\":\"date-time\"}")
        .contains("\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}")
        .contains("\"vector\":{\"type\":\"array\",\"items\":{\"type\":\"number\"}}")
        .contains(
            "\"counts\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}")
        .contains("\"some\":{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"null\"}]}");
  }

  @Test
  void describesRecordsThatHaveThemselvesInside() {
    String schema = RecordSchema.of(Tree.class);

    assertThat(schema).contains("\"children\":{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}");
    assertThat(schema).contains("\"$defs\":{\"Branch\":");
  }

  @Test
  void refusesWhatNoSchemaDescribes() {
    assertThatThrownBy(() -> RecordSchema.of(Strange.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Strange.anything");
  }
}
