package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.FinishReason;
import ai.powertools.router.ProviderException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiChatDecoderTest {
  private static final String USAGE = "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4}";

  @Test
  void readsAWholeAnswer() {
    ChatResponse response =
        whole(
            "{\"model\":\"gpt-5-mini-2025\","
                + choice("{\"content\":\"Hi\"}", "stop")
                + ","
                + USAGE
                + "}");

    assertThat(response.text()).isEqualTo("Hi");
    assertThat(response.provider()).isEqualTo("openai");
    assertThat(response.model()).isEqualTo("gpt-5-mini-2025");
    assertThat(response.usage()).isEqualTo(Usage.of(9, 4));
    assertThat(response.usageCertainty()).isEqualTo(Certainty.EXACT);
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(response.timeToFirstToken()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "stop,STOP",
    "eos_token,STOP",
    "length,LENGTH",
    "content_filter,CONTENT_FILTER",
    "tool_calls,TOOL_CALLS",
    "function_call,TOOL_CALLS",
    "something_new,OTHER"
  })
  void understandsWhyItEnded(String word, FinishReason reason) {
    assertThat(whole("{" + choice("{\"content\":\"Hi\"}", word) + "}").finishReason())
        .isEqualTo(reason);
  }

  @Test
  void givesARefusalOfTheModelAsItsText() {
    String message = "{\"content\":null,\"refusal\":\"I can't help with that.\"}";

    ChatResponse response = whole("{" + choice(message, "stop") + "}");

    assertThat(response.text()).isEqualTo("I can't help with that.");
    assertThat(response.finishReason()).isEqualTo(FinishReason.REFUSAL);
  }

  @Test
  void streamsARefusalOfTheModel() {
    Heard heard = new Heard();

    ChatResponse response =
        streamed(
            heard, delta("{\"refusal\":\"I \"}", null) + delta("{\"refusal\":\"can't.\"}", "stop"));

    assertThat(heard.deltas()).containsExactly("I ", "can't.");
    assertThat(response.text()).isEqualTo("I can't.");
    assertThat(response.finishReason()).isEqualTo(FinishReason.REFUSAL);
  }

  @Test
  void readsTheTextsOfAListOfPartsAndLeavesOutTheThoughts() {
    String message =
        "{\"content\":[{\"type\":\"thinking\",\"thinking\":[]},{\"type\":\"text\",\"text\":\"Hi\"}]}";

    assertThat(whole("{" + choice(message, "stop") + "}").text()).isEqualTo("Hi");
  }

  @Test
  void countsTheUsageThatNobodyReports() {
    ChatResponse response =
        streamed(new Heard(), delta("{\"content\":\"Hello there\"}", "stop") + "data: [DONE]\n\n");

    assertThat(response.usageCertainty()).isEqualTo(Certainty.ESTIMATED);
    // o200k_base: "Hello there" is two tokens; the question one, its template seven.
    assertThat(response.usage()).isEqualTo(Usage.of(8, 2));
  }

  @Test
  void takesTheUsageOfTheLastChunkWhoseChoicesAreEmpty() {
    ChatResponse response =
        streamed(
            new Heard(),
            "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}],\"usage\":null}\n\n"
                + delta("{}", "stop")
                + "data: {\"choices\":[],"
                + USAGE
                + "}\n\ndata: [DONE]\n\n");

    assertThat(response.usage()).isEqualTo(Usage.of(9, 4));
    assertThat(response.usageCertainty()).isEqualTo(Certainty.EXACT);
  }

  @Test
  void needsNoDoneWhenThereIsAReason() {
    assertThat(streamed(new Heard(), delta("{\"content\":\"Hi\"}", "stop")).text()).isEqualTo("Hi");
  }

  @Test
  void needsNoReasonWhenItIsDone() {
    ChatResponse response =
        streamed(new Heard(), delta("{\"content\":\"Hi\"}", null) + "data: [DONE]\n\n");

    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void readsNothingBehindTheEnd() {
    Heard heard = new Heard();

    streamed(
        heard,
        delta("{\"content\":\"Hi\"}", "stop")
            + "data: [DONE]\n\n"
            + delta("{\"content\":\" again\"}", "stop"));

    assertThat(heard.text()).isEqualTo("Hi");
  }

  @Test
  void takesAStreamWithoutItsEndForCut() {
    Heard heard = new Heard();

    ProviderException error =
        failure(CannedHttp.events(delta("{\"content\":\"Hel\"}", null)), heard);

    assertThat(error.kind()).isEqualTo(ErrorKind.NETWORK);
    assertThat(error.partialText()).isEqualTo("Hel").isEqualTo(heard.text());
    assertThat(error.contentDelivered()).isTrue();
    assertThat(error.retryable()).isFalse();
    assertThat(error.mayBeBilled()).isTrue();
    assertThat(error)
        .hasMessageContaining("the stream ended before the answer did")
        .hasMessageContaining("Part of the answer had been delivered.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"error\":{\"message\":\"over\",\"type\":\"server_error\"}}\n\n",
        "event: error\ndata: {\"error\":{\"message\":\"over\"}}\n\n",
        "event: error\ndata: {\"message\":\"over\"}\n\n"
      })
  void reportsAnErrorInTheStream(String event) {
    Heard heard = new Heard();

    ProviderException error =
        failure(CannedHttp.events(delta("{\"content\":\"Hel\"}", null) + event), heard);

    assertThat(error.kind()).isEqualTo(ErrorKind.SERVER);
    assertThat(error.partialText()).isEqualTo("Hel");
    assertThat(error.contentDelivered()).isTrue();
    assertThat(error.mayBeBilled()).isTrue();
    assertThat(error).hasMessageContaining("gave no answer: over");
  }

  @Test
  void reportsAnErrorThatCallsItselfASuccess() {
    ProviderException error =
        failure(CannedHttp.json("{\"error\":{\"message\":\"slow down\",\"code\":429}}"));

    assertThat(error.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
  }

  @Test
  void reportsAnAnswerThatEndedWithAnError() {
    ProviderException error = failure(CannedHttp.json("{" + choice("{}", "error") + "}"));

    assertThat(error.kind()).isEqualTo(ErrorKind.SERVER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>", "[]", "7", "null", "{\"choices\":[", "{}", "{\"choices\":[]}"})
  void reportsAnAnswerThatIsNone(String body) {
    ProviderException error = failure(CannedHttp.json(body));

    assertThat(error.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
    assertThat(error.mayBeBilled()).isTrue();
    assertThat(error).hasMessageContaining("the answer can't be read");
  }

  @Test
  void reportsABodyWithoutEnd() {
    List<byte[]> much = Collections.nCopies(33, new byte[1024 * 1024]);
    OkHttpClient client =
        CannedHttp.answering(200, "application/json", much, CannedHttp.Ending.WELL);

    ProviderException error = failure(client);

    assertThat(error.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
    assertThat(error).hasMessageContaining("more than 33554432 bytes");
  }

  /** What is no UTF-8, and what Jackson takes for UTF-32. */
  @ParameterizedTest
  @ValueSource(strings = {"7b22fffe223a317d", "0000007b11111111"})
  void reportsBytesThatAreNoCharacters(String hex) {
    byte[] body = HexFormat.of().parseHex(hex);
    OkHttpClient client =
        CannedHttp.answering(200, "application/json", List.of(body), CannedHttp.Ending.WELL);

    assertThat(failure(client).kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
  }

  @Test
  void reportsAnEventThatIsNoJson() {
    Heard heard = new Heard();

    ProviderException error =
        failure(
            CannedHttp.events(delta("{\"content\":\"Hel\"}", null) + "data: {oops\n\ndata: x\n\n"),
            heard);

    assertThat(error.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
    assertThat(error.partialText()).isEqualTo("Hel");
    assertThat(error).hasMessageNotContaining("oops");
  }

  @Test
  void takesAWholeAnswerFromAServerThatCannotStream() {
    Heard heard = new Heard();

    ChatResponse response =
        provider(CannedHttp.json("{" + choice("{\"content\":\"Hi\"}", "stop") + "}"))
            .chat(ProviderCalls.streamed("m", "Hello", heard));

    assertThat(heard.deltas()).containsExactly("Hi");
    assertThat(response.text()).isEqualTo("Hi");
    assertThat(response.model()).isEqualTo("m");
  }

  @Test
  void givesTheErrorOfTheListenerAsItIs() {
    IllegalStateException mine = new IllegalStateException("mine");
    OkHttpClient client = CannedHttp.events(delta("{\"content\":\"Hi\"}", "stop"));

    Throwable thrown =
        catchThrowableOfType(
            IllegalStateException.class,
            () ->
                provider(client)
                    .chat(
                        ProviderCalls.streamed(
                            "m",
                            "Hello",
                            event -> {
                              throw mine;
                            })));

    assertThat(thrown).isSameAs(mine);
  }

  private static String choice(String message, String reason) {
    return "\"choices\":[{\"message\":" + message + ",\"finish_reason\":\"" + reason + "\"}]";
  }

  private static String delta(String delta, String reason) {
    String quoted = reason == null ? "null" : "\"" + reason + "\"";
    return "data: {\"choices\":[{\"delta\":" + delta + ",\"finish_reason\":" + quoted + "}]}\n\n";
  }

  private static OpenAiCompatible provider(OkHttpClient client) {
    return OpenAiCompatible.builder().client(client).build();
  }

  private static ChatResponse whole(String body) {
    return provider(CannedHttp.json(body)).chat(ProviderCalls.whole("gpt-5-mini", "Hello"));
  }

  private static ChatResponse streamed(Heard heard, String events) {
    return provider(CannedHttp.events(events))
        .chat(ProviderCalls.streamed("gpt-5-mini", "Hello", heard));
  }

  private static ProviderException failure(OkHttpClient client) {
    return catchThrowableOfType(
        ProviderException.class,
        () -> provider(client).chat(ProviderCalls.whole("gpt-5-mini", "Hello")));
  }

  private static ProviderException failure(OkHttpClient client, Heard heard) {
    return catchThrowableOfType(
        ProviderException.class,
        () -> provider(client).chat(ProviderCalls.streamed("gpt-5-mini", "Hello", heard)));
  }
}
