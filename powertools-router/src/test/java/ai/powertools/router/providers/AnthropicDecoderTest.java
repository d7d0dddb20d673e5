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
import ai.powertools.router.ProviderException;
import ai.powertools.router.StreamEvent;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicDecoderTest {
  private static final String START =
      event(
          "{'type':'message_start','message':{'id':'msg_1','model':'claude-x','content':[],"
              + "'usage':{'input_tokens':10,'cache_read_input_tokens':5,'output_tokens':1}}}");

  private static final String STOP = event("{'type':'message_stop'}");

  @Test
  void readsAWholeAnswer() {
    ChatResponse response = whole(message("{'type':'text','text':'Hi'}", "end_turn"));

    assertThat(response.text()).isEqualTo("Hi");
    assertThat(response.provider()).isEqualTo("anthropic");
    assertThat(response.model()).isEqualTo("claude-x");
    assertThat(response.usage()).isEqualTo(Usage.of(9, 4));
    assertThat(response.usageCertainty()).isEqualTo(Certainty.EXACT);
    assertThat(response.details().responseId()).hasValue("msg_1");
    assertThat(response.timeToFirstToken()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn,STOP",
    "stop_sequence,STOP",
    "max_tokens,LENGTH",
    "model_context_window_exceeded,LENGTH",
    "tool_use,TOOL_CALLS",
    "refusal,REFUSAL",
    "pause_turn,PAUSE",
    "compaction,PAUSE",
    "something_new,OTHER"
  })
  void understandsWhyItEnded(String word, FinishReason reason) {
    assertThat(whole(message("{'type':'text','text':'Hi'}", word)).finishReason())
        .isEqualTo(reason);
    assertThat(streamed(new Heard(), START + end(word) + STOP).finishReason()).isEqualTo(reason);
  }

  @Test
  void readsWholeThoughtsWithTheirSignature() {
    ChatResponse response =
        whole(
            message(
                "{'type':'thinking','thinking':'Hm','signature':'sig'},"
                    + "{'type':'thinking','thinking':'So','signature':''},"
                    + "{'type':'text','text':'Hi'}",
                "end_turn"));

    assertThat(response.content())
        .containsExactly(
            new Content.Reasoning("Hm", Optional.of(state("signature", "sig"))),
            new Content.Reasoning("So", Optional.empty()),
            new Content.Text("Hi"));
  }

  @Test
  void streamsTextAndThoughtsWithTheirSignature() {
    Heard heard = new Heard();

    ChatResponse response =
        streamed(
            heard,
            START
                + begin(0, "{'type':'thinking','thinking':'','signature':''}")
                + event("{'type':'ping'}")
                + delta(0, "{'type':'thinking_delta','thinking':'H'}")
                + delta(0, "{'type':'thinking_delta','thinking':'m'}")
                + delta(0, "{'type':'signature_delta','signature':'sig'}")
                + close(0)
                + begin(1, "{'type':'text','text':''}")
                + delta(1, "{'type':'text_delta','text':'He'}")
                + delta(1, "{'type':'citations_delta','citation':{}}")
                + delta(1, "{'type':'text_delta','text':'llo'}")
                + close(1)
                + event("{'type':'not_known_yet'}")
                + end("end_turn")
                + STOP);

    assertThat(heard.deltas()).containsExactly("He", "llo");
    assertThat(heard.events())
        .contains(new StreamEvent.ReasoningDelta("H"), new StreamEvent.ReasoningDelta("m"));
    assertThat(response.content())
        .containsExactly(
            new Content.Reasoning("Hm", Optional.of(state("signature", "sig"))),
            new Content.Text("Hello"));
    assertThat(response.timeToFirstToken()).isPresent();
  }

  @Test
  void keepsRedactedThoughtsAsTheyAre() {
    String block = "{'type':'redacted_thinking','data':'xyz'}";
    Content part = new Content.VendorPart(state("json", json(block)));

    assertThat(whole(message(block, "end_turn")).content()).containsExactly(part);
    assertThat(
            streamed(new Heard(), START + begin(0, block) + close(0) + end("end_turn") + STOP)
                .content())
        .containsExactly(part);
  }

  @Test
  void readsWholeCallsOfTools() {
    ChatResponse response =
        whole(
            message(
                "{'type':'tool_use','id':'t1','name':'add','input':{'a':1}},"
                    + "{'type':'tool_use','id':'t2','name':'now','input':{}}",
                "tool_use"));

    assertThat(response.content())
        .containsExactly(
            new Content.ToolCall("t1", "add", json("{'a':1}")),
            new Content.ToolCall("t2", "now", "{}"));
  }

  @Test
  void streamsCallsOfTools() {
    Heard heard = new Heard();

    ChatResponse response =
        streamed(
            heard,
            START
                + begin(1, "{'type':'tool_use','id':'t1','name':'add','input':{}}")
                + partial(1, "")
                + partial(1, "{\\'a\\'")
                + partial(1, ":1}")
                + close(1)
                + end("tool_use")
                + STOP);

    assertThat(response.content())
        .containsExactly(new Content.ToolCall("t1", "add", json("{'a':1}")));
    assertThat(heard.events())
        .contains(
            new StreamEvent.ToolCallDelta(0, "t1", "add", json("{'a'")),
            new StreamEvent.ToolCallDelta(0, "t1", "add", ":1}"));
  }

  @Test
  void leavesArgumentsThatWereCutOffIncomplete() {
    ChatResponse response =
        streamed(
            new Heard(),
            START
                + begin(0, "{'type':'tool_use','id':'t1','name':'add','input':{}}")
                + partial(0, "{\\'a\\'")
                + close(0)
                + end("max_tokens")
                + STOP);

    Content.ToolCall call = (Content.ToolCall) response.content().get(0);
    assertThat(call.json()).isEqualTo(json("{'a'"));
    assertThat(call.isComplete()).isFalse();
    assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void putsCallsOfTheServersOwnToolsTogether() {
    String block = "{'type':'server_tool_use','id':'s1','name':'web_search','input':%s}";

    ChatResponse response =
        streamed(
            new Heard(),
            START
                + begin(0, block.formatted("{}"))
                + partial(0, "{\\'query\\':")
                + partial(0, "\\'x\\'}")
                + close(0)
                + begin(1, block.formatted("{}"))
                + close(1)
                + end("end_turn")
                + STOP);

    assertThat(response.content())
        .containsExactly(
            new Content.VendorPart(state("json", json(block.formatted("{'query':'x'}")))),
            new Content.VendorPart(state("json", json(block.formatted("{}")))));
  }

  @Test
  void mergesTheUsageOfTheBeginningAndOfTheEnd() {
    Heard heard = new Heard();

    ChatResponse response =
        streamed(
            heard,
            START
                + begin(0, "{'type':'text','text':'Hi'}")
                + event(
                    "{'type':'message_delta','delta':{'stop_reason':'end_turn'},"
                        + "'usage':{'input_tokens':null,'output_tokens':7}}")
                + STOP);

    assertThat(response.usage()).isEqualTo(new Usage(15, 5, 0, 7, 0));
    assertThat(response.usageCertainty()).isEqualTo(Certainty.EXACT);
    assertThat(heard.events())
        .contains(
            new StreamEvent.UsageUpdate(new Usage(15, 5, 0, 1, 0)),
            new StreamEvent.UsageUpdate(new Usage(15, 5, 0, 7, 0)));
  }

  @Test
  void countsTheUsageThatNobodyReports() {
    ChatResponse response =
        streamed(
            new Heard(),
            event("{'type':'message_start','message':{}}")
                + begin(0, "{'type':'text','text':'Hi'}")
                + STOP);

    assertThat(response.usageCertainty()).isEqualTo(Certainty.ESTIMATED);
    assertThat(response.model()).isEqualTo("claude-sonnet-4-5");
    assertThat(response.finishReason()).isEqualTo(FinishReason.OTHER);
  }

  @Test
  void needsNoStopWhenThereIsAReason() {
    assertThat(
            streamed(new Heard(), START + begin(0, "{'type':'text','text':'Hi'}") + end("end_turn"))
                .text())
        .isEqualTo("Hi");
  }

  @Test
  void takesTheTypeFromTheNameOfTheEvent() {
    ChatResponse response =
        streamed(new Heard(), START + end("end_turn") + "event: message_stop\ndata: {}\n\n");

    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
  }

  @ParameterizedTest
  @CsvSource({
    "overloaded_error,OVERLOADED",
    "api_error,SERVER",
    "rate_limit_error,RATE_LIMITED",
    "invalid_request_error,INVALID_REQUEST"
  })
  void reportsAnErrorInTheStream(String type, ErrorKind kind) {
    Heard heard = new Heard();

    ProviderException error =
        failure(
            heard,
            START
                + begin(0, "{'type':'text','text':'Hel'}")
                + event("{'type':'error','error':{'type':'" + type + "','message':'over'}}"));

    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.partialText()).isEqualTo("Hel");
    assertThat(error.contentDelivered()).isTrue();
    assertThat(error).hasMessageContaining("over");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'error','error':{'type':'overloaded_error','message':'over'}}",
        "{'error':{'type':'overloaded_error','message':'over'}}"
      })
  void reportsAnErrorThatCallsItselfASuccess(String body) {
    assertThat(failure(body).kind()).isEqualTo(ErrorKind.OVERLOADED);
  }

  @Test
  void takesAStreamWithoutItsEndForCut() {
    ProviderException error =
        failure(new Heard(), START + begin(0, "{'type':'text','text':'Hel'}"));

    assertThat(error.kind()).isEqualTo(ErrorKind.NETWORK);
    assertThat(error.partialText()).isEqualTo("Hel");
    assertThat(error.mayBeBilled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "{}", "{'content':null}", "{'content':'Hi'}"})
  void reportsAnAnswerThatIsNone(String body) {
    assertThat(failure(body).kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
  }

  @Test
  void reportsAStreamThatOnlyEnds() {
    assertThat(failure(new Heard(), STOP).kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
  }

  @Test
  void reportsAnEventThatIsNoJson() {
    assertThat(failure(new Heard(), START + "data: {oops\n\ndata: x\n\n").kind())
        .isEqualTo(ErrorKind.MALFORMED_RESPONSE);
  }

  private static String message(String blocks, String reason) {
    return "{'type':'message','id':'msg_1','model':'claude-x','content':["
        + blocks
        + "],'stop_reason':'"
        + reason
        + "','usage':{'input_tokens':9,'output_tokens':4}}";
  }

  private static String begin(int index, String block) {
    return event(
        "{'type':'content_block_start','index':" + index + ",'content_block':" + block + "}");
  }

  private static String delta(int index, String delta) {
    return event("{'type':'content_block_delta','index':" + index + ",'delta':" + delta + "}");
  }

  private static String partial(int index, String text) {
    return delta(index, "{'type':'input_json_delta','partial_json':'" + text + "'}");
  }

  private static String close(int index) {
    return event("{'type':'content_block_stop','index':" + index + "}");
  }

  private static String end(String reason) {
    return event(
        "{'type':'message_delta','delta':{'stop_reason':'"
            + reason
            + "'},'usage':{'output_tokens':7}}");
  }

  private static Content.VendorState state(String field, String value) {
    return new Content.VendorState("anthropic", Map.of(field, value));
  }

  /** Single quotes stand for double ones. */
  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String event(String text) {
    return "data: " + json(text) + "\n\n";
  }

  private static ChatProvider provider(OkHttpClient client) {
    return Anthropic.builder().client(client).build();
  }

  private static ChatResponse whole(String body) {
    return provider(CannedHttp.json(json(body)))
        .chat(ProviderCalls.whole("claude-sonnet-4-5", "Hello"));
  }

  private static ChatResponse streamed(Heard heard, String events) {
    return provider(CannedHttp.events(events))
        .chat(ProviderCalls.streamed("claude-sonnet-4-5", "Hello", heard));
  }

  private static ProviderException failure(String body) {
    return catchThrowableOfType(ProviderException.class, () -> whole(body));
  }

  private static ProviderException failure(Heard heard, String events) {
    return catchThrowableOfType(ProviderException.class, () -> streamed(heard, events));
  }
}
