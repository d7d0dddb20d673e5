package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Deadline;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {
  private static final Task HELLO = Task.of("one two three four five").complexity(0.6).seed(7);

  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final ScriptedProvider provider = ScriptedProvider.named("p", clock);

  private RouterBuilder router() {
    return LlmRouter.builder()
        .time(clock)
        .model(provider.model(model("cheap", "0.1", "0.2")))
        .model(provider.model(model("dear", "5", "25")))
        .model(provider.model(Model.builder("p", "small").limits(4, 4).build()));
  }

  private static Model model(String id, String input, String output) {
    return Model.builder("p", id)
        .limits(10_000, 4_000)
        .tokenizer(Tokenizer.WORDS)
        .prices(Prices.of(Usd.of(input), Usd.of(output)))
        .build();
  }

  @Test
  void explainsWhoWasChosenWhoCouldNotAndTheNumbers() {
    provider.delay(Duration.ofSeconds(1)).answer("done", Usage.of(5, 50));

    String text =
        router()
            .strategy(Strategy.balanced().quality(0.5).cost(0.4).latency(0.1))
            .build()
            .route(HELLO.budgetCents(10).key("k"), Deadline.after(Duration.ofMinutes(1), clock))
            .decision()
            .explain();

    assertThat(text.lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo("strategy: balanced: quality 0.5, cost 0.4, latency 0.1"),
            line -> assertThat(line).isEqualTo("chosen: p:cheap"),
            line -> assertThat(line).isEqualTo("complexity: 0.60"),
            line ->
                assertThat(line)
                    .isEqualTo("score: weighted mean of quality, cheapness and speed, 0 to 1"),
            line ->
                assertThat(line)
                    .startsWith("could answer: p:cheap: input 5 tokens, output at most 4000; ")
                    .contains("cost expected $0.0001005, at most $0.0008005; quality 0.")
                    .contains("; score 0."),
            line -> assertThat(line).startsWith("could answer: p:dear: "),
            line -> assertThat(line).startsWith("could not: p:small: the conversation takes up to"),
            line -> assertThat(line).isEqualTo("tried: p:cheap: answered"),
            line -> assertThat(line).isEqualTo("cost: $0.0000105"));
  }

  @Test
  void comesBackFromJsonWithAllThatWasTried() {
    provider.failAfter("some", ErrorKind.SERVER).answer("done", Usage.of(5, 50));
    RoutingDecision decision = router().build().route(HELLO.key("k")).decision();

    RoutingDecision again = RoutingDecision.fromJson(decision.toJson());

    assertThat(again).isEqualTo(decision);
    assertThat(again.tried()).hasSize(2);
    assertThat(again.cost()).isPresent();
    assertThat(again.explain()).isEqualTo(decision.explain());
    assertThat(decision.toJson()).doesNotContain("three four");
  }

  @Test
  void decidesTheSameAgainWhateverHasBecomeOfTheModels() {
    LlmRouter router = router().strategy(Strategy.leastBusy()).build();
    List<RoutingDecision> plans = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      plans.add(router.plan(HELLO.seed(i)));
    }
    provider.fail(ErrorKind.QUOTA_EXHAUSTED);
    router.route(HELLO);

    for (RoutingDecision plan : plans) {
      RoutingDecision record = RoutingDecision.fromJson(plan.toJson());
      assertThat(router.replay(record)).isEqualTo(plan);
    }
    assertThat(plans.stream().map(plan -> plan.first().orElseThrow().label()).distinct())
        .hasSize(2);
  }

  @Test
  void theSameSeedGivesTheSameChoice() {
    for (long seed = 0; seed < 20; seed++) {
      LlmRouter one = router().strategy(Strategy.leastBusy()).build();
      LlmRouter other = router().strategy(Strategy.leastBusy()).build();
      assertThat(one.plan(HELLO.seed(seed)).candidates())
          .isEqualTo(other.plan(HELLO.seed(seed)).candidates());
    }
    LlmRouter seeded = router().seeds(() -> 42).build();
    assertThat(seeded.plan(Task.of("x")).inputs().seed()).isEqualTo(42);
  }

  @Test
  void saysWhatAnotherStrategyWouldHaveCost() {
    LlmRouter router = router().strategy(Strategy.best()).build();
    List<RoutingDecision> records = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      provider.answer("done", Usage.of(5, 100));
      records.add(router.route(HELLO).decision());
    }
    records.add(router.plan(HELLO)); // nobody answered

    Simulation simulation = router.simulate(records, Strategy.cheapest());

    assertThat(simulation.strategy()).isEqualTo("cheapest");
    assertThat(simulation.calls()).isEqualTo(10);
    assertThat(simulation.skipped()).isEqualTo(1);
    assertThat(simulation.unpriced()).isZero();
    assertThat(simulation.moved()).isEqualTo(10);
    assertThat(simulation.cost()).isEqualTo(Usd.of("0.02525")); // 5 in, 100 out, ten times
    assertThat(simulation.otherCost()).isEqualTo(Usd.of("0.000205"));
    assertThat(simulation.otherQuality()).isLessThan(simulation.quality());
    assertThat(simulation.choices()).containsExactly(Map.entry("p:cheap", 10));

    Simulation same = router.simulate(records, Strategy.best());
    assertThat(same.moved()).isZero();
    assertThat(same.otherCost()).isEqualTo(same.cost());
  }

  @Test
  void leavesOutOfTheSumWhatHasNoPrice() {
    LlmRouter router =
        LlmRouter.builder()
            .model(provider.model("unpriced"))
            .model(provider.model(model("dear", "5", "25")))
            .strategy(Strategy.inOrder())
            .build();
    RoutingDecision record = router.route(HELLO).decision();

    Simulation simulation = router.simulate(List.of(record), Strategy.cheapest());

    assertThat(record.cost()).isEmpty();
    assertThat(simulation.unpriced()).isEqualTo(1);
    assertThat(simulation.cost()).isEqualTo(Usd.ZERO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                                            | is no JSON",
        "{\"version\":2}                                              | is of version 2",
        "{\"version\":1}                                              | \"offers\" is missing",
        "{\"version\":1,\"offers\":[{\"model\":\"a\"}]}               | \"input\" is missing",
        "{\"version\":1,\"offers\":[],\"task\":7}                     | \"task\" is missing",
      })
  void saysWhatIsWrongWithARecord(String json, String wrong) {
    assertThatThrownBy(() -> RoutingDecision.fromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(wrong);
  }

  @Test
  void refusesARecordThatContradictsItself() {
    String json = router().build().plan(HELLO).toJson();

    assertThatThrownBy(
            () ->
                RoutingDecision.fromJson(
                    json.replaceFirst(
                        "\"ranking\":\\[\\{\"model\":\"p:cheap\"",
                        "\"ranking\":[{\"model\":\"p:other\"")))
        .hasMessage("The record of a decision ranks p:other, of which it has no offer.");
  }

  @Test
  void tellsListenersWhatItDoesAndMindsNoneThatFails() {
    List<RouterEvent> events = new ArrayList<>();
    provider.fail(ErrorKind.OVERLOADED).answer("done");
    LlmRouter router =
        router()
            .listener(
                event -> {
                  throw new IllegalStateException("a listener that fails");
                })
            .listener(events::add)
            .build();

    String id = router.route(HELLO).callId();

    assertThat(events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Decided", "LeftAlone", "Tried", "Tried", "Ended");
    assertThat(events).allSatisfy(event -> assertThat(event.callId()).isEqualTo(id));
  }
}
