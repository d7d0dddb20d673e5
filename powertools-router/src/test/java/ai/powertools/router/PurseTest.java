package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PurseTest {
  private static final Task FIVE_WORDS = Task.of("one two three four five");

  private final ScriptedProvider provider = ScriptedProvider.named("p");

  private static Model model(String id) {
    return Model.builder("p", id)
        .limits(10_000, 4_000)
        .tokenizer(Tokenizer.WORDS)
        .prices(Prices.of(Usd.of("1"), Usd.of("2")))
        .build();
  }

  /** Asks again and again, whatever went wrong. */
  private static ChatResponse persistent(Chain chain) {
    while (true) {
      try {
        return chain.proceed(chain.request());
      } catch (ProviderException e) {
        // once more
      }
    }
  }

  @Test
  void isNeverOverdrawnByLayersThatTryAgain() {
    for (int i = 0; i < 10; i++) {
      provider.failAfter("some words", ErrorKind.SERVER);
    }
    LlmRouter router =
        LlmRouter.builder()
            .model(provider.model(model("m")))
            .perCandidate(PurseTest::persistent)
            .build();

    assertThatThrownBy(() -> router.route(FIVE_WORDS.budget(Usd.of("0.001010"))))
        .hasMessage(
            "The budget of $0.00101 has no room for another request to p:m: $0.000009 of it is"
                + " gone, and it may cost $0.001009. Raise the budget, or lower maxOutputTokens.");
    assertThat(provider.calls()).hasSize(1);
  }

  @Test
  void letsLayersTryAgainAsLongAsThereIsEnough() {
    provider.fail(ErrorKind.OVERLOADED).fail(ErrorKind.OVERLOADED).answer("done", Usage.of(5, 1));
    LlmRouter router =
        LlmRouter.builder()
            .model(provider.model(model("m")))
            .perCandidate(PurseTest::persistent)
            .build();

    RoutedResponse answer = router.route(FIVE_WORDS.budget(Usd.of("0.001010")));

    assertThat(provider.calls()).hasSize(3);
    assertThat(answer.decision().cost()).contains(Usd.of("0.000007"));
  }

  @Test
  void limitsALayerThatAsksForMore() {
    LlmRouter router =
        LlmRouter.builder()
            .model(provider.model(model("m")))
            .perCandidate(
                chain -> chain.proceed(chain.request().toBuilder().maxOutputTokens(4_000).build()))
            .build();

    router.route(FIVE_WORDS.budget(Usd.of("0.001005")));

    assertThat(provider.calls().get(0).request().maxOutputTokens()).hasValue(500);
  }

  @Test
  void givesTheNextModelNoMoreThanIsLeft() {
    ScriptedProvider next = ScriptedProvider.named("q");
    provider.fail(
        ProviderException.builder(ErrorKind.SERVER, "p", "m", "cut")
            .mayBeBilled(true)
            .partialUsage(Optional.of(Usage.of(5, 300)))
            .build());
    LlmRouter router =
        LlmRouter.builder()
            .strategy(Strategy.inOrder())
            .model(provider.model(model("m")))
            .model(next.model(model("m")))
            .build();

    RoutedResponse answer =
        router.route(
            Task.of(FIVE_WORDS.request().toBuilder().maxOutputTokens(900).build())
                .budget(Usd.of("0.002")));

    assertThat(next.calls().get(0).request().maxOutputTokens()).hasValue(695);
    assertThat(answer.decision().cost().orElseThrow()).isLessThan(Usd.of("0.002"));
  }

  @Test
  void passesAModelByThatTheRestDoesNotPayFor() {
    ScriptedProvider next = ScriptedProvider.named("q");
    provider.fail(
        ProviderException.builder(ErrorKind.SERVER, "p", "m", "cut")
            .mayBeBilled(true)
            .partialUsage(Optional.of(Usage.of(5, 490)))
            .build());
    LlmRouter router =
        LlmRouter.builder()
            .strategy(Strategy.inOrder())
            .model(provider.model(model("m")))
            .model(next.model(model("m")))
            .build();

    assertThatThrownBy(() -> router.route(FIVE_WORDS.budget(Usd.of("0.001010"))))
        .isInstanceOf(ProviderException.class);
    assertThat(next.calls()).isEmpty();
  }

  @Test
  void keepsWhatNobodyKnowsTheCostOf() {
    Purse purse = Purse.of(Optional.of(Usd.of("1")));

    assertThat(purse.take(Usd.of("0.6"))).isTrue();
    assertThat(purse.take(Usd.of("0.6"))).isFalse();
    purse.settle(Usd.of("0.6"), null);
    assertThat(purse.committed()).isEqualTo(Usd.of("0.6"));
    assertThat(purse.take(Usd.of("0.4"))).isTrue();
    purse.settle(Usd.of("0.4"), Usd.of("0.1"));
    assertThat(purse.committed()).isEqualTo(Usd.of("0.7"));
    assertThat(purse.isBottomless()).isFalse();
  }

  @Test
  void hasNoBottomWithoutABudget() {
    Purse purse = Purse.of(Optional.empty());

    for (Usd much : List.of(Usd.of("1000000"), Usd.of("1000000"))) {
      assertThat(purse.take(much)).isTrue();
      purse.settle(much, much);
    }
    assertThat(purse.isBottomless()).isTrue();
    assertThat(purse.committed()).isEqualTo(Usd.ZERO);
  }
}
