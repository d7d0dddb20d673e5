package ai.powertools.cost;

import ai.powertools.models.Certainty;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Prices;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Many threads make calls that end in every way: answered, failed and tried again, called off, of
 * unknown cost, never sent, and abandoned by a caller that is gone.
 */
final class CallStorm {
  /** How long what an abandoned call holds is in the way. */
  static final Duration ABANDONED = Duration.ofSeconds(2);

  private static final int MOST_TOKENS = 1_000;
  private static final int USERS = 20;

  /** Prices of many digits, so that a rounding anywhere would show: a call costs up to 20 cents. */
  private static final Model ODD =
      Model.builder("acme", "odd")
          .prices(Prices.of(Usd.of("1.234567"), Usd.of("98.765431")))
          .build();

  private static final Model OTHER =
      Model.builder("acme", "other")
          .prices(Prices.of(Usd.of("0.7654321"), Usd.of("12.3456789")))
          .build();

  static final ModelCatalog CATALOG = ModelCatalog.of(List.of(ODD, OTHER));
  private static final List<Certainty> CERTAINTIES = List.of(Certainty.values());

  private final CostTracker tracker;
  private final long seed;
  private final boolean reservesLess;
  private final Runnable afterEachCall;
  final LongAdder refused = new LongAdder();
  final LongAdder abandoned = new LongAdder();
  final LongAdder calls = new LongAdder();

  CallStorm(CostTracker tracker, long seed, boolean reservesLess, Runnable afterEachCall) {
    this.tracker = tracker;
    this.seed = seed;
    this.reservesLess = reservesLess;
    this.afterEachCall = afterEachCall;
  }

  /** Budgets of several kinds, all of which refuse something sooner or later. */
  static List<Budget> budgets(long calls) {
    Usd inAll = Usd.of("0.003").times(calls);
    return List.of(
        Budget.of(inAll),
        Budget.of(Usd.of("0.0006").times(calls)).forEach("user").per(Period.MONTH),
        Budget.of(Usd.of("0.0018").times(calls)).where("model", "acme/odd"),
        Budget.of(Usd.of("0.0012").times(calls)).where("team", "t1").rolling(Duration.ofHours(1)));
  }

  /** What all of them cost together, as the callers know it. */
  Usd run(int threads, int callsOfEach) throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Usd>> callers = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        Random random = new Random(seed + 7_919L * thread);
        callers.add(executor.submit(() -> makeCalls(callsOfEach, random)));
      }
      Usd spent = Usd.ZERO;
      for (Future<Usd> caller : callers) {
        spent = spent.plus(caller.get());
      }
      return spent;
    } catch (ExecutionException e) {
      throw new AssertionError("seed " + seed, e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }

  private Usd makeCalls(int count, Random random) {
    Usd spent = Usd.ZERO;
    for (int i = 0; i < count; i++) {
      try {
        spent = spent.plus(makeCall(random));
      } catch (BudgetExceededException e) {
        refused.increment();
      }
      calls.increment();
      afterEachCall.run();
    }
    return spent;
  }

  private CallDescription describe(Random random, int most) {
    CallDescription call =
        tracker
            .trackCall(random.nextBoolean() ? "chat" : "code")
            .user("u" + random.nextInt(USERS))
            .team("t" + random.nextInt(3))
            .model(random.nextInt(3) == 0 ? OTHER : ODD)
            .tokens(most, most);
    return reservesLess ? call.reserve(Usd.of("0.000000001").times(most)) : call;
  }

  private Usd makeCall(Random random) {
    int most = 1 + random.nextInt(MOST_TOKENS);
    CallDescription call = describe(random, most);
    int fate = random.nextInt(20);
    if (fate < 2) {
      var unused = call.lapsesAfter(ABANDONED).start(); // and nobody hears of it again
      abandoned.increment();
      return Usd.ZERO;
    }
    try (CallSpan span = call.start()) {
      if (fate == 2) {
        span.notSent();
        return Usd.ZERO;
      }
      Usd spent = Usd.ZERO;
      while (random.nextInt(4) == 0) {
        spent = spent.plus(attempt(span, Outcome.FAILED, most, random, false));
        if (!toppedUp(span)) {
          return spent;
        }
      }
      if (fate == 3) {
        return spent.plus(closedWithoutAWord(span));
      }
      Outcome last = random.nextInt(4) == 0 ? Outcome.CANCELLED : Outcome.SUCCEEDED;
      return spent.plus(attempt(span, last, most, random, random.nextBoolean()));
    }
  }

  /** Where nothing was recorded yet, closing records an estimate. */
  private static Usd closedWithoutAWord(CallSpan span) {
    int before = span.attempts();
    Usd known = span.total().total().orElse(Usd.ZERO);
    span.close();
    return span.attempts() == before
        ? Usd.ZERO
        : Picos.kept(span.total().total().orElseThrow().minus(known));
  }

  private boolean toppedUp(CallSpan span) {
    try {
      span.topUp();
      return true;
    } catch (BudgetExceededException e) {
      refused.increment();
      return false;
    }
  }

  private static Usd attempt(
      CallSpan span, Outcome outcome, int most, Random random, boolean last) {
    Certainty certainty = CERTAINTIES.get(random.nextInt(CERTAINTIES.size()));
    Usage usage =
        certainty == Certainty.UNKNOWN
            ? Usage.ZERO
            : Usage.of(random.nextInt(most + 1), random.nextInt(most + 1));
    Attempt attempt = Attempt.of(outcome, usage, certainty);
    return (last ? span.recordLast(attempt) : span.record(attempt)).counted();
  }
}
