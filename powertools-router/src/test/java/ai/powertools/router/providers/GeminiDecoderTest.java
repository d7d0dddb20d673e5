package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Content;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.FinishReason;
import ai.powertools.router.Media;
import ai.powertools.router.ProviderException;
import ai.powertools.router.StreamEvent;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiDecoderTest {
  @Test
  void readsAWholeAnswer() {
    ChatResponse response =
        whole(
            "{'modelVersion':'gemini-x','responseId':'r1',"
                + candidate("{'text':'Hi'}", "STOP")
                + ","
                + usage(9, 4)
                + "}");

    assertThat(response.text()).isEqualTo("Hi");
    assertThat(response.provider()).isEqualTo("google");
    assertThat(response.model()).isEqualTo("gemini-x");
    assertThat(response.details().responseId()).hasValue("r1");
    assertThat(response.usage()).isEqualTo(Usage.of(9, 4));
    assertThat(response.usageCertainty()).isEqualTo(Certainty.EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "STOP,STOP",
    "MAX_TOKENS,LENGTH",
    "SAFETY,CONTENT_FILTER",
    "RECITATION,CONTENT_FILTER",
    "BLOCKLIST,CONTENT_FILTER",
    "PROHIBITED_CONTENT,CONTENT_FILTER",
    "SPII,CONTENT_FILTER",
    "IMAGE_SAFETY,CONTENT_FILTER",
    "IMAGE_PROHIBITED_CONTENT,CONTENT_FILTER",
    "IMAGE_RECITATION,CONTENT_FILTER",
    "MALFORMED_FUNCTION_CALL,OTHER",
    "SOMETHING_NEW,OTHER"
  })
  void understandsWhyItEnded(String word, FinishReason reason) {
    assertThat(answer("{'text':'Hi'}", word).finishReason()).isEqualTo(reason);
  }

  @Test
  void countsTheLastOfTheUsagesThatRepeat() {
    Heard heard = new Heard();

    ChatResponse response =
        streamed(
            heard,
            event("{" + candidate("{'text':'Hel'}", "") + "," + usage(9, 1) + "}")
                + event("{" + candidate("{'text':'lo'}", "STOP") + "," + usage(9, 4) + "}"));

    assertThat(heard.deltas()).containsExactly("Hel", "lo");
    assertThat(response.text()).isEqualTo("Hello");
    assertThat(response.usage()).isEqualTo(Usage.of(9, 4));
    assertThat(heard.events())
        .contains(
            new StreamEvent.UsageUpdate(Usage.of(9, 1)),
            new StreamEvent.UsageUpdate(Usage.of(9, 4)));
  }

  @Test
  void countsTheUsageThatNobodyReports() {
    ChatResponse response = answer("{'text':'Hi'}", "STOP");

    assertThat(response.usageCertainty()).isEqualTo(Certainty.ESTIMATED);
    assertThat(response.model()).isEqualTo("gemini-2.5-flash");
  }

  @Test
  void readsThoughtsWithTheirSignature() {
    ChatResponse response =
        answer("{'text':'Hm','thought':true,'thoughtSignature':'sig'},{'text':'Hi'}", "STOP");

    assertThat(response.content())
        .containsExactly(
            new Content.Reasoning("Hm", Optional.of(state(Map.of("thoughtSignature", "sig")))),
            new Content.Text("Hi"));
  }

  @Test
  void streamsThoughts() {
    Heard heard = new Heard();

    ChatResponse response =
        streamed(
            heard,
            event("{" + candidate("{'text':'H','thought':true}", "") + "}")
                + event("{" + candidate("{'text':'m','thought':true}", "") + "}")
                + event("{" + candidate("{'text':'Hi','thought':false}", "STOP") + "}"));

    assertThat(heard.events())
        .contains(new StreamEvent.ReasoningDelta("H"), new StreamEvent.ReasoningDelta("m"));
    assertThat(response.content())
        .containsExactly(new Content.Reasoning("Hm", Optional.empty()), new Content.Text("Hi"));
  }

  @Test
  void keepsTheSignatureOfATextBehindIt() {
    ChatResponse response = answer("{'text':'Hi','thoughtSignature':'sig'}", "STOP");

    assertThat(response.content())
        .containsExactly(
            new Content.Text("Hi"),
            new Content.Reasoning("", Optional.of(state(Map.of("thoughtSignature", "sig")))));
  }

  @Test
  void readsCallsOfToolsWithWhatTheVendorWantsToSeeAgain() {
    ChatResponse response =
        answer(
            "{'functionCall':{'id':'f1','name':'add','args':{'a':1}},'thoughtSignature':'sig'},"
                + "{'functionCall':{'id':'f2','name':'now'}}",
            "STOP");

    assertThat(response.content())
        .containsExactly(
            new Content.ToolCall(
                "f1",
                "add",
                json("{'a':1}"),
                Optional.of(state(Map.of("id", "f1", "thoughtSignature", "sig")))),
            new Content.ToolCall("f2", "now", "{}", Optional.of(state(Map.of("id", "f2")))));
    assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
  }

  @Test
  void givesACallWithoutIdOneOfItsOwn() {
    Content.ToolCall call =
        (Content.ToolCall) answer("{'functionCall':{'name':'now'}}", "STOP").content().get(0);

    assertThat(call.id()).startsWith("call_");
    assertThat(call.state()).isEmpty();
  }

  @Test
  void streamsEachCallWhole() {
    Heard heard = new Heard();

    streamed(
        heard,
        event("{" + candidate("{'functionCall':{'id':'f1','name':'a','args':{}}}", "") + "}")
            + event("{" + candidate("{'functionCall':{'id':'f2','name':'b'}}", "STOP") + "}"));

    assertThat(heard.events())
        .contains(
            new StreamEvent.ToolCallDelta(0, "f1", "a", "{}"),
            new StreamEvent.ToolCallDelta(1, "f2", "b", "{}"));
  }

  @Test
  void readsImagesAndSounds() {
    ChatResponse response =
        answer(
            "{'inlineData':{'mimeType':'image/png','data':'AAAA'}},"
                + "{'inlineData':{'mimeType':'audio/wav','data':'BBBB'}}",
            "STOP");

    assertThat(response.content())
        .containsExactly(
            new Content.Image(Media.ofBase64("AAAA", "image/png")),
            new Content.Audio(Media.ofBase64("BBBB", "audio/wav")));
  }

  @Test
  void keepsTheSignatureOfAnImage() {
    ChatResponse response =
        answer(
            "{'inlineData':{'mimeType':'image/png','data':'AAAA'},'thoughtSignature':'c2ln'}",
            "STOP");

    assertThat(response.content())
        .containsExactly(
            new Content.Image(Media.ofBase64("AAAA", "image/png")),
            new Content.Reasoning("", Optional.of(state(Map.of("thoughtSignature", "c2ln")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'mimeType':'image/png','data':'%%%'}",
        "{'mimeType':'image/png','data':''}",
        "{'mimeType':'image','data':'AAAA'}"
      })
  void reportsAnImageThatIsNone(String blob) {
    ProviderException error = failure("{" + candidate("{'inlineData':" + blob + "}", "STOP") + "}");

    assertThat(error.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
    assertThat(error).hasMessageContaining("an image in it is none");
  }

  @Test
  void keepsPartsThatOnlyTheVendorUnderstands() {
    String part = "{'executableCode':{'language':'PYTHON','code':'1'}}";

    assertThat(answer(part + ",7", "STOP").content())
        .containsExactly(new Content.VendorPart(state(Map.of("json", json(part)))));
  }

  @Test
  void reportsAPromptThatWasBlocked() {
    String body = "{'promptFeedback':{'blockReason':'SAFETY'}," + usage(9, 0) + "}";

    assertThat(failure(body).kind()).isEqualTo(ErrorKind.CONTENT_POLICY);
    assertThat(failure(new Heard(), event(body)))
        .hasMessageContaining("the prompt was blocked: SAFETY")
        .extracting(ProviderException::kind)
        .isEqualTo(ErrorKind.CONTENT_POLICY);
  }

  @Test
  void countsTheSearchesOfAGroundedAnswer() {
    ChatResponse response =
        whole(
            "{'modelVersion':'gemini-2.5-flash','candidates':[{'content':{'parts':[{'text':'Hi'}]},"
                + "'finishReason':'STOP','groundingMetadata':{'webSearchQueries':['x']}}],"
                + usage(9, 4)
                + "}");

    assertThat(response.usage().inputTokens()).isEqualTo(9);
    assertThat(response.usage().outputTokens()).isEqualTo(4);
    assertThat(response.usage().details()).isNotEmpty();
  }

  @Test
  void countsWhatIsReportedInANonsensicalWayItself() {
    String body =
        "{"
            + candidate("{'text':'Hi'}", "STOP")
            + ",'usageMetadata':{'promptTokenCount':3,'cachedContentTokenCount':9,"
            + "'candidatesTokenCount':1}}";

    assertThat(whole(body).usageCertainty()).isEqualTo(Certainty.ESTIMATED);
  }

  @ParameterizedTest
  @CsvSource({
    "429,RESOURCE_EXHAUSTED,RATE_LIMITED",
    "503,UNAVAILABLE,OVERLOADED",
    "500,INTERNAL,SERVER",
    "400,INVALID_ARGUMENT,INVALID_REQUEST"
  })
  void reportsAnErrorThatCallsItselfASuccess(int code, String status, ErrorKind kind) {
    String body = "{'error':{'code':" + code + ",'status':'" + status + "','message':'over'}}";

    assertThat(failure(body).kind()).isEqualTo(kind);
    ProviderException error =
        failure(new Heard(), event("{" + candidate("{'text':'Hel'}", "") + "}") + event(body));
    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.partialText()).isEqualTo("Hel");
    assertThat(error).hasMessageContaining("over");
  }

  @Test
  void takesAStreamWithoutAReasonForCut() {
    ProviderException error =
        failure(new Heard(), event("{" + candidate("{'text':'Hel'}", "") + "}"));

    assertThat(error.kind()).isEqualTo(ErrorKind.NETWORK);
    assertThat(error.partialText()).isEqualTo("Hel");
    assertThat(error.contentDelivered()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "{}", "{'candidates':[]}"})
  void reportsAnAnswerThatIsNone(String body) {
    assertThat(failure(body).kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
  }

  private static ChatResponse answer(String parts, String reason) {
    return whole("{" + candidate(parts, reason) + "}");
  }

  private static String candidate(String parts, String reason) {
    String end = reason.isEmpty() ? "" : ",'finishReason':'" + reason + "'";
    return "'candidates':[{'content':{'parts':[" + parts + "]}" + end + "}]";
  }

  private static String usage(int input, int output) {
    return "'usageMetadata':{'promptTokenCount':"
        + input
        + ",'candidatesTokenCount':"
        + output
        + "}";
  }

  private static Content.VendorState state(Map<String, String> fields) {
    return new Content.VendorState("gemini", fields);
  }

  /** Single quotes stand for double ones. */
  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String event(String text) {
    return "data: " + json(text) + "\n\n";
  }

  private static ChatProvider provider(OkHttpClient client) {
    return Gemini.builder().client(client).build();
  }

  private static ChatResponse whole(String body) {
    return provider(CannedHttp.json(json(body)))
        .chat(ProviderCalls.whole("gemini-2.5-flash", "Hello"));
  }

  private static ChatResponse streamed(Heard heard, String events) {
    return provider(CannedHttp.events(events))
        .chat(ProviderCalls.streamed("gemini-2.5-flash", "Hello", heard));
  }

  private static ProviderException failure(String body) {
    return catchThrowableOfType(ProviderException.class, () -> whole(body));
  }

  private static ProviderException failure(Heard heard, String events) {
    return catchThrowableOfType(ProviderException.class, () -> streamed(heard, events));
  }
}
