package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.testing.SimulatedAnswer.Finish;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.Content;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.EmbedContentResponse;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Google's own client takes the simulator for Gemini. */
class GeminiClientIT {
  private static final String MODEL = "gemini-test";
  private static final GenerateContentConfig CONFIG = GenerateContentConfig.builder().build();
  private static final SimulatedAnswer RICH =
      SimulatedAnswer.builder()
          .reasoning("Weather is asked for.")
          .text("Let me see.")
          .toolCall("weather", "{\"city\":\"Paris\",\"days\":3}")
          .usage(new SimulatedUsage(100, 60, 0, 30, 20))
          .servedModel("gemini-test-001")
          .build();

  private final ProviderSimulator provider = ProviderSimulator.start();
  private final Client client = client().vertexAI(false).build();

  private Client.Builder client() {
    return Client.builder()
        .apiKey("key-right")
        .httpOptions(
            HttpOptions.builder()
                .apiVersion("v1beta")
                .baseUrl(provider.rootUrl().toString())
                .retryOptions(HttpRetryOptions.builder().attempts(1))
                .build());
  }

  @AfterEach
  void close() {
    client.close();
    provider.close();
  }

  private GenerateContentResponse ask() {
    return client.models.generateContent(MODEL, "How is the weather?", CONFIG);
  }

  private List<GenerateContentResponse> stream() {
    List<GenerateContentResponse> chunks = new ArrayList<>();
    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream(MODEL, "How is the weather?", CONFIG)) {
      stream.forEach(chunks::add);
    }
    return chunks;
  }

  private static List<Part> parts(List<GenerateContentResponse> chunks) {
    return chunks.stream().flatMap(chunk -> chunk.parts().stream()).toList();
  }

  private static String text(List<Part> parts, boolean thoughts) {
    return parts.stream()
        .filter(part -> part.thought().orElse(false) == thoughts)
        .flatMap(part -> part.text().stream())
        .collect(Collectors.joining());
  }

  private static void assertRich(List<GenerateContentResponse> chunks) {
    GenerateContentResponse last = chunks.get(chunks.size() - 1);
    GenerateContentResponseUsageMetadata usage = last.usageMetadata().orElseThrow();
    List<Part> parts = parts(chunks);
    Part calling =
        parts.stream().filter(part -> part.functionCall().isPresent()).findFirst().orElseThrow();
    FunctionCall call = calling.functionCall().orElseThrow();
    assertThat(text(parts, true)).isEqualTo("Weather is asked for.");
    assertThat(text(parts, false)).isEqualTo("Let me see.");
    assertThat(call.name()).hasValue("weather");
    assertThat(call.args().orElseThrow()).isEqualTo(Map.of("city", "Paris", "days", 3));
    assertThat(calling.thoughtSignature()).isPresent();
    assertThat(last.finishReason().toString()).isEqualTo("STOP");
    assertThat(last.modelVersion()).hasValue("gemini-test-001");
    assertThat(usage.promptTokenCount()).hasValue(100);
    assertThat(usage.cachedContentTokenCount()).hasValue(60);
    assertThat(usage.candidatesTokenCount()).hasValue(10);
    assertThat(usage.thoughtsTokenCount()).hasValue(20);
    assertThat(usage.totalTokenCount()).hasValue(130);
  }

  @Test
  void readsAWholeAnswer() {
    provider.answer(RICH);

    assertRich(List.of(ask()));
    assertThat(provider.requests().get(0).path())
        .isEqualTo("/v1beta/models/gemini-test:generateContent");
    assertThat(provider.requests().get(0).toString()).doesNotContain("key-right");
  }

  @Test
  void readsAStreamWithUsageInEachChunk() {
    provider.answer(RICH);

    List<GenerateContentResponse> chunks = stream();

    assertRich(chunks);
    assertThat(chunks).hasSizeGreaterThan(5);
    assertThat(chunks)
        .allSatisfy(
            chunk ->
                assertThat(chunk.usageMetadata().orElseThrow().promptTokenCount()).hasValue(100));
    assertThat(provider.requests().get(0).queryParameter("alt")).hasValue("sse");
  }

  @Test
  void sendsWhatAToolSaidAndTheSignatureBeforeIt() {
    provider.answer(RICH).answer("Sunny.");
    GenerateContentConfig config =
        GenerateContentConfig.builder()
            .tools(
                Tool.builder()
                    .functionDeclarations(FunctionDeclaration.builder().name("weather").build())
                    .build())
            .build();
    Content question = Content.fromParts(Part.fromText("How is the weather?"));

    GenerateContentResponse asked = client.models.generateContent(MODEL, List.of(question), config);
    Content call = asked.candidates().orElseThrow().get(0).content().orElseThrow();
    Content result =
        Content.fromParts(Part.fromFunctionResponse("weather", Map.of("sky", "sunny")));
    GenerateContentResponse answered =
        client.models.generateContent(MODEL, List.of(question, call, result), config);

    assertThat(answered.text()).isEqualTo("Sunny.");
    assertThat(provider.requests().get(1).body().at("/contents/1/parts/2/thoughtSignature"))
        .isEqualTo(Json.object().textNode("c2ltdWxhdGVkLXNpZ25hdHVyZQ=="));
  }

  @Test
  void knowsWhyAnAnswerEnded() {
    provider
        .answer(SimulatedAnswer.builder().text("Half").finish(Finish.LENGTH).build())
        .answer(SimulatedAnswer.builder().text("Bad").finish(Finish.CONTENT_FILTER).build())
        .answer(SimulatedAnswer.builder().finish(Finish.CONTENT_FILTER).build())
        .answer(SimulatedAnswer.builder().finish(Finish.CONTENT_FILTER).build());

    assertThat(ask().finishReason().toString()).isEqualTo("MAX_TOKENS");
    assertThat(ask().finishReason().toString()).isEqualTo("SAFETY");
    for (GenerateContentResponse blocked : List.of(ask(), stream().get(0))) {
      assertThat(blocked.candidates()).isEmpty();
      assertThat(blocked.promptFeedback().orElseThrow().blockReason().orElseThrow().toString())
          .isEqualTo("SAFETY");
    }
  }

  @Test
  void understandsRefusals() {
    provider.rateLimit(Duration.ofMillis(1500)).fail(401).fail(503);

    ClientException limited = failure(ClientException.class);
    assertThat(limited.code()).isEqualTo(429);
    assertThat(limited.status()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(failure(ClientException.class).status()).isEqualTo("UNAUTHENTICATED");
    ServerException overloaded = failure(ServerException.class);
    assertThat(overloaded.code()).isEqualTo(503);
    assertThat(overloaded.status()).isEqualTo("UNAVAILABLE");
  }

  private <T extends ApiException> T failure(Class<T> type) {
    return catchThrowableOfType(type, this::ask);
  }

  @Test
  void refusesAnotherKeyThanTheOneItRequires() {
    provider.requireKey("key-right");
    assertThat(ask().text()).isEqualTo("How is the weather?");

    provider.requireKey("key-other");
    ClientException refused = failure(ClientException.class);
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.status()).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void noticesAnErrorInAStreamAndACut() {
    provider.errorInStream("Blue", "UNAVAILABLE", "Overloaded.").cutAfter("Blue as");

    assertThatThrownBy(this::stream)
        .isInstanceOfSatisfying(
            ServerException.class, error -> assertThat(error.code()).isEqualTo(503));
    assertThatThrownBy(this::stream).isInstanceOf(RuntimeException.class);
  }

  @Test
  void readsEmbeddings() {
    EmbedContentConfig config = EmbedContentConfig.builder().outputDimensionality(5).build();

    EmbedContentResponse response =
        client.models.embedContent("embed-test", List.of("one", "two"), config);

    List<List<Float>> vectors =
        response.embeddings().orElseThrow().stream()
            .map(embedding -> embedding.values().orElseThrow())
            .toList();
    assertThat(vectors).hasSize(2).allSatisfy(vector -> assertThat(vector).hasSize(5));
    assertThat(vectors.get(0)).isNotEqualTo(vectors.get(1));
    assertThat(provider.requests().get(0).path())
        .isEqualTo("/v1beta/models/embed-test:batchEmbedContents");
  }

  @Test
  void countsTokens() {
    assertThat(client.models.countTokens(MODEL, "one two three", null).totalTokens()).hasValue(3);
  }

  @Test
  void answersOnThePathsOfVertexToo() {
    try (Client vertex = client().vertexAI(true).build()) {
      GenerateContentResponse response = vertex.models.generateContent(MODEL, "Hello", CONFIG);

      assertThat(response.text()).isEqualTo("Hello");
      assertThat(provider.requests().get(0).path())
          .endsWith("/publishers/google/models/gemini-test:generateContent");
    }
  }
}
