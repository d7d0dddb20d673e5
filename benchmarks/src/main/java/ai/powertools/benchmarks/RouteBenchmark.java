package ai.powertools.benchmarks;

import ai.powertools.core.Deadline;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.LlmRouter;
import ai.powertools.router.Offer;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.RoutedResponse;
import ai.powertools.router.RouterBuilder;
import ai.powertools.router.RoutingDecision;
import ai.powertools.router.Strategy;
import ai.powertools.router.quality.Prediction;
import ai.powertools.router.quality.QualityModel;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Deciding alone, among models of the bundled catalog; and a whole call to a provider that has its
 * answer ready, by the router and by the provider alone.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RouteBenchmark {
  /** Twelve words. */
  private static final String PROMPT = "Why is the sky blue at noon and red in the evening?";

  private static final int AT_A_TIME = 1_000;

  /** A router that decides. */
  @State(Scope.Benchmark)
  public static class Choice {
    /** How many models it chooses from. */
    @Param({"10", "300"})
    public int models;

    /** By what. */
    @Param({"cheapest", "balanced"})
    public String strategy = "";

    private final ChatRequest request = ChatRequest.of(PROMPT);
    private LlmRouter router = LlmRouter.builder().build();

    /** Makes the router, and sees to it that all models are weighed. */
    @Setup
    public void fill() {
      Strategy chosen = strategy.equals("balanced") ? Strategy.balanced() : Strategy.cheapest();
      router = router(models, chosen);
      List<Offer> offers = router.plan(request).inputs().offers();
      if (offers.size() != models
          || offers.stream().anyMatch(offer -> offer.expectedCost().isEmpty())) {
        throw new IllegalStateException(
            "Of %d models %d could answer, or the cost of one is not known."
                .formatted(models, offers.size()));
      }
    }
  }

  /** A prompt of 1,000 characters, as of a word problem with a long story. */
  @State(Scope.Benchmark)
  public static class Prompt {
    private final QualityModel predictor = QualityModel.bundled();
    private final String text =
        "Ann has 12 pens and gives 2 to each of 3 friends, and buys 5 more for $1.50 each. "
            .repeat(13)
            .substring(0, 1_000);
  }

  /** A router that asks. */
  @State(Scope.Benchmark)
  public static class Asking {
    /** How many models it has. */
    @Param({"1", "3"})
    public int models;

    private final ChatRequest request = ChatRequest.of(PROMPT);
    private LlmRouter router = LlmRouter.builder().build();

    /** Makes the router. */
    @Setup
    public void fill() {
      router = router(models, Strategy.cheapest());
    }
  }

  /** What is asked without a router. */
  @State(Scope.Benchmark)
  public static class Plain {
    private final ReadyProvider provider = ReadyProvider.named("openai");
    private final ProviderCall call =
        new ProviderCall("ready", ChatRequest.of(PROMPT), Optional.empty(), Deadline.never());
    private final ReadyLangChain langChain = new ReadyLangChain();
    private final dev.langchain4j.model.chat.request.ChatRequest langChainRequest =
        dev.langchain4j.model.chat.request.ChatRequest.builder()
            .messages(UserMessage.from(PROMPT))
            .build();
  }

  /** The decision alone; nobody is asked. */
  @Benchmark
  public RoutingDecision plan(Choice choice) {
    return choice.router.plan(choice.request);
  }

  /** How well a weak and a strong model would do, by the bundled predictor. */
  @Benchmark
  public Prediction predict(Prompt prompt) {
    return prompt.predictor.predict(prompt.text);
  }

  /** The decision, the call, and all that is learned from it. */
  @Benchmark
  public RoutedResponse route(Asking asking) {
    return asking.router.route(asking.request);
  }

  /** The provider alone; many at a time, as each takes less than asking the clock. */
  @Benchmark
  @OperationsPerInvocation(AT_A_TIME)
  public void bareProvider(Plain plain, Blackhole hole) {
    for (int i = 0; i < AT_A_TIME; i++) {
      hole.consume(plain.provider.chat(plain.call));
    }
  }

  /** LangChain4j's call of one model, which chooses nothing and keeps nothing. */
  @Benchmark
  @OperationsPerInvocation(AT_A_TIME)
  public void plainLangChain4j(Plain plain, Blackhole hole) {
    for (int i = 0; i < AT_A_TIME; i++) {
      hole.consume(plain.langChain.chat(plain.langChainRequest));
    }
  }

  private static LlmRouter router(int models, Strategy strategy) {
    Prediction known = new Prediction(0.5, 0.8, 1);
    RouterBuilder builder = LlmRouter.builder().strategy(strategy).quality(prompt -> known);
    PricedModels.spread(models)
        .forEach(model -> builder.model(ReadyProvider.named(model.provider()).model(model)));
    return builder.build();
  }
}
