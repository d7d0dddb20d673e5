package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Prices;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Usd;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EstimatorTest {
  private static final ChatRequest FIVE_WORDS = ChatRequest.of("one two three four five");

  private final ScriptedProvider provider = ScriptedProvider.named("p");

  private static Model words(long context, long maxOutput) {
    return Model.builder("p", "m")
        .limits(context, maxOutput)
        .tokenizer(Tokenizer.WORDS)
        .prices(Prices.of(Usd.of("1"), Usd.of("2")))
        .build();
  }

  private RoutingDecision plan(ChatModel model, ChatRequest request) {
    return LlmRouter.builder().model(model).build().plan(request);
  }

  private Offer candidate(Model model, ChatRequest request) {
    return plan(provider.model(model), request).candidates().get(0);
  }

  private String refusal(Model model, ChatRequest request) {
    RoutingDecision plan = plan(provider.model(model), request);
    assertThat(plan.candidates()).isEmpty();
    assertThat(plan.refused()).hasSize(1);
    assertThat(plan.refused().get(0).label()).isEqualTo("p:m");
    return plan.refused().get(0).reason();
  }

  @Test
  void countsInputAndCostsWhatAnAnswerOfUsualLengthWould() {
    Offer candidate = candidate(words(10_000, 4_000), FIVE_WORDS);

    assertThat(candidate.tokens().input()).isEqualTo(5);
    assertThat(candidate.tokens().inputAtMost()).isEqualTo(5);
    assertThat(candidate.tokens().exact()).isTrue();
    assertThat(candidate.tokens().maxOutput()).isEqualTo(4_000);
    assertThat(candidate.expectedCost()).contains(Usd.of("0.001005")); // 5 in, 500 out
    assertThat(candidate.worstCost()).contains(Usd.of("0.008005"));
    assertThat(candidate.label()).isEqualTo("p:m");
  }

  @Test
  void expectsHalfOfAShortLimitAndAtLeastOneToken() {
    ChatRequest short60 = FIVE_WORDS.toBuilder().maxOutputTokens(60).build();
    ChatRequest single = FIVE_WORDS.toBuilder().maxOutputTokens(1).build();

    assertThat(candidate(words(10_000, 4_000), short60).expectedCost())
        .contains(Usd.of("0.000065")); // 5 in, 30 out
    assertThat(candidate(words(10_000, 4_000), single).expectedCost()).contains(Usd.of("0.000007"));
  }

  @Test
  void allowsWhatTheRequestAsksForElseTheModelsLimitElseWhatIsLeftOfTheContext() {
    ChatRequest limited = FIVE_WORDS.toBuilder().maxOutputTokens(100).build();

    assertThat(candidate(words(1_000, 500), limited).tokens().maxOutput()).isEqualTo(100);
    assertThat(candidate(words(1_000, 500), FIVE_WORDS).tokens().maxOutput()).isEqualTo(500);
    assertThat(candidate(words(1_000, 1_000), FIVE_WORDS).tokens().maxOutput()).isEqualTo(995);
    assertThat(candidate(words(1L << 40, 1L << 40), FIVE_WORDS).tokens().maxOutput())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void refusesWhatDoesNotFitTheContextToTheToken() {
    assertThat(candidate(words(6, 6), FIVE_WORDS).tokens().maxOutput()).isEqualTo(1);
    assertThat(refusal(words(5, 5), FIVE_WORDS))
        .isEqualTo("the conversation takes 5 tokens and the answer up to 1, its context holds 5");

    ChatRequest three = FIVE_WORDS.toBuilder().maxOutputTokens(3).build();
    assertThat(candidate(words(8, 8), three).tokens().maxOutput()).isEqualTo(3);
    assertThat(refusal(words(7, 7), three))
        .isEqualTo("the conversation takes 5 tokens and the answer up to 3, its context holds 7");
  }

  @Test
  void takesTheUpperBoundOfAnEstimate() {
    Model estimated = Model.builder("p", "m").limits(60, 60).tokenizer(Tokenizer.OTHER).build();
    Offer roomy =
        candidate(
            Model.builder("p", "m").limits(1_000, 100).tokenizer(Tokenizer.OTHER).build(),
            FIVE_WORDS);

    assertThat(roomy.tokens().exact()).isFalse();
    assertThat(roomy.tokens().inputAtMost()).isGreaterThan(60);
    assertThat(roomy.tokens().input()).isLessThan(60);
    assertThat(refusal(estimated, FIVE_WORDS)).startsWith("the conversation takes up to ");
  }

  @Test
  void refusesAnAnswerLongerThanTheModelGives() {
    ChatRequest long501 = FIVE_WORDS.toBuilder().maxOutputTokens(501).build();

    assertThat(refusal(words(10_000, 500), long501))
        .isEqualTo("it answers with at most 500 tokens, 501 are asked for");
  }

  @Test
  void refusesToLetTextLeaveTheMachine() {
    ChatRequest secret = FIVE_WORDS.toBuilder().localOnly(true).build();

    assertThat(refusal(words(1_000, 100), secret))
        .isEqualTo("the request must stay on this machine");
  }

  @Test
  void passesOnWhyTheProviderRefuses() {
    ChatProvider shy =
        new ChatProvider() {
          @Override
          public String name() {
            return "shy";
          }

          @Override
          public ChatResponse chat(ProviderCall call) {
            throw new IllegalStateException("never asked");
          }

          @Override
          public Optional<String> refusal(Model model, ChatRequest request) {
            return Optional.of("not today");
          }
        };

    Refusal refusal = plan(shy.model("x"), FIVE_WORDS).refused().get(0);

    assertThat(refusal).isEqualTo(new Refusal("shy:x", "not today"));
    assertThat(shy.isLocal()).isFalse();
    assertThat(shy.isLastResort()).isFalse();
  }

  @Test
  void countsDocumentsAsTheyAreSent() {
    ChatRequest request =
        ChatRequest.builder()
            .message(
                Message.user(
                    new Content.Document("a.txt", "six seven"), new Content.Text("What is it?")))
            .build();

    // <document name="a.txt"> is two words, </document> one
    assertThat(candidate(words(1_000, 100), request).tokens().input()).isEqualTo(2 + 2 + 1 + 3);
  }

  @Test
  void knowsAModelByItsProviderOrNotAtAll() {
    ModelCatalog catalog = ModelCatalog.of(List.of(words(123, 45)));

    assertThat(provider.model("m").resolve(catalog).contextTokens()).isEqualTo(123);
    Model unknown = provider.model("other").resolve(catalog);
    assertThat(unknown.qualifiedId()).isEqualTo("p/other");
    assertThat(unknown.prices()).isEmpty();
  }

  @Test
  void takesTheLimitsButNotThePricesOfAnotherProvidersModel() {
    Model elsewhere =
        Model.builder("vendor", "m")
            .limits(123, 45)
            .prices(Prices.of(Usd.of("1"), Usd.of("2")))
            .build();

    Model here = provider.model("m").resolve(ModelCatalog.of(List.of(elsewhere)));

    assertThat(here.qualifiedId()).isEqualTo("p/m");
    assertThat(here.contextTokens()).isEqualTo(123);
    assertThat(here.prices()).isEmpty();
  }
}
