package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Deadline;
import ai.powertools.core.PowerToolsException;
import ai.powertools.core.Time;
import ai.powertools.models.Usd;
import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sixty models with faults of every kind, and calls of every kind. */
@Timeout(300)
class RouterStormSimulation {
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final int CALLS = RandomInput.size("powertools.router.storm", 4_000);
  private static final int MODELS = 60;
  private static final int CALLS_OF_A_ROUTER = 100;

  @Test
  void eachCallEndsWellOrWithOneErrorWithinItsTimeAndItsBudget() {
    int succeeded = 0;
    int failed = 0;
    for (int round = 0; round * CALLS_OF_A_ROUTER < CALLS; round++) {
      List<String> trace = new Round(SEED + round).run(CALLS_OF_A_ROUTER);
      succeeded += (int) trace.stream().filter(line -> line.startsWith("ok")).count();
      failed += (int) trace.stream().filter(line -> line.startsWith("failed")).count();
    }
    // Otherwise the storm would show little.
    assertThat(succeeded).isGreaterThan(CALLS / 4);
    assertThat(failed).isGreaterThan(CALLS / 50);
  }

  @Test
  void theSameSeedMakesTheSameChoices() {
    List<String> once = new Round(SEED).run(CALLS_OF_A_ROUTER);

    assertThat(new Round(SEED).run(CALLS_OF_A_ROUTER)).as(label(SEED)).isEqualTo(once);
  }

  @Test
  void eightThreadsFindNoneOfItBroken() throws Exception {
    for (boolean hedged : new boolean[] {false, true}) {
      Round round = new Round(SEED, Time.system(), hedged);
      ExecutorService threads = Executors.newFixedThreadPool(8);
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int first = 1_000_000 * thread;
        running.add(
            threads.submit(
                () -> {
                  Random own = new Random(SEED + first);
                  for (int i = 0; i < CALLS / 16; i++) {
                    round.call(first + i, own);
                  }
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
      threads.shutdown();
      round.settle();
    }
  }

  private static String label(long seed) {
    return "-Dpowertools.seed=" + seed;
  }

  /** One router, and calls to it. */
  private static final class Round {
    private final long seed;
    private final Random random;
    private final Time time;
    private final VirtualClock clock = VirtualClock.autoAdvancing();
    private final boolean virtual;
    private final Storm storm;
    private final LlmRouter router;
    private final boolean cascaded;
    private final ExecutorService hedges = Executors.newCachedThreadPool();
    private final List<String> trace = new ArrayList<>();

    Round(long seed) {
      this(seed, null, false);
    }

    Round(long seed, @Nullable Time system, boolean hedged) {
      this.seed = seed;
      this.random = new Random(seed);
      this.virtual = system == null;
      this.time = system == null ? clock : system;
      boolean resumes = random.nextBoolean();
      this.storm = new Storm(time, random, virtual, resumes);
      this.cascaded = !hedged && random.nextInt(3) == 0;
      RouterBuilder builder =
          LlmRouter.builder()
              .strategy(strategy())
              .fallback(fallback(resumes))
              .cooldown(cooldown())
              .time(time)
              .seeds(random::nextLong)
              .listener(storm::on)
              .perCandidate(this::refuseSomeAndTrySomeAgain);
      List<StormProvider> providers = new ArrayList<>();
      for (int i = 0; i < MODELS; i++) {
        if (i == 0 || random.nextInt(5) > 0) {
          providers.add(new StormProvider(storm, i));
        }
        builder.model(providers.get(providers.size() - 1).offered("m" + i));
      }
      if (cascaded) {
        builder.cascade(
            Cascade.checkedBy(
                    (request, answer) ->
                        random.nextInt(5) < 2 ? Optional.of("it will not do") : Optional.empty())
                .steps(2 + random.nextInt(3)));
      }
      if (hedged) {
        builder.hedge(Hedge.after(Duration.ZERO).share(1)).threads(hedges);
      }
      this.router = builder.build();
    }

    List<String> run(int calls) {
      for (int i = 0; i < calls; i++) {
        call(i, random);
        clock.advance(Duration.ofMillis(random.nextInt(2_000)));
        if (random.nextInt(4) == 0) {
          reinstateSome();
        }
      }
      settle();
      return trace;
    }

    /** All is over: nothing is under way, and nobody waits for a probe that never ends. */
    void settle() {
      hedges.shutdown();
      try {
        assertThat(hedges.awaitTermination(30, TimeUnit.SECONDS)).as(label(seed)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      clock.advance(Duration.ofDays(1));
      for (ModelStatus status : router.status()) {
        assertThat(status.standing().inFlight()).as("%s %s", label(seed), status).isZero();
        if (virtual) {
          assertThat(status.remaining()).as("%s %s", label(seed), status).isZero();
        }
      }
    }

    void call(int number, Random own) {
      int words = own.nextInt(30);
      ChatRequest request = ChatRequest.of(number + " " + "word ".repeat(words) + "?");
      if (own.nextInt(3) == 0) {
        request = request.toBuilder().maxOutputTokens(1 + own.nextInt(40)).build();
      }
      Task task = constrained(Task.of(request).complexity(own.nextDouble()), own);
      boolean never = own.nextInt(3) == 0;
      Duration span = Duration.ofMillis(200 + own.nextInt(60_000));
      Deadline deadline = never ? Deadline.never() : Deadline.after(span, time);
      long began = time.nanos();
      StringBuilder told = new StringBuilder();
      List<StreamEvent> ends = new ArrayList<>();
      StreamListener listener =
          event -> {
            if (event instanceof StreamEvent.TextDelta delta) {
              told.append(delta.text());
            } else {
              ends.add(event);
            }
          };
      boolean streamed = own.nextBoolean();
      String as = "call %d with %s".formatted(number, label(seed));
      try {
        RoutedResponse answer =
            streamed ? router.route(task, listener, deadline) : router.route(task, deadline);
        if (streamed) {
          assertThat(told.toString()).as(as).isEqualTo(answer.text());
          assertThat(ends).as(as).hasSize(1).first().isInstanceOf(StreamEvent.Finished.class);
        }
        checkText(answer, number, as);
        checkBill(answer.decision(), number, as);
        trace.add("ok %s %s".formatted(answer.decision().chosen().orElseThrow().label(), now()));
      } catch (PowerToolsException e) {
        assertThat(e.getMessage()).as(as).isNotBlank();
        if (streamed) {
          assertThat(ends).as(as).containsExactly(new StreamEvent.Failed(e));
        }
        if (e instanceof NoFeasibleModelException none) {
          checkNames(none, as);
        }
        trace.add("failed %s %s".formatted(e.getClass().getSimpleName(), now()));
      }
      Storm.Books books = storm.booksOf(number);
      task.constraints()
          .budget()
          .ifPresent(
              budget -> {
                assertThat(books.isUnknown()).as(as).isFalse();
                assertThat(books.sum()).as(as).isLessThanOrEqualTo(budget);
              });
      if (virtual && !never) {
        assertThat(Duration.ofNanos(time.nanos() - began)).as(as).isLessThanOrEqualTo(span);
      }
      if (virtual) {
        assertThat(router.status()).as(as).allMatch(status -> status.standing().inFlight() == 0);
      }
    }

    private String now() {
      return virtual ? time.nanos() + " asked " + storm.asked() : "";
    }

    /** The beginning of a text that somebody has to say, and where all say the same, of that. */
    private void checkText(RoutedResponse answer, int number, String as) {
      String provider = answer.response().provider();
      assertThat(storm.text(number, provider)).as(as).startsWith(answer.text());
    }

    private void checkBill(RoutingDecision decision, int number, String as) {
      Storm.Books books = storm.booksOf(number);
      if (!books.isUnknown() && decision.cost().isPresent()) {
        assertThat(decision.cost().get()).as(as).isEqualTo(books.sum());
      }
      assertThat(decision.tried().stream().filter(tried -> tried.error().isEmpty()))
          .as("%s: one answer is given, %s", as, decision.tried())
          .hasSize(1);
    }

    private void checkNames(NoFeasibleModelException none, String as) {
      assertThat(none.refused())
          .as(as)
          .extracting(Refusal::label)
          .containsExactlyInAnyOrderElementsOf(
              router.status().stream().map(ModelStatus::label).toList());
      assertThat(none.retryable()).as(as).isEqualTo(none.retryAfter().isPresent());
    }

    private void reinstateSome() {
      for (ModelStatus status : router.status()) {
        if (status.state() == ModelStatus.State.OUT && random.nextInt(3) == 0) {
          router.reinstate(status.label());
          storm.reinstated(status.label());
        }
      }
    }

    private ChatResponse refuseSomeAndTrySomeAgain(Chain chain) {
      if (random.nextInt(20) == 0) {
        throw new CandidateRefusedException(new PowerToolsException("no room"));
      }
      try {
        return chain.proceed(chain.request());
      } catch (ProviderException e) {
        // As a layer that tries again would, before anything was delivered.
        boolean again = e.retryable() && chain.call().listener().isEmpty() && random.nextBoolean();
        if (again && !chain.call().deadline().expired()) {
          return chain.proceed(chain.request());
        }
        throw e;
      }
    }

    private Strategy strategy() {
      return switch (random.nextInt(8)) {
        case 0 -> Strategy.cheapest();
        case 1 -> Strategy.fastest();
        case 2 -> Strategy.roundRobin();
        case 3 -> Strategy.leastBusy();
        case 4 -> Strategy.best();
        case 5 -> Strategy.balanced();
        case 6 -> Strategy.weighted(Map.of("p1*", 3.0, "*", 1.0));
        default -> Strategy.sticky(Strategy.inOrder());
      };
    }

    private Fallback fallback(boolean resumes) {
      Fallback fallback =
          Fallback.STANDARD
              .waitAtMost(Duration.ofMillis(random.nextInt(virtual ? 10_000 : 3)))
              .afterDelivery(resumes ? Fallback.AfterDelivery.RESUME : Fallback.AfterDelivery.FAIL);
      fallback = random.nextBoolean() ? fallback.nextOnContentPolicy() : fallback;
      return random.nextBoolean() ? fallback.attemptTimeout(Duration.ofSeconds(5)) : fallback;
    }

    private Cooldown cooldown() {
      return new Cooldown(
          1 + random.nextInt(3),
          Duration.ofMillis(virtual ? 200 + random.nextInt(3_000) : 1),
          1 + random.nextInt(3),
          Duration.ofSeconds(5 + random.nextInt(60)),
          Duration.ofSeconds(1 + random.nextInt(60)));
    }

    private static Task constrained(Task task, Random random) {
      Task result = task;
      if (random.nextBoolean()) {
        long pico = (long) Math.pow(10, 7 + 3.5 * random.nextDouble());
        result = result.budget(Usd.ofPico(pico));
      }
      return switch (random.nextInt(12)) {
        case 0 -> result.localOnly();
        case 1 -> result.deny("p1*", "*:m2?");
        case 2 -> result.allow("p" + random.nextInt(10) + "*");
        case 3 -> result.maxPrice(Usd.of("5"), Usd.of("10"));
        case 4 -> result.key("k" + random.nextInt(10));
        default -> result;
      };
    }
  }
}
