package ai.powertools.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Deadline;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ChatStream;
import ai.powertools.router.Content;
import ai.powertools.router.EmbeddingRequest;
import ai.powertools.router.EmbeddingResponse;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.FinishReason;
import ai.powertools.router.Media;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.router.ReasoningEffort;
import ai.powertools.router.ResponseFormat;
import ai.powertools.router.Role;
import ai.powertools.router.StreamEvent;
import ai.powertools.router.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of random weights, in this process: what it says is nonsense, how it says it is not. */
class LlamaFileIT {
  @TempDir static Path folder;

  private static Path file;
  private static LlamaFile llama;

  @BeforeAll
  static void load() throws IOException {
    file = TinyGguf.write(folder.resolve("tiny.gguf"));
    llama = LlamaFile.builder(file).contextTokens(512).threads(1).gpuLayers(0).load();
  }

  @AfterAll
  static void free() {
    llama.close();
    llama.close();
  }

  private static ChatRequest.Builder asking() {
    return ChatRequest.builder().user("hello there").maxOutputTokens(12).seed(7);
  }

  @Test
  void answersAlikeWholeAndAsAStream() {
    ChatRequest request = asking().system("be brief").temperature(0).build();
    StringBuilder told = new StringBuilder();

    ChatResponse whole = llama.model().chat(request);
    ChatResponse streamed;
    try (ChatStream stream = llama.model().stream(request)) {
      ChatResponse last = null;
      for (StreamEvent event : stream) {
        if (event instanceof StreamEvent.TextDelta delta) {
          told.append(delta.text());
        } else if (event instanceof StreamEvent.Finished finished) {
          last = finished.response();
        }
      }
      streamed = last;
    }

    assertThat(whole.text()).isNotEmpty().isEqualTo(told.toString());
    assertThat(streamed.text()).isEqualTo(whole.text());
    assertThat(streamed.timeToFirstToken()).isPresent();
    assertThat(whole.usage().inputTokens()).isPositive();
    assertThat(whole.usage().outputTokens()).isBetween(1L, 12L);
    assertThat(whole.provider()).isEqualTo("llama");
    assertThat(whole.model()).isEqualTo("tiny");
    assertThat(llama).hasToString("llama:tiny");
    assertThat(llama.isLocal()).isTrue();
  }

  @Test
  void keepsToASchemaByAGrammar() {
    ChatRequest request =
        asking()
            .maxOutputTokens(200)
            .topP(0.9)
            .responseFormat(
                ResponseFormat.schema(
                    "choice",
                    """
                    {"type":"object","properties":{"ok":{"type":"boolean"}},
                     "required":["ok"],"additionalProperties":false}
                    """))
            .build();

    ChatResponse response = llama.model().chat(request);

    assertThat(response.text().replaceAll("\\s", "")).matches("\\{\"ok\":(true|false)}");
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void beginsAnObjectWhenJsonIsAskedFor() {
    ChatResponse response =
        llama.model().chat(asking().responseFormat(ResponseFormat.JSON).build());

    assertThat(response.text().strip()).startsWith("{");
  }

  @Test
  void endsBeforeAStopText() {
    ChatResponse free = llama.model().chat(asking().temperature(0).build());
    String stop = free.text().substring(0, 1);

    ChatResponse stopped = llama.model().chat(asking().temperature(0).stop(stop).build());

    assertThat(stopped.text()).doesNotContain(stop);
  }

  @Test
  void refusesWhatItCannotDo() {
    Tool tool = Tool.of("look", "", "{}");
    Media image = Media.ofBase64("aGk=", "image/png");
    List<ChatRequest> requests =
        List.of(
            asking().tool(tool).build(),
            asking().user(new Content.Image(image)).build(),
            asking().reasoning(ReasoningEffort.LOW).build(),
            asking().serviceTier("flex").build(),
            asking().extra("a", 1).build(),
            asking().message(Message.tool(new Content.ToolResult("1", "a", "b", false))).build());

    for (ChatRequest request : requests) {
      assertThatThrownBy(() -> llama.chat(call(request, Deadline.never())))
          .isInstanceOf(ProviderException.InvalidRequest.class);
      assertThatThrownBy(() -> llama.model().chat(request))
          .isInstanceOf(ProviderException.InvalidRequest.class);
    }
    assertThatThrownBy(() -> llama.countTokens("tiny", requests.get(0)))
        .isInstanceOf(ProviderException.InvalidRequest.class);
  }

  @Test
  void saysThatAConversationIsTooLong() {
    assertThatThrownBy(
            () -> llama.chat(call(ChatRequest.of("word ".repeat(600)), Deadline.never())))
        .isInstanceOf(ProviderException.ContextWindowExceeded.class)
        .hasMessageContaining("it holds 512");
  }

  @Test
  void endsWithItsDeadlineAndWithAnInterrupt() {
    ProviderException late =
        catchThrowableOfType(
            ProviderException.class,
            () -> llama.chat(call(asking().build(), Deadline.after(Duration.ZERO))));
    Thread.currentThread().interrupt();
    ProviderException interrupted =
        catchThrowableOfType(
            ProviderException.class, () -> llama.chat(call(asking().build(), Deadline.never())));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(late.kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(interrupted.kind()).isEqualTo(ErrorKind.CANCELLED);
  }

  @Test
  void canBeCalledOffInTheMiddle() {
    ChatRequest request = asking().maxOutputTokens(400).build();
    ProviderException error =
        catchThrowableOfType(
            ProviderException.class,
            () ->
                llama.chat(
                    new ProviderCall(
                        "tiny",
                        request,
                        Optional.of(event -> Thread.currentThread().interrupt()),
                        Deadline.never())));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(error.kind()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(error.partialUsage()).isPresent();
    assertThat(llama.model().chat(asking().build()).text()).isNotEmpty();
  }

  @Test
  void cannotBeClosedByTheListenerOfACall() {
    assertThatThrownBy(
            () ->
                llama.chat(
                    new ProviderCall(
                        "tiny",
                        asking().build(),
                        Optional.of(event -> llama.close()),
                        Deadline.never())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Close it after the call");
  }

  @Test
  void countsTokens() {
    assertThat(llama.tokenize("hello")).hasSizeGreaterThan(3);
    assertThat(
            llama.countTokens(
                "tiny",
                ChatRequest.builder()
                    .user("hello")
                    .message(new Message(Role.ASSISTANT, List.of(new Content.Text("hi"))))
                    .user("bye")
                    .build()))
        .isGreaterThan(llama.tokenize("hello").size());
  }

  @Test
  void turnsTextsIntoVectors() {
    try (LlamaFile embedding = LlamaFile.builder(file).contextTokens(512).embeddings().load()) {
      EmbeddingResponse response =
          embedding.embed(EmbeddingRequest.of("tiny", List.of("one", "two", "one")));

      assertThat(response.vectors()).hasSize(3);
      assertThat(response.vectors().get(0)).hasSize(32).isEqualTo(response.vectors().get(2));
      assertThat(response.usage().inputTokens()).isPositive();
      assertThatThrownBy(() -> embedding.model().chat("hi"))
          .hasMessageContaining("loaded to make vectors");
      assertThatThrownBy(
              () -> embedding.embed(EmbeddingRequest.of("tiny", List.of("a")).withDimensions(8)))
          .hasMessageContaining("one length only");
      assertThatThrownBy(
              () -> embedding.embed(EmbeddingRequest.of("tiny", List.of("word ".repeat(600)))))
          .isInstanceOf(ProviderException.ContextWindowExceeded.class);
      assertThatThrownBy(
              () ->
                  embedding.embed(
                      EmbeddingRequest.of("tiny", List.of("a")), Deadline.after(Duration.ZERO)))
          .isInstanceOf(ProviderException.TimedOut.class);
    }
    assertThatThrownBy(() -> llama.embed("tiny", List.of("one")))
        .hasMessageContaining("load the file with embeddings()");
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    Path half = folder.resolve("half.gguf");
    byte[] whole = Files.readAllBytes(file);
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> LlamaFile.load(folder.resolve("none.gguf")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("There is no model at");
    assertThatThrownBy(() -> LlamaFile.load(half))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("llama.cpp can't load");
    assertThatThrownBy(() -> LlamaFile.builder(file).contextTokens(0))
        .hasMessageContaining("contextTokens");
  }

  @Test
  void isNotUsedAfterItWasClosed() {
    LlamaFile other = LlamaFile.builder(file).contextTokens(64).load();
    other.close();

    assertThatThrownBy(() -> other.tokenize("a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was closed");
  }

  private static ProviderCall call(ChatRequest request, Deadline deadline) {
    return new ProviderCall("tiny", request, Optional.empty(), deadline);
  }
}
