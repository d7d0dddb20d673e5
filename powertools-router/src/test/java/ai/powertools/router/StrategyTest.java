package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Usd;
import ai.powertools.router.extractive.Extractive;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrategyTest {
  private static final ChatRequest TEXT =
      ChatRequest.of("A text to be summarized.").toBuilder().task("summarize").build();

  private static Model priced(String id, String input, String output) {
    return Model.builder("p", id).prices(Prices.of(Usd.of(input), Usd.of(output))).build();
  }

  private static List<String> order(Strategy strategy) {
    ScriptedProvider p = ScriptedProvider.named("p");
    return LlmRouter.builder()
        .strategy(strategy)
        .model(Extractive.create().model("extractive"))
        .model(p.model("unknown"))
        .model(p.model(priced("dear", "3", "15")))
        .model(p.model(priced("cheap", "0.1", "0.4")))
        .model(p.model(priced("as cheap", "0.1", "0.4")))
        .model(p.model(Model.local("p", "free", 100_000)))
        .build()
        .plan(TEXT)
        .candidates()
        .stream()
        .map(Offer::label)
        .toList();
  }

  @Test
  void theCheapestIsFirstTheUnknownLastAndTheLastResortBehindAll() {
    assertThat(Strategy.cheapest().name()).isEqualTo("cheapest");
    assertThat(order(Strategy.cheapest()))
        .containsExactly(
            "p:free", "p:cheap", "p:as cheap", "p:dear", "p:unknown", "builtin:extractive");
  }

  @Test
  void theOrderOfTheRouterIsKeptWhenAskedFor() {
    assertThat(order(Strategy.inOrder()))
        .containsExactly(
            "builtin:extractive", "p:unknown", "p:dear", "p:cheap", "p:as cheap", "p:free");
  }

  @Test
  void anOrderOfOnesOwnMayLeaveModelsOut() {
    Strategy onlyOne = Strategy.of("only one", feasible -> feasible.subList(2, 3));

    assertThat(onlyOne.name()).isEqualTo("only one");
    assertThat(order(onlyOne)).containsExactly("p:dear");
  }
}
