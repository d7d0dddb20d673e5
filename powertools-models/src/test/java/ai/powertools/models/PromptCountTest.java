package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PromptCountTest {
  private static final PromptTool WEATHER =
      PromptTool.of(
          "get_current_weather",
          "Get the current weather in a given location",
          """
          {"type": "object",
           "properties": {
             "location": {
               "type": "string", "description": "The city and state, e.g. San Francisco, CA"},
             "unit": {
               "type": "string", "description": "The unit of temperature to return",
               "enum": ["celsius", "fahrenheit"]}},
           "required": ["location"]}
          """);
  private static final PromptMessage QUESTION =
      PromptMessage.user("What's the weather like in San Francisco?");

  /**
   * The example of section 7 of OpenAI's cookbook "How to count tokens with tiktoken", where both
   * the formula and the API gave 101 tokens for gpt-4o and 105 for gpt-4.
   */
  @ParameterizedTest
  @CsvSource({"O200K_BASE, 101", "CL100K_BASE, 105"})
  void countsAToolAsOpenAisCookbookDoes(Tokenizer tokenizer, long published) {
    TokenCount count =
        TokenCounter.of(tokenizer)
            .count(
                List.of(
                    PromptMessage.system(
                        "You are a helpful assistant that can answer to questions about the"
                            + " weather."),
                    QUESTION),
                List.of(WEATHER));

    assertThat(count.tokens()).isEqualTo(published);
    assertThat(count.exact()).isFalse();
    assertThat(count.atMost()).isBetween(published + 1, published + 80);
  }

  /** The example of section 6 of the same, with its names. */
  @ParameterizedTest
  @CsvSource({"O200K_BASE, 124", "CL100K_BASE, 129"})
  void countsNamesAsOpenAisCookbookDoes(Tokenizer tokenizer, long published) {
    TokenCount count =
        TokenCounter.of(tokenizer)
            .count(
                List.of(
                    PromptMessage.system(
                        "You are a helpful, pattern-following assistant that translates corporate"
                            + " jargon into plain English."),
                    PromptMessage.system("New synergies will help drive top-line growth.")
                        .named("example_user"),
                    PromptMessage.system("Things working well together will increase revenue.")
                        .named("example_assistant"),
                    PromptMessage.system(
                            "Let's circle back when we have more bandwidth to touch base on"
                                + " opportunities for increased leverage.")
                        .named("example_user"),
                    PromptMessage.system(
                            "Let's talk later when we're less busy about how to do better.")
                        .named("example_assistant"),
                    PromptMessage.user(
                        "This late pivot means we don't have time to boil the ocean for the client"
                            + " deliverable.")),
                List.of());

    assertThat(count.tokens()).isEqualTo(published);
  }

  /** Anthropic's page on token counting gives 403 tokens for this tool without its unit. */
  @ParameterizedTest
  @EnumSource(names = {"CLAUDE", "CLAUDE_4_7"})
  void boundsWhatAnthropicCountsForATool(Tokenizer tokenizer) {
    PromptTool tool =
        PromptTool.of(
            "get_weather",
            "Get the current weather in a given location",
            """
            {"type": "object",
             "properties": {
               "location": {
                 "type": "string", "description": "The city and state, e.g. San Francisco, CA"}},
             "required": ["location"]}
            """);

    assertThat(TokenCounter.of(tokenizer).count(List.of(QUESTION), List.of(tool)).atMost())
        .isGreaterThanOrEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"CLAUDE, 497, 589", "CLAUDE_4_7, 354, 804"})
  void addsAnthropicsSystemPromptForToolsOnceAndOnlyWithTools(
      Tokenizer tokenizer, long prompt, long atMost) {
    TokenCounter counter = TokenCounter.of(tokenizer);
    TokenCount none = counter.count(List.of(QUESTION), List.of());
    TokenCount one = counter.count(List.of(QUESTION), List.of(WEATHER));
    TokenCount two = counter.count(List.of(QUESTION), List.of(WEATHER, WEATHER));
    TokenCount json = counter.count(WEATHER.json());

    assertThat(none).isEqualTo(counter.countChat(List.of(QUESTION.text())));
    assertThat(one.tokens() - none.tokens()).isEqualTo(prompt + json.tokens() + 8);
    assertThat(one.atMost() - none.atMost()).isEqualTo(atMost + json.atMost() + 40);
    assertThat(two.tokens() - one.tokens()).isEqualTo(json.tokens() + 8);
  }

  @Test
  void boundsWhatTheFormulaDoesNotSee() {
    TokenCounter counter = TokenCounter.of(Tokenizer.O200K_BASE);
    PromptTool plain = PromptTool.of("f", "d", "{\"type\":\"object\"}");
    PromptTool more =
        PromptTool.of(
            "f", "d", "{\"type\":\"object\",\"$comment\":\"%s\"}".formatted("x y ".repeat(9)));

    TokenCount before = counter.count(List.of(), List.of(plain));
    TokenCount after = counter.count(List.of(), List.of(more));

    assertThat(after.tokens()).isEqualTo(before.tokens());
    assertThat(after.atMost() - before.atMost())
        .isGreaterThanOrEqualTo(counter.count("x y ".repeat(9)).tokens());
  }

  @Test
  void countsPropertiesOfPropertiesToo() {
    TokenCounter counter = TokenCounter.of(Tokenizer.O200K_BASE);
    String inner = "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}";
    String outer = "{\"type\":\"object\",\"properties\":{\"place\":%s}}";

    long flat =
        counter.count(List.of(), List.of(PromptTool.of("f", "d", outer.formatted("{}")))).tokens();
    long deep =
        counter.count(List.of(), List.of(PromptTool.of("f", "d", outer.formatted(inner)))).tokens();

    assertThat(deep).isGreaterThan(flat + 6);
  }

  @Test
  void countsARoleOfSeveralTokensForWhatIsOverOne() {
    TokenCounter counter = TokenCounter.of(Tokenizer.O200K_BASE);
    PromptMessage odd = new PromptMessage("quality inspector", "Hi", QUESTION.name());

    assertThat(counter.count(List.of(odd), List.of()).tokens())
        .isEqualTo(
            counter.countChat(List.of("Hi")).tokens()
                + counter.count("quality inspector").tokens()
                - 1);
  }

  @Test
  void countsOnlyTheWordsOfMessagesForTheBuiltInProvider() {
    assertThat(
            TokenCounter.of(Tokenizer.WORDS)
                .count(List.of(PromptMessage.user("one two").named("me")), List.of(WEATHER)))
        .isEqualTo(TokenCount.exactly(2));
  }
}
