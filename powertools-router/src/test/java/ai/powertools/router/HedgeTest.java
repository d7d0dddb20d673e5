package ai.powertools.router;

import static ai.powertools.router.FunctionProvider.error;
import static ai.powertools.router.FunctionProvider.say;
import static ai.powertools.router.FunctionProvider.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.PowerToolsException;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A second model is asked when the first is slow. The clock is turned by hand. */
@Timeout(30)
class HedgeTest {
  private static final ChatRequest HELLO = ChatRequest.of("hello there");
  private static final Duration DELAY = Duration.ofSeconds(2);

  private final VirtualClock clock = VirtualClock.create();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<RouterEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final List<StreamEvent> told = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch secondAsked = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  /** Answers never, and settles with half an answer when it is hung up on. */
  private final FunctionProvider stuck =
      FunctionProvider.named(
          "stuck",
          call -> {
            throw hungUp();
          });

  private final FunctionProvider quick =
      FunctionProvider.named(
          "quick",
          call -> {
            secondAsked.countDown();
            return say(call, "quick ", "answer");
          });

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    release.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).as("all threads are free").isTrue();
  }

  /** Blocks until the thread is interrupted. */
  private static ProviderException hungUp() {
    return hungUp(ErrorKind.CANCELLED);
  }

  private static ProviderException hungUp(ErrorKind kind) {
    try {
      new CountDownLatch(1).await();
      throw new AssertionError("nobody counts down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ProviderException.builder(kind, "stuck", "a", "hung up on")
          .mayBeBilled(true)
          .partialUsage(Optional.of(Usage.of(100, 50)))
          .build();
    }
  }

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new AssertionError("it is not to be hung up on", e);
    }
  }

  private RouterBuilder hedged() {
    return LlmRouter.builder()
        .strategy(Strategy.inOrder())
        .time(clock)
        .threads(threads)
        .listener(events::add)
        .hedge(Hedge.after(DELAY).share(1));
  }

  private LlmRouter hedged(ChatProvider first, ChatProvider second) {
    return hedged().model(first.model(priced("a"))).model(second.model(priced("b"))).build();
  }

  /** A dollar for a million tokens each way. */
  private static Model priced(String id) {
    return Model.builder("any", id)
        .limits(10_000, 1_000)
        .tokenizer(Tokenizer.WORDS)
        .prices(Prices.of(Usd.of("1"), Usd.of("1")))
        .build();
  }

  /** Turns the clock once the race has set its alarm. */
  private void turn(Duration time) {
    while (clock.pending() == 0) {
      Thread.onSpinWait();
    }
    clock.advance(time);
  }

  private static void letGo(LlmRouter router) {
    assertThat(router.status()).allMatch(status -> status.standing().inFlight() == 0);
    assertThat(router.status())
        .extracting(ModelStatus::state)
        .containsOnly(ModelStatus.State.READY);
  }

  @Test
  void aFastFirstModelIsAskedAlone() {
    FunctionProvider first = FunctionProvider.named("first", call -> say(call, "fast"));
    LlmRouter router = hedged(first, quick);

    RoutedResponse answer = router.route(HELLO);

    assertThat(answer.text()).isEqualTo("fast");
    assertThat(quick.calls()).isEmpty();
    assertThat(answer.decision().tried()).hasSize(1);
    assertThat(clock.pending()).as("the alarm is off").isZero();
    letGo(router);
  }

  @Test
  void theSecondIsAskedAfterTheDelayAndTheLoserIsHungUpOnAndBilled() throws Exception {
    LlmRouter router = hedged(stuck, quick);
    CompletableFuture<RoutedResponse> call = router.routeAsync(HELLO, Deadline.never());

    turn(DELAY.minusNanos(1));
    assertThat(clock.pending()).as("the alarm is still set").isEqualTo(1);
    assertThat(quick.calls()).isEmpty();
    clock.advance(Duration.ofNanos(1));
    RoutedResponse answer = call.get();

    assertThat(answer.text()).isEqualTo("quick answer");
    assertThat(events).contains(new RouterEvent.Hedged(answer.callId(), "stuck:a", "quick:b"));
    assertThat(answer.decision().tried())
        .satisfiesExactly(
            loser -> {
              assertThat(loser.role()).isEqualTo(RoutingDecision.Role.ANSWER);
              assertThat(loser.error()).get().asString().contains("hung up on");
              assertThat(loser.cost()).contains(Usd.of("0.00015"));
            },
            winner -> {
              assertThat(winner.role()).isEqualTo(RoutingDecision.Role.HEDGE);
              assertThat(winner.error()).isEmpty();
              assertThat(winner.cost()).contains(Usd.of("0.000003"));
            });
    assertThat(answer.decision().cost()).contains(Usd.of("0.000153"));
    assertThat(answer.decision().chosen()).map(Offer::label).contains("quick:b");
    assertThat(router.status().get(0).standing().failureRate()).as("no fault of its own").isZero();
    letGo(router);
  }

  @Test
  void whateverALoserThrowsItsHealthIsUntouched() throws Exception {
    FunctionProvider confused =
        FunctionProvider.named(
            "confused",
            call -> {
              throw hungUp(ErrorKind.OVERLOADED);
            });
    LlmRouter router = hedged(confused, quick);
    CompletableFuture<RoutedResponse> call = router.routeAsync(HELLO, Deadline.never());
    turn(DELAY);

    assertThat(call.get().text()).isEqualTo("quick answer");
    letGo(router);
  }

  @Test
  void aLoserThatAnswersAllTheSameCameTooLate() throws Exception {
    FunctionProvider stubborn =
        FunctionProvider.named(
            "stubborn",
            call -> {
              hungUp();
              return say(call, "at last");
            });
    LlmRouter router = hedged(stubborn, quick);
    CompletableFuture<RoutedResponse> call = router.routeAsync(HELLO, Deadline.never());
    turn(DELAY);

    RoutedResponse answer = call.get();

    assertThat(answer.text()).isEqualTo("quick answer");
    assertThat(answer.decision().tried())
        .extracting(RoutingDecision.Tried::error)
        .containsExactly(Optional.of("it came too late"), Optional.empty());
    assertThat(answer.decision().cost()).contains(Usd.of("0.000005"));
  }

  @Test
  void aLoserThatDoesNotLetGoIsLeftBehindAndItsCostNotMadeUp() throws Exception {
    FunctionProvider deaf =
        FunctionProvider.named(
            "deaf",
            call -> {
              boolean interrupted = false;
              while (release.getCount() > 0) {
                try {
                  release.await();
                } catch (InterruptedException e) {
                  interrupted = true;
                }
              }
              assertThat(interrupted).isTrue();
              throw error(ErrorKind.CANCELLED);
            });
    LlmRouter router = hedged(deaf, quick);
    CompletableFuture<RoutedResponse> call = router.routeAsync(HELLO, Deadline.never());
    turn(DELAY);

    RoutedResponse answer = call.get();

    assertThat(answer.text()).isEqualTo("quick answer");
    assertThat(answer.decision().tried().get(0).error())
        .contains("called off, and not yet settled");
    assertThat(answer.decision().cost()).as("not known yet").isEmpty();
    assertThat(router.status().get(0).standing().inFlight()).isEqualTo(1);
    release.countDown();
    noThreadIsLeft();
    letGo(router);
  }

  @Test
  void onlyTheWinnerIsHeard() throws Exception {
    CountDownLatch secondBegan = new CountDownLatch(1);
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    FunctionProvider late =
        FunctionProvider.named(
            "late",
            call -> {
              hungUp();
              try {
                tell(call, "me too");
              } catch (CancelledException e) {
                thrown.add(e);
              }
              throw error(ErrorKind.CANCELLED);
            });
    FunctionProvider second =
        FunctionProvider.named(
            "second",
            call -> {
              call.listener().orElseThrow().on(new StreamEvent.UsageUpdate(Usage.of(1, 0)));
              secondBegan.countDown();
              return say(call, "I ", "win");
            });
    LlmRouter router = hedged(late, second);
    CompletableFuture<RoutedResponse> call =
        CompletableFuture.supplyAsync(() -> router.route(HELLO, told::add, Deadline.never()));
    turn(DELAY);
    secondBegan.await();

    RoutedResponse answer = call.get();

    assertThat(told)
        .containsExactly(
            new StreamEvent.TextDelta("I "),
            new StreamEvent.TextDelta("win"),
            new StreamEvent.Finished(answer.response()));
    assertThat(thrown).hasSize(1);
  }

  @Test
  void aFirstModelThatHasBegunIsNotRacedAgainst() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    FunctionProvider slowWriter =
        FunctionProvider.named(
            "slow",
            call -> {
              tell(call, "wait ");
              begun.countDown();
              awaitRelease();
              tell(call, "for it");
              return ChatResponse.of("wait for it", "slow", "a", Usage.of(1, 3));
            });
    LlmRouter router = hedged(slowWriter, quick);
    CompletableFuture<RoutedResponse> call =
        CompletableFuture.supplyAsync(() -> router.route(HELLO, told::add, Deadline.never()));
    begun.await();
    turn(DELAY.multipliedBy(10));
    release.countDown();

    assertThat(call.get().text()).isEqualTo("wait for it");
    assertThat(quick.calls()).isEmpty();
  }

  @Test
  void aFirstModelThatFailsGivesWayAtOnce() {
    FunctionProvider failing =
        FunctionProvider.named(
            "failing",
            call -> {
              throw error(ErrorKind.SERVER);
            });
    LlmRouter router = hedged(failing, quick);

    RoutedResponse answer = router.route(HELLO);

    assertThat(answer.text()).isEqualTo("quick answer");
    assertThat(answer.decision().tried())
        .extracting(RoutingDecision.Tried::role)
        .containsOnly(RoutingDecision.Role.ANSWER);
    assertThat(events).noneMatch(event -> event instanceof RouterEvent.Hedged);
  }

  @Test
  void whenBothFailBothErrorsAreTold() {
    FunctionProvider first =
        FunctionProvider.named(
            "first",
            call -> {
              awaitRelease();
              throw error(ErrorKind.SERVER);
            });
    FunctionProvider second =
        FunctionProvider.named(
            "second",
            call -> {
              release.countDown();
              throw error(ErrorKind.NETWORK);
            });
    LlmRouter router = hedged(first, second);
    CompletableFuture<RoutedResponse> call = router.routeAsync(HELLO, Deadline.never());
    turn(DELAY);

    assertThatThrownBy(call::join)
        .cause()
        .isInstanceOfSatisfying(
            AllCandidatesFailedException.class,
            e -> assertThat(e.errors()).containsOnlyKeys("first:a", "second:b"));
    assertThat(router.status())
        .allSatisfy(status -> assertThat(status.standing().failureRate()).isPositive());
  }

  @Test
  void whenTheWinnerBreaksOffItsErrorIsTheCalls() throws Exception {
    FunctionProvider breaking =
        FunctionProvider.named(
            "breaking",
            call -> {
              tell(call, "half ");
              throw error(ErrorKind.NETWORK);
            });
    LlmRouter router = hedged(stuck, breaking);
    CompletableFuture<RoutedResponse> call =
        CompletableFuture.supplyAsync(() -> router.route(HELLO, told::add, Deadline.never()));
    turn(DELAY);

    assertThatThrownBy(call::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ProviderException.Network.class);
    assertThat(told).hasSize(2).startsWith(new StreamEvent.TextDelta("half "));
  }

  @Test
  void anInterruptedCallerWaitsUntilBothHaveSettled() throws Exception {
    FunctionProvider alsoStuck =
        FunctionProvider.named(
            "also",
            call -> {
              secondAsked.countDown();
              throw hungUp();
            });
    LlmRouter router = hedged(stuck, alsoStuck);
    List<Object> outcome = new ArrayList<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                router.route(HELLO);
              } catch (CancelledException e) {
                outcome.add(e);
                outcome.add(Thread.currentThread().isInterrupted());
              }
            });
    caller.start();
    turn(DELAY);
    secondAsked.await();
    caller.interrupt();
    caller.join();

    assertThat(outcome).hasSize(2).last().isEqualTo(true);
    RouterEvent.Ended ended = (RouterEvent.Ended) events.get(events.size() - 1);
    assertThat(ended.decision().tried()).hasSize(2);
    assertThat(ended.decision().cost()).as("both settled").contains(Usd.of("0.0003"));
    letGo(router);
  }

  @Test
  void cancellingTheFutureHangsUpOnBoth() throws Exception {
    FunctionProvider alsoStuck =
        FunctionProvider.named(
            "also",
            call -> {
              secondAsked.countDown();
              throw hungUp();
            });
    LlmRouter router = hedged(stuck, alsoStuck);
    CompletableFuture<RoutedResponse> call = router.routeAsync(HELLO, Deadline.never());
    turn(DELAY);
    secondAsked.await();

    call.cancel(true);
    noThreadIsLeft();

    letGo(router);
  }

  // How many

  @Test
  void noMoreThanTheShareOfCallsIsHedged() {
    Engine engine = LlmRouter.builder().engine();
    int hedged = 0;
    for (int calls = 1; calls <= 1_000; calls++) {
      engine.calls.incrementAndGet();
      hedged += engine.mayHedge(0.05) ? 1 : 0;
      assertThat(hedged).isLessThanOrEqualTo(Math.max(1, calls / 20));
    }
    assertThat(hedged).isEqualTo(50);
    engine.didNotHedge();
    assertThat(engine.mayHedge(0.05)).as("one came to nothing").isTrue();
    assertThat(engine.mayHedge(0)).isFalse();
  }

  @Test
  void withoutAShareNothingIsHedged() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    FunctionProvider slow =
        FunctionProvider.named(
            "slow",
            call -> {
              asked.countDown();
              awaitRelease();
              return say(call, "slow");
            });
    LlmRouter router =
        hedged()
            .hedge(Hedge.after(DELAY).share(0))
            .model(slow.model("a"))
            .model(quick.model("b"))
            .build();
    CompletableFuture<RoutedResponse> call = router.routeAsync(HELLO, Deadline.never());
    asked.await();
    turn(DELAY);
    release.countDown();

    assertThat(call.get().text()).isEqualTo("slow");
    assertThat(quick.calls()).isEmpty();
  }

  @Test
  void aBudgetPaysForBothOrThereIsNoHedge() throws Exception {
    FunctionProvider slow =
        FunctionProvider.named(
            "slow",
            call -> {
              awaitRelease();
              return say(call, "slow");
            });
    LlmRouter router = hedged(slow, quick);
    ChatRequest ten = HELLO.toBuilder().maxOutputTokens(10).build(); // 12 words each
    Task enoughForOne = Task.of(ten).budget(Usd.of("0.000016"));

    CompletableFuture<RoutedResponse> call = router.routeAsync(enoughForOne, Deadline.never());
    turn(DELAY);
    release.countDown();

    // The first may have ended for less just before the second was looked for, which then may run.
    assertThat(call.get().decision().cost().orElseThrow()).isLessThanOrEqualTo(Usd.of("0.000016"));
  }

  @Test
  void whoIsRacedAgainstIsNotAskedAgainAtTheCostOfTheOther() throws Exception {
    CountDownLatch firstIsOver = new CountDownLatch(1);
    FunctionProvider failing =
        FunctionProvider.named(
            "failing",
            call -> {
              awaitRelease();
              throw ProviderException.builder(ErrorKind.SERVER, "failing", "a", "down")
                  .mayBeBilled(true)
                  .partialUsage(Optional.of(Usage.of(2, 10)))
                  .build();
            });
    FunctionProvider second =
        FunctionProvider.named(
            "second",
            call -> {
              release.countDown();
              try {
                firstIsOver.await();
              } catch (InterruptedException e) {
                throw new AssertionError("it is not to be hung up on", e);
              }
              return say(call, "second");
            });
    Interceptor again =
        chain -> {
          try {
            return chain.proceed(chain.request());
          } catch (ProviderException e) {
            try {
              return chain.proceed(chain.request());
            } finally {
              firstIsOver.countDown();
            }
          }
        };
    LlmRouter router =
        hedged()
            .perCandidate(again)
            .model(failing.model(priced("a")))
            .model(second.model(priced("b")))
            .build();
    ChatRequest ten = HELLO.toBuilder().maxOutputTokens(10).build(); // 12 words each
    Task enoughForTwo = Task.of(ten).budget(Usd.of("0.00003"));

    CompletableFuture<RoutedResponse> call = router.routeAsync(enoughForTwo, Deadline.never());
    turn(DELAY);

    assertThat(call.get().text()).isEqualTo("second");
    assertThat(failing.calls()).hasSize(1);
  }

  @Test
  void theDelayIsMeasuredWhereNoneIsGiven() {
    VirtualClock moving = VirtualClock.autoAdvancing();
    FunctionProvider measured =
        FunctionProvider.named(
            "measured",
            call -> {
              FunctionProvider.pass(moving, Duration.ofMillis(100));
              return say(call, "measured");
            });
    LlmRouter router =
        hedged()
            .time(moving)
            .hedge(Hedge.atP95().share(1))
            .model(measured.model("a"))
            .model(quick.model("b"))
            .build();
    Hedge hedge = Hedge.atP95();

    for (int i = 0; i < Hedge.MEASURED; i++) {
      assertThat(hedge.delayFor(router.status().get(0).standing().latency())).isEmpty();
      router.route(HELLO, event -> {}, Deadline.never());
    }

    assertThat(hedge.delayFor(router.status().get(0).standing().latency()).orElseThrow())
        .isBetween(Duration.ofMillis(99), Duration.ofMillis(101));
    assertThat(quick.calls()).isEmpty();
  }

  // Threads

  @Test
  void saysWhenThereIsNoThreadAndKeepsNoProbe() {
    List<Boolean> open = new ArrayList<>(List.of(true));
    LlmRouter router =
        hedged()
            .threads(
                task -> {
                  if (!open.get(0)) {
                    throw new RejectedExecutionException("full");
                  }
                  threads.execute(task);
                })
            .model(stuckOnce().model("a"))
            .model(quick.model("b"))
            .build();
    router.route(HELLO); // the first is busy, the second answers
    clock.advance(Duration.ofSeconds(1));
    open.set(0, false);

    assertThatThrownBy(() -> router.route(HELLO))
        .isInstanceOf(PowerToolsException.class)
        .hasMessageContaining("There is no thread to ask once:a on")
        .hasCauseInstanceOf(RejectedExecutionException.class);

    open.set(0, true);
    assertThat(router.route(HELLO).text()).as("the probe was given back").isEqualTo("once");
  }

  private static FunctionProvider stuckOnce() {
    AtomicInteger calls = new AtomicInteger();
    return FunctionProvider.named(
        "once",
        call -> {
          if (calls.incrementAndGet() == 1) {
            throw error(ErrorKind.OVERLOADED);
          }
          return say(call, "once");
        });
  }

  @Test
  void withoutAThreadForTheSecondTheFirstRunsAlone() throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    CountDownLatch rejected = new CountDownLatch(1);
    FunctionProvider slow =
        FunctionProvider.named(
            "slow",
            call -> {
              awaitRelease();
              return say(call, "slow");
            });
    LlmRouter router =
        hedged()
            .threads(
                task -> {
                  if (tasks.incrementAndGet() > 1) {
                    rejected.countDown();
                    throw new RejectedExecutionException("full");
                  }
                  threads.execute(task);
                })
            .model(slow.model("a"))
            .model(quick.model("b"))
            .build();
    CompletableFuture<RoutedResponse> call = router.routeAsync(HELLO, Deadline.never());
    turn(DELAY);
    rejected.await();
    release.countDown();

    RoutedResponse answer = call.get();
    assertThat(answer.text()).isEqualTo("slow");
    assertThat(answer.decision().tried()).hasSize(1);
    letGo(router);
  }

  @Test
  void anExecutorOfTheCallersOwnThreadKeepsItsInterruptFlag() {
    FunctionProvider interrupting =
        FunctionProvider.named(
            "interrupting",
            call -> {
              Thread.currentThread().interrupt();
              throw error(ErrorKind.CANCELLED);
            });
    LlmRouter router =
        hedged()
            .threads(Runnable::run)
            .model(interrupting.model("a"))
            .model(quick.model("b"))
            .build();

    assertThatThrownBy(() -> router.route(HELLO)).isInstanceOf(PowerToolsException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> Hedge.atP95().share(1.1)).hasMessageContaining("between 0 and 1");
    assertThatThrownBy(() -> Hedge.after(Duration.ofMillis(-1)))
        .hasMessageContaining("can't be negative");
  }
}
