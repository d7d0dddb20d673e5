package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Deadline;
import ai.powertools.core.Secret;
import ai.powertools.models.Usd;
import ai.powertools.router.Fallback;
import ai.powertools.router.Hedge;
import ai.powertools.router.LlmRouter;
import ai.powertools.router.ModelStatus;
import ai.powertools.router.NoFeasibleModelException;
import ai.powertools.router.ProviderException;
import ai.powertools.router.RoutedResponse;
import ai.powertools.router.RouterBuilder;
import ai.powertools.router.RoutingDecision;
import ai.powertools.router.Strategy;
import ai.powertools.router.StreamEvent;
import ai.powertools.router.Task;
import ai.powertools.testing.ProviderSimulator;
import ai.powertools.testing.RecordedRequest;
import ai.powertools.testing.SimulatedAnswer;
import ai.powertools.testing.SimulatedUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a router does when its vendors fail, over real HTTP. */
class RoutedProvidersIT {
  private static final Task WHY = Task.of("Why is the sky blue?");

  private final ProviderSimulator vendor = ProviderSimulator.start();
  private final ProviderSimulator own = ProviderSimulator.start();

  @AfterEach
  void close() {
    vendor.close();
    own.close();
  }

  private OpenAi openAi(String key) {
    return OpenAi.builder().baseUrl(vendor.url()).key(Secret.of(key)).build();
  }

  private RouterBuilder router() {
    return LlmRouter.builder()
        .strategy(Strategy.inOrder())
        .model(openAi("sk-right").model("gpt-5-mini"))
        .model(Ollama.at(own.rootUrl()).model("qwen3:8b"));
  }

  @Test
  void goesOnAtAnotherVendorWhereAStreamWasCutAndSaysNothingTwice() {
    vendor.cutAfter("The sky is blue because ");
    own.answer("air scatters blue light most.");
    LlmRouter router =
        router().fallback(Fallback.STANDARD.afterDelivery(Fallback.AfterDelivery.RESUME)).build();
    List<StreamEvent> told = new ArrayList<>();

    RoutedResponse answer = router.route(WHY, told::add, Deadline.after(Duration.ofSeconds(20)));

    assertThat(answer.text()).isEqualTo("The sky is blue because air scatters blue light most.");
    assertThat(text(told)).isEqualTo(answer.text());
    assertThat(told.get(told.size() - 1)).isInstanceOf(StreamEvent.Finished.class);
    RecordedRequest resumed = own.requests().get(own.requests().size() - 1);
    assertThat(resumed.body().at("/messages/1/role").asText()).isEqualTo("assistant");
    assertThat(resumed.body().at("/messages/1/content").asText())
        .isEqualTo("The sky is blue because");
    assertThat(answer.decision().tried())
        .extracting(RoutingDecision.Tried::role)
        .containsExactly(RoutingDecision.Role.ANSWER, RoutingDecision.Role.RESUME);
    assertThat(answer.decision().tried().get(0).usage()).as("what was cut is billed").isPresent();
  }

  @Test
  void leavesAVendorAloneForAsLongAsItAsksAndAsksTheOther() {
    vendor.rateLimit(Duration.ofMinutes(5));
    own.answer("one").answer("two");
    LlmRouter router = router().build();

    assertThat(router.route(WHY).text()).isEqualTo("one");
    assertThat(router.route(WHY).text()).isEqualTo("two");

    assertThat(vendor.requests()).hasSize(1);
    ModelStatus status = router.status().get(0);
    assertThat(status.state()).isEqualTo(ModelStatus.State.COOLING);
    assertThat(status.remaining()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    assertThat(status.reason()).isEqualTo("rate limited");
  }

  @Test
  void leavesOutAllModelsOfAKeyThatIsRefusedUntilItIsPutRight() {
    vendor.requireKey("sk-right");
    OpenAi wrong = openAi("sk-wrong");
    LlmRouter router =
        LlmRouter.builder()
            .strategy(Strategy.inOrder())
            .model(wrong.model("gpt-5-mini"))
            .model(wrong.model("gpt-5-nano"))
            .model(openAi("sk-right").model("gpt-5-mini").deployment("other-key"))
            .build();
    vendor.answer("here").answer("here again");

    assertThat(router.route(WHY).text()).isEqualTo("here");
    int asked = vendor.requests().size();
    assertThat(router.route(WHY).text()).isEqualTo("here again");

    assertThat(vendor.requests()).hasSize(asked + 1);
    assertThat(router.status())
        .extracting(ModelStatus::state)
        .containsExactly(ModelStatus.State.OUT, ModelStatus.State.OUT, ModelStatus.State.READY);
    assertThatThrownBy(() -> router.route(WHY.allow("openai:gpt-5-nano")))
        .isInstanceOf(NoFeasibleModelException.class)
        .hasMessageContaining("openai:gpt-5-nano: it is out until reinstated: authentication")
        .hasMessageNotContaining("sk-wrong");
    router.reinstate("openai:gpt-5-nano");
    assertThatThrownBy(() -> router.route(WHY.allow("openai:gpt-5-nano")))
        .isInstanceOf(ProviderException.Authentication.class);
  }

  @Test
  void hangsUpOnTheSlowerOfTwo() throws InterruptedException {
    vendor.stall();
    own.answer("quick");
    LlmRouter router = router().hedge(Hedge.after(Duration.ofMillis(20)).share(1)).build();

    RoutedResponse answer = router.route(WHY, Deadline.after(Duration.ofSeconds(20)));

    assertThat(answer.text()).isEqualTo("quick");
    vendor.awaitAbandoned(1);
    assertThat(answer.decision().tried())
        .extracting(RoutingDecision.Tried::label)
        .containsExactly("openai:gpt-5-mini", "ollama:qwen3:8b");
    assertThat(router.status()).extracting(status -> status.standing().inFlight()).containsOnly(0);
    assertThat(router.status().get(0).state()).isEqualTo(ModelStatus.State.READY);
  }

  @Test
  void billsWhatTheVendorReportsAndSendsTheLimitThatTheBudgetPaysFor() {
    vendor.answer(
        SimulatedAnswer.builder().text("Rayleigh.").usage(SimulatedUsage.of(1_000, 100)).build());

    RoutedResponse answer = router().build().route(WHY.budgetCents(1));

    // $0.25 and $2 a million tokens
    assertThat(answer.decision().cost()).contains(Usd.of("0.00045"));
    long limit = vendor.requests().get(0).body().path("max_completion_tokens").asLong();
    assertThat(limit).isBetween(4_000L, 5_000L);
    assertThat(answer.decision().explain()).contains("cost: $0.00045");
  }

  private static String text(List<StreamEvent> told) {
    return told.stream()
        .filter(StreamEvent.TextDelta.class::isInstance)
        .map(event -> ((StreamEvent.TextDelta) event).text())
        .collect(Collectors.joining());
  }
}
