package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.powertools.models.Certainty;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Prices;
import ai.powertools.models.Rates;
import ai.powertools.models.Unit;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are recorded by the vendor's own response. */
class VendorResponseTest {
  /** A dollar for each token of input, two for one of output, a dime for one from a cache. */
  private static final Prices PRICES =
      Prices.of(
          Rates.of(
              Map.of(
                  Unit.INPUT_TOKENS, Usd.of("1000000"),
                  Unit.CACHE_READ_TOKENS, Usd.of("100000"),
                  Unit.CACHE_WRITE_TOKENS, Usd.of("1500000"),
                  Unit.OUTPUT_TOKENS, Usd.of("2000000"))));

  private static final ModelCatalog CATALOG =
      ModelCatalog.of(
          List.of(
              model("openai", "big"),
              model("openai", "small"),
              model("anthropic", "big"),
              model("anthropic", "small"),
              model("google", "big"),
              model("openrouter", "big"),
              model("acme", "big"),
              Model.local("ollama", "big", 4_096)));

  private final List<CostEvent> events = new ArrayList<>();
  private final CostTracker tracker =
      CostTracker.builder().catalog(CATALOG).listener(events::add).build();

  private static Model model(String provider, String id) {
    return Model.builder(provider, id).limits(100_000, 1_000).prices(PRICES).build();
  }

  private CallDescription call(String model) {
    return tracker.trackCall("t").model(model);
  }

  private LedgerEntry entry(String model, String json) {
    try (CallSpan span = call(model).start()) {
      return span.response(json);
    }
  }

  @Test
  void readsOpenAisChatCompletions() {
    LedgerEntry entry =
        entry(
            "openai/big",
            """
            {"model": "big", "choices": [{"finish_reason": "stop"}],
             "usage": {"prompt_tokens": 100, "completion_tokens": 40,
               "prompt_tokens_details": {"cached_tokens": 60},
               "completion_tokens_details": {"reasoning_tokens": 30}}}""");

    assertThat(entry.usage()).isEqualTo(new Usage(100, 60, 0, 40, 30));
    assertThat(entry.cost()).contains(Usd.of("126"));
    assertThat(entry.cacheSavings()).isEqualTo(Usd.of("54"));
    assertThat(entry.certainty()).isEqualTo(Certainty.EXACT);
    assertThat(entry.use()).isEqualTo(Use.USED);
    assertThat(entry.outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void readsOpenAisResponses() {
    LedgerEntry entry =
        entry(
            "openai/big",
            """
            {"model": "big", "status": "completed", "incomplete_details": null,
             "usage": {"input_tokens": 100, "input_tokens_details": {"cached_tokens": 60},
               "output_tokens": 40, "output_tokens_details": {"reasoning_tokens": 30}}}""");

    assertThat(entry.usage()).isEqualTo(new Usage(100, 60, 0, 40, 30));
    assertThat(entry.cost()).contains(Usd.of("126"));
  }

  @Test
  void readsAnthropicsMessagesWithTheirCache() {
    LedgerEntry entry =
        entry(
            "anthropic/big",
            """
            {"model": "big", "stop_reason": "end_turn",
             "usage": {"input_tokens": 10, "cache_creation_input_tokens": 30,
               "cache_read_input_tokens": 60, "output_tokens": 40}}""");

    assertThat(entry.usage()).isEqualTo(new Usage(100, 60, 30, 40, 0));
    assertThat(entry.cost()).contains(Usd.of("141"));
    assertThat(entry.cacheSavings()).isEqualTo(Usd.of("39"));
  }

  @Test
  void writingToACacheThatNobodyReadsSavesLessThanNothing() {
    LedgerEntry entry =
        entry(
            "anthropic/big",
            """
            {"model": "big", "usage": {"input_tokens": 0, "cache_creation_input_tokens": 100,
               "cache_read_input_tokens": 0, "output_tokens": 0}}""");

    assertThat(entry.cost()).contains(Usd.of("150"));
    assertThat(entry.cacheSavings()).isEqualTo(Usd.of("-50"));
  }

  @Test
  void readsGemini() {
    LedgerEntry entry =
        entry(
            "google/big",
            """
            {"modelVersion": "big", "candidates": [{"finishReason": "STOP"}],
             "usageMetadata": {"promptTokenCount": 100, "cachedContentTokenCount": 60,
               "candidatesTokenCount": 4, "thoughtsTokenCount": 6}}""");

    assertThat(entry.usage().outputTokens()).isEqualTo(10);
    assertThat(entry.cost()).contains(Usd.of("66"));
  }

  @Test
  void readsOllamaWhichCostsNothing() {
    LedgerEntry entry =
        entry(
            "ollama/big",
            """
            {"model": "big", "done": true, "done_reason": "stop",
             "prompt_eval_count": 9, "eval_count": 3}""");

    assertThat(entry.usage()).isEqualTo(Usage.of(9, 3));
    assertThat(entry.cost()).contains(Usd.ZERO);
  }

  @Test
  void comparesWhatOpenRouterSaysWithOurOwn() {
    String json =
        """
        {"model": "big", "usage": {"prompt_tokens": 10, "completion_tokens": 5, "cost": %s}}""";
    LedgerEntry same = entry("openrouter/big", json.formatted("20.0"));
    assertThat(same.cost()).contains(Usd.of("20"));
    assertThat(same.vendorCost()).contains(Usd.of("20"));
    assertThat(events).isEmpty();

    LedgerEntry other = entry("openrouter/big", json.formatted("25.5"));
    assertThat(other.cost()).contains(Usd.of("20"));
    assertThat(events).containsExactly(new CostEvent.PriceDrift(other, Usd.of("5.5")));
  }

  @Test
  void readsAnyServerThatAnswersAsOpenAiDoes() {
    LedgerEntry entry =
        entry(
            "acme/big",
            "{\"model\": \"/models/x.gguf\", \"usage\": {\"prompt_tokens\": 9,"
                + " \"completion_tokens\": 3}}");

    assertThat(entry.cost()).contains(Usd.of("15"));
    assertThat(entry.model()).isEqualTo("acme/big");
  }

  @Test
  void theModelThatServedIsTheOneThatIsPaid() {
    LedgerEntry entry =
        entry(
            "openai/big",
            "{\"model\": \"small\", \"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 3}}");

    assertThat(entry.model()).isEqualTo("openai/small");
  }

  @Test
  void whatTheVendorRanWithinTheCallIsAnAttemptOfItsOwn() {
    String json =
        """
        {"model": "big", "stop_reason": "end_turn",
         "usage": {"input_tokens": 10, "output_tokens": 5, "iterations": [
           {"type": "message", "input_tokens": 10, "output_tokens": 5},
           {"type": "advisor_message", "model": "small", "input_tokens": 100, "output_tokens": 1},
           {"type": "compaction", "input_tokens": 20, "output_tokens": 2}]}}""";
    CallSpan span = call("anthropic/big").start();
    LedgerEntry answer = span.response(json);
    span.close();

    assertThat(answer.cost()).contains(Usd.of("20"));
    assertThat(span.attempts()).isEqualTo(3);
    assertThat(span.total().total()).contains(Usd.of("146"));
    assertThat(tracker.entriesOfCall(span.callId()))
        .extracting(LedgerEntry::attempt, LedgerEntry::model, one -> one.cost().orElseThrow())
        .containsExactly(
            tuple(1, "anthropic/big", Usd.of("20")),
            tuple(2, "anthropic/small", Usd.of("102")),
            tuple(3, "anthropic/big", Usd.of("24")));
    assertThat(tracker.entriesOfCall(span.callId()).get(1).latency()).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bad gateway",
        "{}",
        "[]",
        "null",
        "{\"usage\": null}",
        "{\"usage\": {\"prompt_tokens\": -1, \"completion_tokens\": 3}}",
        "{\"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 3}",
        "{\"choices\": [{\"message\": {\"content\": \"ok\"}}]}"
      })
  void anAnswerThatCannotBeReadHasAnUnknownCost(String body) {
    tracker.setBudget(Budget.usd(1_000).named("b"));
    try (CallSpan span = call("openai/big").tokens(10, 20).start()) {
      LedgerEntry entry = span.response(body);

      assertThat(entry.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(entry.cost()).isEmpty();
      assertThat(entry.certainty()).isEqualTo(Certainty.UNKNOWN);
      assertThat(entry.counted()).isEqualTo(Usd.of("55")); // the input may be a cache write
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          openai/big    | {"choices": [{"finish_reason": "length"}], "usage": {"prompt_tokens": 1, "completion_tokens": 1}}
          openai/big    | {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}, "usage": {"input_tokens": 1, "output_tokens": 1}}
          anthropic/big | {"stop_reason": "max_tokens", "usage": {"input_tokens": 1, "output_tokens": 1}}
          google/big    | {"candidates": [{"finishReason": "MAX_TOKENS"}], "usageMetadata": {"promptTokenCount": 1, "candidatesTokenCount": 1}}
          ollama/big    | {"done_reason":"length", "prompt_eval_count": 1, "eval_count": 1}
          openrouter/big| {"choices": [{"finish_reason" : "length"}], "usage": {"prompt_tokens": 1, "completion_tokens": 1}}
          """)
  void seesThatAnAnswerWasCutOff(String model, String json) {
    assertThat(entry(model, json).use()).isEqualTo(Use.TRUNCATED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          openai/big    | {"choices": [{"finish_reason": "stop", "message": {"content": "\\"finish_reason\\": \\"length\\""}}], "usage": {"prompt_tokens": 1, "completion_tokens": 1}}
          anthropic/big | {"stop_reason": "tool_use", "content": [{"type": "tool_use", "input": {"reason": "length"}}], "usage": {"input_tokens": 1, "output_tokens": 1}}
          google/big    | {"candidates": [{"finishReason": "STOP", "content": {"parts": [{"functionCall": {"args": {"reason": "max_tokens"}}}]}}], "usageMetadata": {"promptTokenCount": 1, "candidatesTokenCount": 1}}
          openai/big    | {"status": "incomplete", "incomplete_details": {"reason": "content_filter"}, "usage": {"input_tokens": 1, "output_tokens": 1}}
          """)
  void takesNothingElseForThat(String model, String json) {
    assertThat(entry(model, json).use()).isEqualTo(Use.USED);
  }

  @Test
  void whatWasCutOffIsWaste() {
    entry(
        "openai/big",
        "{\"choices\": [{\"finish_reason\": \"length\"}], \"usage\": {\"prompt_tokens\": 1,"
            + " \"completion_tokens\": 1}}");

    assertThat(tracker.ledger().readings().days(LocalDate.MIN, LocalDate.MAX))
        .singleElement()
        .satisfies(day -> assertThat(day.totals().waste().truncated()).isEqualTo(Usd.of("3")));
  }

  @Test
  void readsTheApiThatIsNamedAndNoOther() {
    String both =
        """
        {"usage": {"prompt_tokens": 1, "completion_tokens": 0, "input_tokens": 7,
          "output_tokens": 0, "total_tokens": 8}}""";
    try (CallSpan span = call("openai/big").api("responses").start()) {
      assertThat(span.response(both).usage().inputTokens()).isEqualTo(7);
    }
    try (CallSpan span = call("openai/big").api("chat").start()) {
      assertThat(span.response(both).usage().inputTokens()).isEqualTo(1);
    }
  }

  @Test
  void aModelOfOnesOwnIsExactByItsNameAndAGuessByAnother() {
    Model own =
        Model.builder("acme", "own").prices(Prices.of(Usd.of("10000"), Usd.of("10000"))).build();
    String body = "{\"model\":\"%s\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}";
    try (CostTracker ours = CostTracker.builder().build();
        CallSpan span = ours.trackCall("t").model(own).tokens(10, 10).start()) {
      LedgerEntry same = span.response(body.formatted("own"));
      LedgerEntry other = span.response(body.formatted("something-else"));

      assertThat(same.cost()).contains(Usd.of("0.03"));
      assertThat(same.certainty()).isEqualTo(Certainty.EXACT);
      assertThat(other.cost()).contains(Usd.of("0.03"));
      assertThat(other.certainty()).isEqualTo(Certainty.ESTIMATED);
    }
  }
}
