package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.FinishReason;
import ai.powertools.router.ProviderException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that others recorded; without {@code POWERTOOLS_DATA} they are not there. */
class RecordedResponsesTest {
  private static final String DATA = System.getenv("POWERTOOLS_DATA");

  @BeforeEach
  void skipWithoutTheData() {
    assumeTrue(DATA != null, "POWERTOOLS_DATA is not set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai-chat_completion|Hello! How can I assist you today?|19|10",
        "openai-chat_completion_cacheable|Hello! How can I assist you today?|19|10",
        "mistral-chat_completion|Hello! How can I assist you today?|19|10",
        "ollama-chat_completions_success|Gooooood morning!!!! Let's do some Rust coding!|29|20"
      })
  void readsAnswers(String file, String text, long input, long output) throws IOException {
    JsonNode recorded = recorded(file);

    ChatResponse response = answer(recorded);

    assertThat(response.text()).isEqualTo(text);
    assertThat(response.usage()).isEqualTo(Usage.of(input, output));
    assertThat(response.usageCertainty()).isEqualTo(Certainty.EXACT);
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(response.model()).isEqualTo(recorded.at("/response/jsonBody/model").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "openai-rate_limit,RATE_LIMITED,429",
    "openai-chat_completion_internal_error,SERVER,500"
  })
  void readsErrors(String file, ErrorKind kind, int status) throws IOException {
    JsonNode recorded = recorded(file);

    ProviderException error = catchThrowableOfType(ProviderException.class, () -> answer(recorded));

    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.status()).hasValue(status);
    assertThat(error)
        .hasMessageContaining(
            recorded.at("/response/jsonBody/error/message").asText().replaceAll("\\.$", ""));
  }

  private static ChatResponse answer(JsonNode recorded) {
    JsonNode response = recorded.path("response");
    byte[] body = response.path("jsonBody").toString().getBytes(StandardCharsets.UTF_8);
    return OpenAiCompatible.builder()
        .client(
            CannedHttp.answering(
                response.path("status").asInt(),
                "application/json",
                List.of(body),
                CannedHttp.Ending.WELL))
        .build()
        .chat(ProviderCalls.whole("m", "Hello"));
  }

  private static JsonNode recorded(String file) throws IOException {
    return Json.parse(Files.readString(Path.of(DATA, "responses", file + ".json")));
  }
}
