package ai.powertools.testing;

import static ai.powertools.testing.TestClient.chat;
import static ai.powertools.testing.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** OpenAI's dialect on the paths of Azure. */
class AzureSimulatorIT {
  private static final String DEPLOYMENT = "/openai/deployments/my-gpt";
  private static final String CHAT = DEPLOYMENT + "/chat/completions";
  private static final String VERSION = "?api-version=2024-10-21";
  private static final String QUESTION =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}";

  private final ProviderSimulator provider = ProviderSimulator.start();
  private final TestClient client = new TestClient(provider.rootUrl());

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void takesTheModelFromThePath() throws Exception {
    JsonNode body = json(client.send(CHAT + VERSION, QUESTION));
    JsonNode embeddings =
        json(client.send(DEPLOYMENT + "/embeddings" + VERSION, "{\"input\":\"one\"}"));

    assertThat(body.path("model").asText()).isEqualTo("my-gpt");
    assertThat(body.at("/choices/0/message/content").asText()).isEqualTo("Why?");
    assertThat(embeddings.path("model").asText()).isEqualTo("my-gpt");
    assertThat(provider.requests().get(0).queryParameter("api-version")).hasValue("2024-10-21");
  }

  @Test
  void isTakenForAzureByTheOfficialClient() {
    provider.requireKey("right").answer("Blue.");
    OpenAIClient azure =
        OpenAIOkHttpClient.builder()
            .baseUrl(provider.rootUrl().toString())
            .credential(AzureApiKeyCredential.create("right"))
            .azureServiceVersion(AzureOpenAIServiceVersion.fromString("2024-10-21"))
            .azureUrlPathMode(AzureUrlPathMode.LEGACY)
            .maxRetries(0)
            .responseValidation(true)
            .build();
    ChatCompletionCreateParams question =
        ChatCompletionCreateParams.builder().model("my-gpt").addUserMessage("Why?").build();

    ChatCompletion completion = azure.chat().completions().create(question).validate();

    assertThat(completion.choices().get(0).message().content()).hasValue("Blue.");
    assertThat(completion.model()).isEqualTo("my-gpt");
    assertThat(provider.requests().get(0).path()).isEqualTo(CHAT);
    assertThat(provider.requests().get(0).toString()).doesNotContain("right");
    azure.close();
  }

  @Test
  void knowsNothingWithoutAVersion() throws Exception {
    HttpResponse<String> response = client.send(CHAT, QUESTION);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).at("/error/message").asText()).isEqualTo("Resource not found");
  }

  @Test
  void knowsNoOtherPathsOfADeployment() throws Exception {
    assertThat(client.send(DEPLOYMENT + "/models" + VERSION, "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void takesItsKeyFromItsOwnHeader() throws Exception {
    provider.requireKey("right");

    assertThat(client.sendWith("api-key", "right", CHAT + VERSION, QUESTION).statusCode())
        .isEqualTo(200);
    HttpResponse<String> refused = client.sendWith("api-key", "no", CHAT + VERSION, QUESTION);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(json(refused).at("/error/code").asText()).isEqualTo("401");
  }

  @Test
  void servesOpenAisPathsBelowItsOwn() throws Exception {
    JsonNode body = json(client.send("/openai/v1/chat/completions", chat("Why?")));

    assertThat(body.path("model").asText()).isEqualTo("gpt-test");
    assertThat(body.at("/choices/0/message/content").asText()).isEqualTo("Why?");
  }
}
