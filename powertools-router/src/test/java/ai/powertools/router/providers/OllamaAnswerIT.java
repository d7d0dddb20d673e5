package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.models.Certainty;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.FinishReason;
import ai.powertools.router.ProviderException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaAnswerIT {
  private static final String END =
      "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"!\"},\"done\":true,"
          + "\"done_reason\":\"REASON\",\"prompt_eval_count\":5,\"eval_count\":2}";

  @ParameterizedTest
  @CsvSource({"stop,STOP", "'',STOP", "length,LENGTH", "load,OTHER"})
  void understandsWhyItEnded(String word, FinishReason reason) throws IOException {
    assertThat(whole(END.replace("REASON", word)).finishReason()).isEqualTo(reason);
  }

  @Test
  void leavesOutTheThoughts() throws IOException {
    String body =
        "{\"message\":{\"content\":\"Hi\",\"thinking\":\"Hm\"},\"done\":true,\"eval_count\":2}";

    ChatResponse response = whole(body);

    assertThat(response.text()).isEqualTo("Hi");
    assertThat(response.usageCertainty()).isEqualTo(Certainty.ESTIMATED);
    assertThat(response.usage().outputTokens()).isEqualTo(2);
    assertThat(response.usage().inputTokens()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "", "\n\n"})
  void readsLinesWhateverEndsThem(String end) throws IOException {
    Heard heard = new Heard();
    String first = "{\"message\":{\"content\":\"Grüße\"},\"done\":false}\n\n";

    ChatResponse response = streamed(first + END.replace("REASON", "stop") + end, heard);

    assertThat(heard.deltas()).containsExactly("Grüße", "!");
    assertThat(response.text()).isEqualTo("Grüße!");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "no", "[1]"})
  void reportsAnAnswerThatIsNone(String body) {
    ProviderException error = catchThrowableOfType(ProviderException.class, () -> whole(body));

    assertThat(error.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
  }

  @Test
  void reportsALineThatIsNoJson() {
    ProviderException error =
        catchThrowableOfType(ProviderException.class, () -> streamed("no\n", new Heard()));

    assertThat(error.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
  }

  @Test
  void takesHalfALineForCut() {
    ProviderException error =
        catchThrowableOfType(
            ProviderException.class, () -> streamed("{\"message\":{\"con", new Heard()));

    assertThat(error.kind()).isEqualTo(ErrorKind.NETWORK);
  }

  private static ChatResponse whole(String body) throws IOException {
    try (RawServer server = serving(body)) {
      return Ollama.at(server.url()).chat(ProviderCalls.whole("m", "Hello"));
    }
  }

  private static ChatResponse streamed(String body, Heard heard) throws IOException {
    try (RawServer server = serving(body)) {
      return Ollama.at(server.url()).chat(ProviderCalls.streamed("m", "Hello", heard));
    }
  }

  private static RawServer serving(String body) throws IOException {
    return RawServer.answering("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body);
  }
}
