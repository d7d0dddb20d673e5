package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Deadline;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Usage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {
  private static final byte[] BYTES = {1, 2, 3, 4};

  @TempDir Path folder;

  @Test
  void keepsBytesOutOfSight() {
    Media media = Media.of(BYTES, "Image/PNG");

    assertThat(media).hasToString("image/png of 4 bytes");
    assertThat(media.format()).isEqualTo("png");
    assertThat(media.bytes()).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(BYTES));
    assertThat(media.asUrl()).isEqualTo("data:image/png;base64,AQIDBA==");
    assertThat(media).isEqualTo(Media.ofBase64("AQIDBA==", "image/png"));
    assertThat(media).hasSameHashCodeAs(Media.ofBase64("AQIDBA==", "image/png"));
  }

  @Test
  void keepsAnAddressOutOfSight() {
    Media media = Media.at(URI.create("https://example.org/a.png?signature=1"), "image/png");

    assertThat(media).hasToString("image/png at an address");
    assertThat(media.asUrl()).isEqualTo("https://example.org/a.png?signature=1");
    assertThat(media.bytes()).isEmpty();
    assertThat(media).isNotEqualTo(Media.of(BYTES, "image/png"));
  }

  @Test
  void readsAFileByItsName() throws IOException {
    Path file = Files.write(folder.resolve("a.png"), BYTES);

    assertThat(Media.read(file).mediaType()).isEqualTo("image/png");
    assertThat(Media.read(Files.write(folder.resolve("a.webp"), BYTES)).mediaType())
        .isEqualTo("image/webp");
    assertThatThrownBy(() -> Media.read(Files.write(folder.resolve("what"), BYTES)))
        .hasMessageContaining("does not tell what it is");
  }

  @Test
  void refusesMediaThatAreNone() {
    assertThatThrownBy(() -> Media.of(new byte[0], "image/png")).hasMessageContaining("nothing");
    assertThatThrownBy(() -> Media.ofBase64("", "image/png")).hasMessageContaining("nothing");
    assertThatThrownBy(() -> Media.ofBase64("?", "image/png"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Media.of(BYTES, "png")).hasMessageContaining("media type");
    assertThatThrownBy(() -> Media.at(URI.create("a.png"), "image/png"))
        .hasMessageContaining("absolute");
  }

  record Place(String city) {}

  @Test
  void readsTheArgumentsOfACall() {
    Content.ToolCall call = new Content.ToolCall("1", "weather", "{\"city\":\"Paris\"}");
    Content.ToolCall half = new Content.ToolCall("1", "weather", "{\"city\":\"Pa");

    assertThat(call.isComplete()).isTrue();
    assertThat(call.arguments(Place.class)).isEqualTo(new Place("Paris"));
    assertThat(call.asText()).isEmpty();
    assertThat(half.isComplete()).isFalse();
    assertThatThrownBy(half::arguments).hasMessageContaining("not a whole JSON object");
    assertThatThrownBy(() -> new Content.ToolCall("1", " ", "{}"))
        .hasMessageContaining("name of its tool");
    assertThatThrownBy(
            () -> new Content.ToolCall("1", "w", "{\"city\":{\"a\":1}}").arguments(Place.class))
        .hasMessageContaining("don't fit Place");
  }

  @Test
  void showsAVendorsStateToItsOwnApiOnly() {
    Content.VendorState state = new Content.VendorState("anthropic", Map.of("signature", "s3cret"));

    assertThat(state.get("anthropic", "signature")).contains("s3cret");
    assertThat(state.get("gemini", "signature")).isEmpty();
    assertThat(state).hasToString("anthropic state");
    assertThat(new Content.VendorPart(state).asText()).isEmpty();
  }

  @Test
  void refusesToolsThatNoVendorTakes() {
    Tool tool = Tool.of("look", "", "{ \"type\": \"object\" }");

    assertThat(tool.parameters()).isEqualTo("{\"type\":\"object\"}");
    assertThatThrownBy(() -> Tool.of("look up", "", "{}")).hasMessageContaining("tool's name");
    assertThatThrownBy(() -> Tool.of("look", "", "[]")).hasMessageContaining("no JSON object");
    assertThatThrownBy(() -> ResponseFormat.schema("a b", "{}"))
        .hasMessageContaining("schema's name");
    assertThatThrownBy(() -> ChatRequest.builder().user("a").tool(tool).tool(tool).build())
        .hasMessageContaining("Two tools");
    assertThatThrownBy(
            () -> ChatRequest.builder().user("a").toolChoice(ToolChoice.REQUIRED).build())
        .hasMessageContaining("no tools");
    assertThatThrownBy(() -> ChatRequest.builder().user("a").toolChoice(ToolChoice.of("x")).build())
        .hasMessageContaining("not among the tools");
  }

  @Test
  void refusesOptionsOutOfRange() {
    assertThatThrownBy(() -> ChatRequest.builder().user("a").topP(0).build())
        .hasMessageContaining("topP");
    assertThatThrownBy(() -> ChatRequest.builder().user("a").stop("").build())
        .hasMessageContaining("stop");
    assertThatThrownBy(() -> ChatRequest.builder().user("a").extra("stream", true).build())
        .hasMessageContaining("stream");
  }

  @Test
  void keepsAllOptionsWhenARequestIsChanged() {
    ChatRequest request =
        ChatRequest.builder()
            .user(new Content.Text("a"))
            .topP(0.5)
            .stop("x")
            .seed(1)
            .reasoning(ReasoningEffort.LOW)
            .serviceTier("flex")
            .forUser("u")
            .metadata("k", "v")
            .cacheKey("c")
            .extra("e", 1)
            .responseFormat(ResponseFormat.JSON)
            .build();

    assertThat(request.toBuilder().build()).isEqualTo(request);
    assertThat(ChatRequest.builder().user("a").options(request.options()).build().options())
        .isEqualTo(request.options());
  }

  @Test
  void refusesVectorsOfNothing() {
    assertThatThrownBy(() -> EmbeddingRequest.of("m", List.of())).hasMessageContaining("no text");
    assertThatThrownBy(() -> EmbeddingRequest.of("m", List.of("a", "")))
        .hasMessageContaining("Text 1 is empty");
    assertThatThrownBy(() -> EmbeddingRequest.of(" ", List.of("a"))).hasMessageContaining("name");
    assertThatThrownBy(() -> EmbeddingRequest.of("m", List.of("a")).withDimensions(0))
        .hasMessageContaining("dimensions");
    assertThat(EmbeddingRequest.Purpose.QUERY.word()).isEqualTo("query");
  }

  @Test
  void refusesBeforeTheCallWhatAModelIsKnownNotToDo() {
    ScriptedProvider openai = ScriptedProvider.named("openai");
    Model old = ModelCatalog.bundled().require("openai/gpt-3.5-turbo");
    Model vectors = ModelCatalog.bundled().require("openai/text-embedding-3-small");
    ChatRequest image =
        ChatRequest.builder().user(new Content.Image(Media.of(BYTES, "image/png"))).build();

    assertThatThrownBy(() -> openai.model(old).chat(image))
        .isInstanceOf(ProviderException.InvalidRequest.class)
        .hasMessageContaining("nothing was sent: gpt-3.5-turbo does not read images");
    assertThatThrownBy(() -> openai.model(vectors).chat("Hi"))
        .hasMessageContaining("it does not chat");
    assertThat(openai.calls()).isEmpty();
  }

  @Test
  void tellsAListenerTheEndOnce() {
    ScriptedProvider provider = ScriptedProvider.named("p").answer("Hi").fail(ErrorKind.SERVER);
    List<StreamEvent> told = new ArrayList<>();

    provider.model("m").chat(ChatRequest.of("a"), told::add, Deadline.never());
    assertThatThrownBy(
            () -> provider.model("m").chat(ChatRequest.of("a"), told::add, Deadline.never()))
        .isInstanceOf(ProviderException.ServerFailure.class);

    assertThat(told).hasSize(3);
    assertThat(told.get(1)).isInstanceOf(StreamEvent.Finished.class);
    assertThat(told.get(2)).isInstanceOf(StreamEvent.Failed.class);
  }

  @Test
  void streamsAndAnswersLater() throws Exception {
    ScriptedProvider provider = ScriptedProvider.named("p").answer("one").answer("two");

    CompletableFuture<ChatResponse> later = provider.model("m").chatAsync(ChatRequest.of("a"));
    assertThat(later.get().text()).isEqualTo("one");
    try (ChatStream stream = provider.model("m").stream(ChatRequest.of("a"))) {
      assertThat(stream.response().text()).isEqualTo("two");
      assertThat(stream.partialUsage()).isEmpty();
    }
    ProviderCall call =
        new ProviderCall("m", ChatRequest.of("b"), Optional.empty(), Deadline.never());
    assertThat(provider.chatAsync(call).get().text()).isEqualTo("b");
  }

  @Test
  void givesOtherWordsForThoseOfAnAnswer() {
    ChatResponse response =
        ChatResponse.of(
            List.of(
                new Content.Reasoning("Hm.", Optional.empty()),
                new Content.Text("a"),
                new Content.Image(Media.of(BYTES, "image/png"))),
            FinishReason.STOP,
            "p",
            "m",
            Usage.of(1, 1));

    assertThat(response.withText("b").text()).isEqualTo("b");
    assertThat(response.withText("").text()).isEmpty();
    assertThat(response.reasoning()).isEqualTo("Hm.");
    assertThat(response.images()).hasSize(1);
    assertThat(response.message().role()).isEqualTo(Role.ASSISTANT);
  }

  @Test
  void knowsHowFastAServerWas() {
    ServerTimings timings =
        new ServerTimings(Optional.empty(), Duration.ZERO, Duration.ofSeconds(2), 5, 10);

    assertThat(timings.tokensPerSecond()).isEqualTo(5);
    assertThat(
            new ServerTimings(Optional.empty(), Duration.ZERO, Duration.ZERO, 0, 0)
                .tokensPerSecond())
        .isZero();
  }
}
