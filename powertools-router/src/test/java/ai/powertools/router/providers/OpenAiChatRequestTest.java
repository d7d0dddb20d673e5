package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Deadline;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.Content;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.StreamListener;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiChatRequestTest {
  @Test
  void sendsTheConversationWithItsDocumentsAsText() throws JsonProcessingException {
    ChatRequest request =
        ChatRequest.builder()
            .system("Be brief.")
            .message(
                Message.user(
                    new Content.Text("Sum it up."), new Content.Document("a.txt", "Grüße")))
            .message(Message.assistant("Greetings."))
            .user("Shorter.")
            .build();

    JsonNode messages = body(request, false).path("messages");

    assertThat(messages.findValuesAsText("role"))
        .containsExactly("system", "user", "assistant", "user");
    assertThat(messages.findValuesAsText("content"))
        .containsExactly(
            "Be brief.",
            "Sum it up.\n\n<document name=\"a.txt\">\nGrüße\n</document>",
            "Greetings.",
            "Shorter.");
  }

  @Test
  void leavesOutWhatIsNotAskedFor() throws JsonProcessingException {
    JsonNode body = body(ChatRequest.of("Hello"), false);

    assertThat(body.fieldNames()).toIterable().containsExactly("model", "messages");
  }

  @Test
  void sendsTheLimitAndTheTemperature() throws JsonProcessingException {
    ChatRequest request =
        ChatRequest.builder().user("Hello").maxOutputTokens(7).temperature(0.5).build();

    JsonNode body = body(request, false);

    assertThat(body.path("max_tokens").asInt()).isEqualTo(7);
    assertThat(body.path("temperature").asDouble()).isEqualTo(0.5);
  }

  @Test
  void asksForTheUsageOfAStream() throws JsonProcessingException {
    JsonNode body = body(ChatRequest.of("Hello"), true);

    assertThat(body.path("stream").asBoolean()).isTrue();
    assertThat(body.path("stream_options").path("include_usage").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o,api.openai.com,max_completion_tokens",
    "gpt-4o,eu.api.openai.com,max_completion_tokens",
    "my-deployment,mine.openai.azure.com,max_completion_tokens",
    "gpt-5-mini,127.0.0.1,max_completion_tokens",
    "openai/gpt-5.1,openrouter.ai,max_completion_tokens",
    "o3,gateway.example,max_completion_tokens",
    "o4-mini-2025-04-16,gateway.example,max_completion_tokens",
    "gpt-4o,127.0.0.1,max_tokens",
    "gpt-oss-20b,api.groq.com,max_tokens",
    "olmo-2,127.0.0.1,max_tokens",
    "mistral-large,api.notopenai.com,max_tokens"
  })
  void choosesTheNameOfTheLimitByHostAndModel(String model, String host, String name) {
    assertThat(new OpenAiDialect("any", host).limitName(model)).isEqualTo(name);
  }

  private static JsonNode body(ChatRequest request, boolean stream) throws JsonProcessingException {
    Optional<StreamListener> listener = stream ? Optional.of(event -> {}) : Optional.empty();
    ProviderCall call = new ProviderCall("llama", request, listener, Deadline.never());
    return Json.parse(new OpenAiChatRequest(new OpenAiDialect("any", "127.0.0.1")).body(call));
  }
}
