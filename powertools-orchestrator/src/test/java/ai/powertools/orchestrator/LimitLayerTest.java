package ai.powertools.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.cost.Attribution;
import ai.powertools.models.Usage;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.LimiterState;
import ai.powertools.ratelimit.Limits;
import ai.powertools.ratelimit.Priority;
import ai.powertools.ratelimit.RateLimitExceededException;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ChatStream;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.router.RateLimits;
import ai.powertools.router.ScriptedProvider;
import ai.powertools.router.Strategy;
import ai.powertools.router.StreamEvent;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a call takes of its provider's limits, and what comes back of it. */
@Timeout(60)
class LimitLayerTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final String MINI = "openai:gpt-5-mini";

  private final VirtualClock clock = VirtualClock.create();
  private final ScriptedProvider openai = ScriptedProvider.named("openai", clock);

  private OrchestratorBuilder builder(ChatProvider provider) {
    return AiOrchestrator.builder()
        .time(clock)
        .model(provider.model("gpt-5-mini"))
        .strategy(Strategy.inOrder())
        .retry(new RetrySettings(1, MILLI, MILLI));
  }

  private static LimitSettings requests(long perMinute) {
    return LimitSettings.of(
        Limits.of(Limit.of(Dimension.REQUESTS, perMinute, MINUTE).burst(perMinute)));
  }

  private static Question small(String text) {
    return Question.builder(text).maxOutputTokens(50).build();
  }

  private static RateLimits said(long limit, long remaining) {
    return new RateLimits(
        Optional.of(
            new RateLimits.Limit(
                OptionalLong.of(limit), OptionalLong.of(remaining), Optional.empty())),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static ProviderException.Builder error(ErrorKind kind) {
    return ProviderException.builder(kind, "openai", "gpt-5-mini", "as scripted");
  }

  private static void assertNothingIsOut(AiOrchestrator ai) {
    assertThat(ai.limits()).isNotEmpty();
    assertThat(ai.limits().values())
        .allSatisfy(
            state -> {
              assertThat(state.inFlight()).isZero();
              assertThat(state.waiting()).isZero();
            });
  }

  @Test
  void countsInputAndOutputApartAndTogether() {
    openai.answer("Yes.", Usage.of(10, 2));
    Limits limits = Limits.none();
    for (Dimension each :
        List.of(Dimension.TOKENS, Dimension.INPUT_TOKENS, Dimension.OUTPUT_TOKENS)) {
      limits = limits.with(Limit.of(each, 1000, MINUTE).burst(1000));
    }
    try (AiOrchestrator ai = builder(openai).limits(LimitSettings.of(limits)).build()) {
      ai.ask(small("Is it?"));

      for (String place : List.of("openai", MINI)) {
        LimiterState state = ai.limits().get(place);
        assertThat(state.available(Dimension.INPUT_TOKENS)).hasValue(990);
        assertThat(state.available(Dimension.OUTPUT_TOKENS)).hasValue(998);
        assertThat(state.available(Dimension.TOKENS)).hasValue(988);
      }
    }
  }

  @Test
  void reservesTheBoundOfTheOutputAgainstTheLimitOfOutput() {
    LimitSettings little =
        LimitSettings.of(Limits.of(Limit.of(Dimension.OUTPUT_TOKENS, 49, MINUTE)));
    try (AiOrchestrator ai = builder(openai).limits(little).build()) {
      assertThatThrownBy(() -> ai.ask(small("Is it?")))
          .isInstanceOf(RateLimitExceededException.class)
          .hasMessageContaining("49 output tokens per minute");
      assertThat(openai.calls()).isEmpty();
    }
  }

  @Test
  void learnsOfEachModelWhatItsProviderSays() {
    ChatProvider provider =
        new ReportingProvider(
            "openai", Map.of("gpt-5-mini", said(100, 3), "gpt-5-nano", said(400, 399)));
    try (AiOrchestrator ai =
        builder(provider)
            .model(provider.model("gpt-5-nano"))
            .limits(requests(200).longestWait(Duration.ZERO))
            .build()) {
      ai.ask(small("Is it?"));
      LimiterState mini = ai.limits().get(MINI);
      assertThat(mini.availableRequests()).hasValue(3);
      assertThat(mini.levels()).extracting(level -> level.limit().amount()).containsExactly(100L);

      // What is left of one model is no matter of the others, and the whole is as configured.
      ai.ask(Question.builder("And it?").model("openai:gpt-5-nano").maxOutputTokens(50).build());
      assertThat(ai.limits().get("openai:gpt-5-nano").availableRequests()).hasValue(399);
      assertThat(ai.limits().get("openai").availableRequests()).hasValue(198);
      assertThat(ai.limits().get("openai").levels())
          .extracting(level -> level.limit().amount())
          .containsExactly(200L);
    }
  }

  @Test
  void learnsFromErrorsToo() {
    openai.fail(error(ErrorKind.SERVER).status(500).rateLimits(said(100, 7)).build());
    try (AiOrchestrator ai = builder(openai).limits(requests(100)).build()) {
      assertThatThrownBy(() -> ai.ask(small("Is it?"))).isInstanceOf(ProviderException.class);

      assertThat(ai.limits().get(MINI).availableRequests()).hasValue(7);
      assertThat(ai.limits().get(MINI).closedFor()).isZero();
    }
  }

  @Test
  void learnsNothingWhenItIsToldNotTo() {
    ChatProvider provider = new ReportingProvider("openai", Map.of("gpt-5-mini", said(100, 3)));
    try (AiOrchestrator ai = builder(provider).limits(requests(200).learn(false)).build()) {
      ai.ask(small("Is it?"));

      assertThat(ai.limits().get(MINI).availableRequests()).hasValue(199);
    }
  }

  @Test
  void aRefusalClosesTheWayToItsModelOnlyAndForAsLongAsItAsks() {
    openai.fail(error(ErrorKind.RATE_LIMITED).status(429).retryAfter(Optional.of(MINUTE)).build());
    openai.answer("from the smaller one");
    try (AiOrchestrator ai =
        builder(openai).model(openai.model("gpt-5-nano")).limits(requests(60)).build()) {
      assertThat(ai.ask(small("Is it?")).text()).isEqualTo("from the smaller one");

      assertThat(ai.limits().get(MINI).closedFor()).isEqualTo(MINUTE);
      assertThat(ai.limits().get(MINI).availableRequests()).hasValue(59);
      assertThat(ai.limits().get("openai").closedFor()).isZero();
      assertThat(ai.limits().get("openai:gpt-5-nano").closedFor()).isZero();
      assertNothingIsOut(ai);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"RATE_LIMITED", "OVERLOADED"})
  void aProviderThatDoesNotSayForHowLongIsLeftAloneLongerEachTime(ErrorKind kind) {
    openai.fail(kind).fail(kind).answer("Yes.").fail(kind);
    VirtualClock running = VirtualClock.autoAdvancing();
    try (AiOrchestrator ai =
        builder(openai).time(running).retry(new RetrySettings(3, MILLI, MILLI)).build()) {
      CompletableFuture<Answer> answer = ai.askAsync(small("Is it?"));
      passPause(ai, running, Duration.ofSeconds(1));
      passPause(ai, running, Duration.ofSeconds(2));
      assertThat(answer.join().text()).isEqualTo("Yes.");

      // It went well in between, so it begins with a second again.
      answer = ai.askAsync(small("And it?"));
      passPause(ai, running, Duration.ofSeconds(1));
      assertThat(answer.join().text()).isEqualTo("And it?");
      assertNothingIsOut(ai);
    }
  }

  /** Awaits that a call waits for a pause to end, which may have begun some milliseconds ago. */
  private static void passPause(AiOrchestrator ai, VirtualClock clock, Duration pause) {
    awaitState(
        ai,
        MINI,
        state ->
            state.waiting() == 1
                && state.closedFor().compareTo(pause) <= 0
                && state.closedFor().compareTo(pause.minus(MILLI.multipliedBy(3))) >= 0);
    clock.advance(pause);
  }

  @Test
  void adaptsToRefusalsWhenItIsToldTo() {
    openai.fail(ErrorKind.RATE_LIMITED).fail(ErrorKind.RATE_LIMITED);
    for (boolean adaptive : new boolean[] {true, false}) {
      try (AiOrchestrator ai = builder(openai).limits(requests(100).adaptive(adaptive)).build()) {
        assertThatThrownBy(() -> ai.ask(small("Is it?"))).isInstanceOf(ProviderException.class);

        assertThat(ai.limits().get(MINI).levels())
            .extracting(level -> level.limit().burst())
            .containsExactly(adaptive ? 70L : 100L);
        assertThat(ai.limits().get("openai").levels())
            .extracting(level -> level.limit().burst())
            .containsExactly(100L);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void nothingStaysOutHoweverACallFails(ErrorKind kind) {
    openai.fail(error(kind).build());
    openai.fail(error(kind).status(500).build());
    openai.failAfter("Ye", kind);
    for (int i = 1; i <= 3; i++) {
      try (AiOrchestrator ai =
          builder(openai).limits(LimitSettings.of(Limits.none().concurrency(1))).build()) {
        assertThatThrownBy(() -> ai.ask(small("Is it?"))).isInstanceOf(ProviderException.class);
        assertNothingIsOut(ai);
        assertThat(openai.calls()).hasSize(i);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false, 1000, 100", "false, true, 1000, 99", "true, false, 900, 99"})
  void whatFailedIsChargedAsFarAsItWasSent(
      boolean billed, boolean answered, long tokens, long requests) {
    ProviderException.Builder error = error(ErrorKind.SERVER).mayBeBilled(billed);
    openai.fail((answered ? error.status(500) : error).build());
    Limits limits =
        Limits.of(
            Limit.of(Dimension.REQUESTS, 100, MINUTE).burst(100),
            Limit.of(Dimension.OUTPUT_TOKENS, 1000, MINUTE).burst(1000));
    try (AiOrchestrator ai = builder(openai).limits(LimitSettings.of(limits)).build()) {
      Question hundred = Question.builder("Is it?").maxOutputTokens(100).build();
      assertThatThrownBy(() -> ai.ask(hundred)).isInstanceOf(ProviderException.class);

      assertThat(ai.limits().get("openai").availableRequests()).hasValue(requests);
      assertThat(ai.limits().get("openai").available(Dimension.OUTPUT_TOKENS)).hasValue(tokens);
    }
  }

  @Test
  void nothingStaysOutWhenCodeBreaks() {
    ChatProvider broken = new Answering(call -> throwing(new AssertionError("broken")));
    try (AiOrchestrator ai =
        builder(broken).limits(LimitSettings.of(Limits.none().concurrency(1))).build()) {
      assertThatThrownBy(() -> ai.ask(small("Is it?"))).hasMessageContaining("broken");
      assertNothingIsOut(ai);
    }
  }

  private static ChatResponse throwing(Error error) {
    throw error;
  }

  @Test
  void nothingStaysOutOfAStreamThatItsReaderCloses() {
    ChatProvider endless =
        new Answering(
            call -> {
              while (true) {
                call.listener().orElseThrow().on(new StreamEvent.TextDelta("and so on "));
              }
            });
    try (AiOrchestrator ai =
        builder(endless).limits(LimitSettings.of(Limits.none().concurrency(1))).build()) {
      try (ChatStream stream = ai.stream(small("Go on."))) {
        Iterator<StreamEvent> events = stream.iterator();
        assertThat(events.next()).isEqualTo(new StreamEvent.TextDelta("and so on "));
        assertThat(ai.limits().get("openai").inFlight()).isEqualTo(1);
      }
      assertNothingIsOut(ai);
    }
  }

  @Test
  void theMoreUrgentQuestionGoesFirst() {
    assertThat(
            order(
                ai -> asking(ai, small("low").priority(Priority.LOW)),
                ai -> asking(ai, small("normal")),
                ai -> asking(ai, Question.builder("high").priority(Priority.HIGH).build())))
        .containsExactly("first", "high", "normal", "low");
  }

  @Test
  void usersWaitInTurnHoweverManyQuestionsOneHas() {
    assertThat(
            order(
                ai -> asking(ai, "ada", small("ada 1")),
                ai -> asking(ai, "ada", small("ada 2")),
                ai -> asking(ai, "ada", small("ada 3")),
                ai -> asking(ai, "bob", small("bob 1"))))
        .containsExactly("first", "ada 1", "bob 1", "ada 2", "ada 3");
  }

  private interface Asking {
    CompletableFuture<Answer> of(AiOrchestrator ai);
  }

  /** In which order questions reach a provider that takes one call at a time. */
  private List<String> order(Asking... waiting) {
    CountDownLatch release = new CountDownLatch(1);
    List<String> order = new ArrayList<>();
    ChatProvider slow =
        new Answering(
            call -> {
              String text = call.request().messages().get(0).text();
              synchronized (order) {
                order.add(text);
              }
              await(release);
              return ChatResponse.of("Yes.", "openai", call.model(), Usage.of(1, 1));
            });
    try (AiOrchestrator ai =
        builder(slow).limits(LimitSettings.of(Limits.none().concurrency(1))).build()) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      answers.add(asking(ai, small("first")));
      awaitState(ai, "openai", state -> state.inFlight() == 1);
      for (Asking next : waiting) {
        answers.add(next.of(ai));
        int expected = answers.size() - 1;
        awaitState(ai, "openai", state -> state.waiting() == expected);
      }
      release.countDown();
      answers.forEach(CompletableFuture::join);
      return order;
    }
  }

  private static CompletableFuture<Answer> asking(AiOrchestrator ai, Question question) {
    return ai.askAsync(question);
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private static CompletableFuture<Answer> asking(AiOrchestrator ai, String user, Question asked) {
    try (Attribution.Scope scope = Attribution.with("user", user)) {
      return ai.askAsync(asked);
    }
  }

  private static void awaitState(
      AiOrchestrator ai, String place, Predicate<LimiterState> expected) {
    while (Optional.ofNullable(ai.limits().get(place)).filter(expected).isEmpty()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("the test has run out of time");
      }
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody let it go", e);
    }
  }

  private interface Answers {
    ChatResponse to(ProviderCall call);
  }

  private record Answering(Answers answers) implements ChatProvider {
    @Override
    public String name() {
      return "openai";
    }

    @Override
    public ChatResponse chat(ProviderCall call) {
      return answers.to(call);
    }
  }
}
