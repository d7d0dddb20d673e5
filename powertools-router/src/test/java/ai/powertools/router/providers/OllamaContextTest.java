package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.router.ChatRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaContextTest {
  private static final ChatRequest LONG = ChatRequest.of("word ".repeat(10_000));

  @Test
  void takesWhatTheModelsFileSets() throws JsonProcessingException {
    OllamaContext context =
        OllamaContext.of(Json.parse("{\"parameters\":\"temperature 0.7\\nnum_ctx    2048\"}"));

    assertThat(context).isEqualTo(new OllamaContext(2_048, true));
    assertThat(context.assumed()).isEqualTo(2_048);
    assertThat(context.windowFor(LONG)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"model_info\":{\"general.architecture\":\"x\"}}",
        "{\"model_info\":{\"general.architecture\":\"x\",\"x.context_length\":-1}}",
        "{\"parameters\":\"stop num_ctx 7\"}"
      })
  void assumesTheDefaultWhenItIsNotTold(String shown) throws JsonProcessingException {
    OllamaContext context = OllamaContext.of(Json.parse(shown));

    assertThat(context).isSameAs(OllamaContext.UNKNOWN);
    assertThat(context.assumed()).isEqualTo(4_096);
  }

  @Test
  void asksForNoMoreThanTheModelCanHave() {
    assertThat(new OllamaContext(20_000, false).windowFor(LONG)).hasValue(20_000);
    assertThat(new OllamaContext(131_072, false).windowFor(LONG)).hasValue(32_768);
    assertThat(new OllamaContext(2_048, false).windowFor(LONG)).isEmpty();
  }

  @Test
  void asksForNothingWhenTheDefaultHoldsIt() {
    assertThat(OllamaContext.UNKNOWN.windowFor(ChatRequest.of("Hello"))).isEmpty();
  }

  @Test
  void countsTheAnswerToo() {
    ChatRequest request = ChatRequest.builder().user("Hello").maxOutputTokens(8_000).build();

    assertThat(OllamaContext.UNKNOWN.windowFor(request)).hasValue(8_192);
  }
}
