package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.Deadline;
import ai.powertools.models.Model;
import ai.powertools.router.CacheFor;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.Content;
import ai.powertools.router.EmbeddingProvider;
import ai.powertools.router.EmbeddingRequest;
import ai.powertools.router.Media;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.router.ReasoningEffort;
import ai.powertools.router.ResponseFormat;
import ai.powertools.router.Role;
import ai.powertools.router.TokenCountingProvider;
import ai.powertools.router.Tool;
import ai.powertools.router.ToolChoice;
import ai.powertools.testing.ProviderSimulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every feature of every client is sent, and judged by the schema that its vendor publishes. */
class ValidRequestsIT {
  private static final Tool TOOL =
      Tool.of("look_up", "Looks it up", "{\"type\":\"object\",\"properties\":{}}");
  private static final Model ANY = Model.builder("any", "any").build();
  private static final Media PNG = Media.of("png".getBytes(StandardCharsets.UTF_8), "image/png");

  private final ProviderSimulator simulator = ProviderSimulator.start();

  record Person(String name, Optional<Integer> age) {}

  @AfterEach
  void close() {
    simulator.close();
  }

  private static Map<String, ChatRequest> features() {
    Map<String, ChatRequest> all = new LinkedHashMap<>();
    all.put("rules", ChatRequest.builder().system("Be brief.").user("Hi").build());
    all.put("cached rules", cached());
    all.put("temperature", of().temperature(0.5).build());
    all.put("top p", of().topP(0.5).build());
    all.put("limit", of().maxOutputTokens(2_000).build());
    all.put("stop", of().stop("END", "STOP").build());
    all.put("seed", of().seed(7).build());
    for (ReasoningEffort effort : ReasoningEffort.values()) {
      all.put("thinks " + effort, of().reasoning(effort).maxOutputTokens(5_000).build());
    }
    all.put("tier", of().serviceTier("auto").build());
    all.put("user", of().forUser("u-1").metadata("team", "a").cacheKey("k").build());
    all.put("tool", of().tool(TOOL).build());
    all.put("strict tool", of().tool(Tool.of("keep", "", Person.class)).build());
    all.put("no tool", of().tool(TOOL).toolChoice(ToolChoice.NONE).build());
    all.put("some tool", of().tool(TOOL).toolChoice(ToolChoice.REQUIRED).build());
    all.put("one tool", of().tool(TOOL).toolChoice(ToolChoice.of("look_up")).build());
    all.put("json", of().responseFormat(ResponseFormat.JSON).build());
    all.put("schema", of().responseFormat(ResponseFormat.of(Person.class)).build());
    all.put("document", parts(new Content.Document("a.txt", "Some text.")));
    all.put("image", parts(new Content.Image(PNG)));
    all.put(
        "image by address",
        parts(new Content.Image(Media.at(URI.create("https://example.org/a.png"), "image/png"))));
    all.put("sound", parts(new Content.Audio(Media.ofBase64("aGk=", "audio/wav"))));
    all.put("mp3", parts(new Content.Audio(Media.ofBase64("aGk=", "audio/mpeg"))));
    all.put("ogg", parts(new Content.Audio(Media.ofBase64("aGk=", "audio/ogg"))));
    all.put("pdf", parts(new Content.File("a.pdf", Media.ofBase64("aGk=", "application/pdf"))));
    all.put("text file", parts(new Content.File("a.txt", Media.ofBase64("aGk=", "text/plain"))));
    all.put(
        "pdf by address",
        parts(
            new Content.File(
                "a.pdf", Media.at(URI.create("https://example.org/a.pdf"), "application/pdf"))));
    all.put("turns", turns());
    return all;
  }

  private static ChatRequest cached() {
    return ChatRequest.builder()
        .message(Message.system("Be brief.").cached(CacheFor.ONE_HOUR))
        .message(Message.user("Hi").cached(CacheFor.FIVE_MINUTES))
        .build();
  }

  private static ChatRequest turns() {
    Content.ToolCall call = new Content.ToolCall("call_1", "look_up", "{\"a\":1}");
    Content.ToolCall failed = new Content.ToolCall("call_2", "look_up", "{}");
    return of().tool(TOOL)
        .message(
            new Message(
                Role.ASSISTANT,
                List.of(
                    new Content.Reasoning("Hm.", Optional.empty()),
                    new Content.Text("Let me look."),
                    call,
                    failed)))
        .message(Message.toolResult(call, "found"))
        .message(Message.toolFailure(failed, "not there"))
        .message(Message.assistant("Found."))
        .user("Thanks")
        .build();
  }

  private static ChatRequest.Builder of() {
    return ChatRequest.builder().user("Hi");
  }

  private static ChatRequest parts(Content content) {
    return ChatRequest.builder().user(new Content.Text("What is this?"), content).build();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI_CHAT", "OPENAI_RESPONSES", "ANTHROPIC", "GEMINI", "OLLAMA"})
  void whatIsSentIsValidAndWhatCannotBeSentIsRefused(Dialects dialect) {
    ChatProvider client = dialect.client(simulator);
    List<String> models = List.of("some-model", "gpt-5-mini", "claude-sonnet-4-5", "gpt-oss-20b");
    List<String> problems = new ArrayList<>();
    int sent = 0;
    int refused = 0;
    for (String model : models) {
      for (Map.Entry<String, ChatRequest> feature : features().entrySet()) {
        for (boolean streamed : new boolean[] {false, true}) {
          int before = simulator.requests().size();
          ProviderCall call =
              new ProviderCall(
                  model,
                  feature.getValue(),
                  streamed ? Optional.of(event -> {}) : Optional.empty(),
                  Deadline.never());
          Optional<String> refusal =
              client.refusal(client.model("x").facts().orElse(ANY), feature.getValue());
          if (refusal.isPresent()) {
            ProviderException error =
                catchThrowableOfType(ProviderException.class, () -> client.chat(call));
            assertThat(error).isInstanceOf(ProviderException.InvalidRequest.class);
            assertThat(error).hasMessageContaining(refusal.get());
            assertThat(simulator.requests()).hasSize(before);
            refused++;
            continue;
          }
          client.chat(call);
          var request = simulator.requests().get(simulator.requests().size() - 1);
          VendorSchemas.problems(schema(dialect), request.body())
              .forEach(problem -> problems.add(feature.getKey() + ": " + problem));
          sent++;
        }
      }
    }

    assertThat(problems).isEmpty();
    assertThat(sent).isGreaterThan(150);
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI_CHAT", "GEMINI", "OLLAMA"})
  void asksForVectorsInAValidWay(Dialects dialect) {
    EmbeddingProvider client = (EmbeddingProvider) dialect.client(simulator);
    for (EmbeddingRequest.Purpose purpose : EmbeddingRequest.Purpose.values()) {
      client.embed(
          EmbeddingRequest.of("some-model", List.of("one", "two"))
              .withDimensions(8)
              .withPurpose(purpose));
    }

    VendorRequest schema =
        switch (dialect) {
          case OPENAI_CHAT -> VendorRequest.OPENAI_EMBEDDINGS;
          case GEMINI -> VendorRequest.GEMINI_BATCH_EMBED_CONTENTS;
          default -> VendorRequest.OLLAMA_EMBED;
        };
    simulator
        .requests()
        .forEach(request -> assertThat(VendorSchemas.problems(schema, request.body())).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI_CHAT", "ANTHROPIC", "GEMINI"})
  void asksForCountsInAValidWay(Dialects dialect) {
    TokenCountingProvider client = (TokenCountingProvider) dialect.client(simulator);
    client.countTokens("gpt-5-mini", of().tool(TOOL).maxOutputTokens(100).build());

    VendorRequest schema =
        switch (dialect) {
          case OPENAI_CHAT -> VendorRequest.OPENAI_INPUT_TOKENS;
          case GEMINI -> VendorRequest.GEMINI_COUNT_TOKENS;
          default -> VendorRequest.ANTHROPIC_COUNT_TOKENS;
        };
    assertThat(VendorSchemas.problems(schema, simulator.requests().get(0).body())).isEmpty();
  }

  private static VendorRequest schema(Dialects dialect) {
    return switch (dialect) {
      case OPENAI_RESPONSES -> VendorRequest.OPENAI_RESPONSES;
      case ANTHROPIC -> VendorRequest.ANTHROPIC_MESSAGES;
      case GEMINI -> VendorRequest.GEMINI_GENERATE_CONTENT;
      case OLLAMA -> VendorRequest.OLLAMA_CHAT;
      default -> VendorRequest.OPENAI_CHAT;
    };
  }
}
