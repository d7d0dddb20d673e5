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

class OpenAiResponsesDecoderTest {
  private static final String CREATED =
      event("{'type':'response.created','response':{'id':'resp_1','model':'gpt-x'}}");

  private static final String COMPLETED =
      event(
          "{'type':'response.completed','response':{'status':'completed','error':null,"
              + "'usage':{'input_tokens':9,'output_tokens':4}}}");

  @Test
  void readsAWholeAnswer() {
    ChatResponse response =
        whole(
            "{'id':'resp_1','model':'gpt-x','status':'completed','service_tier':'flex',"
                + "'error':null,'output':["
                + message("Hi")
                + "],'usage':{'input_tokens':9,'output_tokens':4}}");

    assertThat(response.text()).isEqualTo("Hi");
    assertThat(response.provider()).isEqualTo("openai");
    assertThat(response.model()).isEqualTo("gpt-x");
    assertThat(response.details().responseId()).hasValue("resp_1");
    assertThat(response.details().serviceTier()).hasValue("flex");
    assertThat(response.usage()).isEqualTo(Usage.of(9, 4));
    assertThat(response.usageCertainty()).isEqualTo(Certainty.EXACT);
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void readsWholeItemsOfAllKinds() {
    String search = "{'type':'web_search_call','id':'ws_1','status':'completed'}";

    ChatResponse response =
        output(
            "{'type':'reasoning','id':'rs_1','encrypted_content':'secret',"
                + "'summary':[{'type':'summary_text','text':'H'}],"
                + "'content':[{'type':'reasoning_text','text':'m'}]},"
                + search
                + ",{'type':'image_generation_call','result':'AAAA','output_format':'webp'},"
                + "{'type':'image_generation_call','result':'BBBB'},"
                + "{'type':'function_call','call_id':'c1','name':'add',"
                + "'arguments':'{\\'a\\':1}'},7");

    assertThat(response.content())
        .containsExactly(
            new Content.Reasoning(
                "Hm", Optional.of(state(Map.of("id", "rs_1", "encrypted_content", "secret")))),
            new Content.VendorPart(state(Map.of("json", json(search)))),
            new Content.Image(Media.ofBase64("AAAA", "image/webp")),
            new Content.Image(Media.ofBase64("BBBB", "image/png")),
            new Content.ToolCall("c1", "add", json("{'a':1}")));
    assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
  }

  @Test
  void streamsText() {
    Heard heard = new Heard();

    ChatResponse response =
        streamed(
            heard,
            CREATED
                + event("{'type':'response.in_progress','response':{'model':'other'}}")
                + added(0, "{'type':'message','content':[]}")
                + text("Hel")
                + text("lo")
                + event("{'type':'response.output_text.done','text':'Hello'}")
                + done(0, message("Hello"))
                + COMPLETED);

    assertThat(heard.deltas()).containsExactly("Hel", "lo");
    assertThat(response.text()).isEqualTo("Hello");
    assertThat(response.model()).isEqualTo("gpt-x");
    assertThat(response.usage()).isEqualTo(Usage.of(9, 4));
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(heard.events()).contains(new StreamEvent.UsageUpdate(Usage.of(9, 4)));
  }

  @Test
  void streamsTheArgumentsOfCalls() {
    Heard heard = new Heard();
    String call = "{'type':'function_call','call_id':'c1','name':'add','arguments':%s}";

    ChatResponse response =
        streamed(
            heard,
            CREATED
                + added(2, call.formatted("''"))
                + arguments(2, "{\\'a\\'")
                + arguments(2, ":1}")
                + done(2, call.formatted("'{\\'a\\':1}'"))
                + COMPLETED);

    assertThat(response.content())
        .containsExactly(new Content.ToolCall("c1", "add", json("{'a':1}")));
    assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(heard.events())
        .contains(
            new StreamEvent.ToolCallDelta(0, "c1", "add", json("{'a'")),
            new StreamEvent.ToolCallDelta(0, "c1", "add", ":1}"));
  }

  @Test
  void streamsThoughtsAndKeepsTheirState() {
    Heard heard = new Heard();

    ChatResponse response =
        streamed(
            heard,
            CREATED
                + added(0, "{'type':'reasoning','summary':[]}")
                + event("{'type':'response.reasoning_summary_text.delta','delta':'H'}")
                + event("{'type':'response.reasoning_text.delta','delta':'m'}")
                + done(
                    0,
                    "{'type':'reasoning','id':'rs_1','encrypted_content':'secret',"
                        + "'summary':[{'text':'Hm'}]}")
                + text("Hi")
                + COMPLETED);

    assertThat(heard.events())
        .contains(new StreamEvent.ReasoningDelta("H"), new StreamEvent.ReasoningDelta("m"));
    assertThat(response.content())
        .containsExactly(
            new Content.Reasoning(
                "Hm", Optional.of(state(Map.of("id", "rs_1", "encrypted_content", "secret")))),
            new Content.Text("Hi"));
  }

  @Test
  void streamsImagesAndItemsThatOnlyTheVendorUnderstands() {
    String search = "{'type':'web_search_call','id':'ws_1'}";

    ChatResponse response =
        streamed(
            new Heard(),
            CREATED
                + added(0, search)
                + done(0, search)
                + done(1, "{'type':'image_generation_call','result':'AAAA'}")
                + COMPLETED);

    assertThat(response.content())
        .containsExactly(
            new Content.VendorPart(state(Map.of("json", json(search)))),
            new Content.Image(Media.ofBase64("AAAA", "image/png")));
  }

  @Test
  void reportsAnImageThatIsNone() {
    ProviderException error =
        failure("{'output':[{'type':'image_generation_call','result':'%%%'}]}");

    assertThat(error.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
    assertThat(error).hasMessageContaining("an image in it is none");
  }

  @Test
  void givesARefusalOfTheModelAsItsText() {
    ChatResponse response =
        output("{'type':'message','content':[{'type':'refusal','refusal':'I will not.'}]}");

    assertThat(response.text()).isEqualTo("I will not.");
    assertThat(response.finishReason()).isEqualTo(FinishReason.REFUSAL);
  }

  @Test
  void streamsARefusalOfTheModel() {
    Heard heard = new Heard();

    ChatResponse response =
        streamed(
            heard,
            CREATED
                + event("{'type':'response.refusal.delta','delta':'I '}")
                + event("{'type':'response.refusal.delta','delta':'will not.'}")
                + COMPLETED);

    assertThat(heard.deltas()).containsExactly("I ", "will not.");
    assertThat(response.finishReason()).isEqualTo(FinishReason.REFUSAL);
  }

  @ParameterizedTest
  @CsvSource({"max_output_tokens,LENGTH", "content_filter,CONTENT_FILTER", "something_new,OTHER"})
  void understandsWhyItIsIncomplete(String word, FinishReason reason) {
    String end =
        "'status':'incomplete','incomplete_details':{'reason':'" + word + "'},'output':[]}";

    assertThat(whole("{" + end).finishReason()).isEqualTo(reason);
    assertThat(
            streamed(
                    new Heard(),
                    CREATED
                        + text("Hi")
                        + event("{'type':'response.incomplete','response':{" + end + "}"))
                .finishReason())
        .isEqualTo(reason);
  }

  @Test
  void reportsAnAnswerThatFailed() {
    String failed =
        "{'status':'failed','output':[],"
            + "'error':{'code':'rate_limit_exceeded','message':'slow down'}}";

    assertThat(failure(failed).kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    ProviderException error =
        failure(
            new Heard(),
            CREATED + text("Hel") + event("{'type':'response.failed','response':" + failed + "}"));
    assertThat(error.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    assertThat(error.partialText()).isEqualTo("Hel");
    assertThat(error).hasMessageContaining("slow down");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'error','code':'server_error','message':'over'}",
        "{'type':'error','error':{'type':'server_error','message':'over'}}"
      })
  void reportsAnErrorInTheStream(String error) {
    ProviderException thrown = failure(new Heard(), CREATED + text("Hel") + event(error));

    assertThat(thrown.kind()).isEqualTo(ErrorKind.SERVER);
    assertThat(thrown.partialText()).isEqualTo("Hel");
    assertThat(thrown.contentDelivered()).isTrue();
    assertThat(thrown).hasMessageContaining("over");
  }

  @Test
  void reportsAnErrorThatCallsItselfASuccess() {
    assertThat(failure("{'error':{'message':'slow down','code':429}}").kind())
        .isEqualTo(ErrorKind.RATE_LIMITED);
  }

  @Test
  void endsWithTheDoneOfGateways() {
    Heard heard = new Heard();

    ChatResponse response =
        streamed(heard, CREATED + text("Hi") + "data: [DONE]\n\n" + text(" again"));

    assertThat(heard.text()).isEqualTo("Hi");
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(response.usageCertainty()).isEqualTo(Certainty.ESTIMATED);
  }

  @Test
  void reportsAStreamThatOnlyEnds() {
    assertThat(failure(new Heard(), "data: [DONE]\n\n").kind())
        .isEqualTo(ErrorKind.MALFORMED_RESPONSE);
  }

  @Test
  void takesAStreamWithoutItsEndForCut() {
    ProviderException error = failure(new Heard(), CREATED + text("Hel"));

    assertThat(error.kind()).isEqualTo(ErrorKind.NETWORK);
    assertThat(error.partialText()).isEqualTo("Hel");
    assertThat(error.mayBeBilled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "7", "{'output':[", "{'output':7}"})
  void reportsAnAnswerThatIsNone(String body) {
    assertThat(failure(body).kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
  }

  @Test
  void reportsAnObjectWithoutOutput() {
    assertThat(failure("{}"))
        .isNotNull()
        .extracting(ProviderException::kind)
        .isEqualTo(ErrorKind.MALFORMED_RESPONSE);
  }

  private static ChatResponse output(String items) {
    return whole("{'status':'completed','output':[" + items + "]}");
  }

  @Test
  void takesItemsThatAreToldWholeOnly() {
    Heard heard = new Heard();

    ChatResponse response =
        streamed(
            heard,
            CREATED
                + done(0, message("Hello"))
                + added(1, "{'type':'function_call','call_id':'c1','name':'f','arguments':''}")
                + done(1, "{'type':'function_call','call_id':'c1','name':'f','arguments':'{}'}")
                + COMPLETED);

    assertThat(heard.deltas()).containsExactly("Hello");
    assertThat(response.text()).isEqualTo("Hello");
    assertThat(response.toolCalls()).containsExactly(new Content.ToolCall("c1", "f", "{}"));
  }

  private static String message(String text) {
    return "{'type':'message','content':[{'type':'output_text','text':'" + text + "'}]}";
  }

  private static String text(String delta) {
    return event("{'type':'response.output_text.delta','delta':'" + delta + "'}");
  }

  private static String arguments(int index, String delta) {
    return event(
        "{'type':'response.function_call_arguments.delta','output_index':"
            + index
            + ",'delta':'"
            + delta
            + "'}");
  }

  private static String added(int index, String item) {
    return event(
        "{'type':'response.output_item.added','output_index':" + index + ",'item':" + item + "}");
  }

  private static String done(int index, String item) {
    return event(
        "{'type':'response.output_item.done','output_index':" + index + ",'item':" + item + "}");
  }

  private static Content.VendorState state(Map<String, String> fields) {
    return new Content.VendorState("openai-responses", fields);
  }

  /** Single quotes stand for double ones. */
  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String event(String text) {
    return "data: " + json(text) + "\n\n";
  }

  private static ChatProvider provider(OkHttpClient client) {
    return OpenAi.builder().client(client).api(OpenAi.Api.RESPONSES).build();
  }

  private static ChatResponse whole(String body) {
    return provider(CannedHttp.json(json(body))).chat(ProviderCalls.whole("gpt-5-mini", "Hello"));
  }

  private static ChatResponse streamed(Heard heard, String events) {
    return provider(CannedHttp.events(events))
        .chat(ProviderCalls.streamed("gpt-5-mini", "Hello", heard));
  }

  private static ProviderException failure(String body) {
    return catchThrowableOfType(ProviderException.class, () -> whole(body));
  }

  private static ProviderException failure(Heard heard, String events) {
    return catchThrowableOfType(ProviderException.class, () -> streamed(heard, events));
  }
}
