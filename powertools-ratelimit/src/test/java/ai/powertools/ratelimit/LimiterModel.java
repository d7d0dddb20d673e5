package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.CancelledException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Random traffic on one limiter, with a record of everything that it let through. At every call
 * that is let through, all windows that end there are added up from the record, one by one.
 */
final class LimiterModel {
  private final Random random;
  private final String label;
  private final Scenario scenario;
  private final RateLimiter limiter;
  private final List<Charge> charges = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Waiting> line = new ArrayList<>();
  private final List<CompletableFuture<Void>> told = new ArrayList<>();
  private long closedUntil;
  private int open;
  private long grants;
  private long refusals;

  LimiterModel(Random random, String label) {
    this.random = random;
    this.label = label;
    this.scenario = Scenario.random(random, true);
    this.limiter = scenario.limiter();
  }

  /** What was taken at a moment and has not been given back. */
  private static final class Charge {
    final long at;
    long requests;
    long tokens;

    Charge(long at, long requests, long tokens) {
      this.at = at;
      this.requests = requests;
      this.tokens = tokens;
    }
  }

  private static final class Call {
    final Permit permit;
    final Deque<Charge> charges = new ArrayDeque<>();
    boolean reported;
    boolean closed;

    Call(Permit permit) {
      this.permit = permit;
    }

    long charged() {
      return charges.stream().mapToLong(charge -> charge.tokens).sum();
    }
  }

  private static final class Waiting {
    final Demand demand;
    final long deadline;
    @Nullable CompletableFuture<Permit> future;

    Waiting(Demand demand, long deadline) {
      this.demand = demand;
      this.deadline = deadline;
    }
  }

  long grants() {
    return grants;
  }

  long refusals() {
    return refusals;
  }

  void step() {
    int dice = random.nextInt(100);
    if (dice < 30) {
      acquireAsync();
    } else if (dice < 40) {
      tryAcquire();
    } else if (dice < 43) {
      acquireInterrupted();
    } else if (dice < 58) {
      report();
    } else if (dice < 70) {
      close();
    } else if (dice < 76) {
      neverSent();
    } else if (dice < 80) {
      giveUp();
    } else if (dice < 81) {
      backOff();
    } else {
      turnTheClock();
    }
    check();
  }

  /** Ends all that goes on; then everything must be as at the beginning. */
  void rest() {
    for (Waiting waiting : List.copyOf(line)) {
      line.remove(waiting);
      waiting.future.cancel(false);
    }
    calls.forEach(call -> call.permit.close());
    assertThat(scenario.clock().pending()).as(label).isZero();
    scenario.clock().advance(Duration.ofDays(10));
    LimiterState state = limiter.state();
    assertThat(state.inFlight()).as(label).isZero();
    assertThat(state.waiting()).as(label).isZero();
    scenario
        .requests()
        .ifPresent(limit -> assertThat(state.availableRequests()).hasValue(limit.burst()));
    scenario
        .tokens()
        .ifPresent(limit -> assertThat(state.availableTokens()).hasValue(limit.burst()));
  }

  private long now() {
    return scenario.clock().nanos();
  }

  private Demand demand() {
    boolean impossible = scenario.tokens().isPresent() && random.nextInt(50) == 0;
    Demand demand = Demand.tokens(impossible ? scenario.largest() + 1 : scenario.size(random));
    return random.nextInt(3) == 0 ? demand : demand.within(span(20));
  }

  /** Up to so many twentieths of the longest window. */
  private Duration span(int twentieths) {
    return Duration.ofNanos(
        (long) (random.nextDouble() * scenario.longestWindow().toNanos() * twentieths / 20));
  }

  private void acquireAsync() {
    if (line.size() > 20) {
      return;
    }
    LimiterState before = limiter.state();
    long others = grants + refusals;
    Demand demand = demand();
    long wait = demand.waitNanos();
    Waiting waiting = new Waiting(demand, wait == Long.MAX_VALUE ? wait : now() + wait);
    line.add(waiting);
    waiting.future = limiter.acquireAsync(demand);
    // An assertion that fails in there fails this future, and nobody would hear of it.
    told.add(
        waiting.future.handle(
            (permit, failure) -> {
              decided(waiting, permit, failure);
              return null;
            }));
    boolean alone = grants + refusals == others + 1;
    if (waiting.future.isCompletedExceptionally() && alone) {
      assertThat(limiter.state()).as(label).isEqualTo(before);
    }
  }

  private void tryAcquire() {
    Demand demand = demand();
    boolean impossible = demand.tokens() > scenario.largest() && scenario.tokens().isPresent();
    if (impossible) {
      assertThatThrownBy(() -> limiter.tryAcquire(demand))
          .as(label)
          .isInstanceOf(RateLimitExceededException.class);
      return;
    }
    limiter
        .tryAcquire(demand)
        .ifPresent(
            permit -> {
              assertThat(line).as(label + ": overtook").isEmpty();
              granted(demand, permit);
            });
  }

  private void acquireInterrupted() {
    Demand demand = Demand.tokens(scenario.size(random));
    LimiterState before = limiter.state();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> limiter.acquire(demand)).isInstanceOf(CancelledException.class);
    assertThat(Thread.interrupted()).as(label).isTrue();
    assertThat(limiter.state()).as(label).isEqualTo(before);
  }

  private void decided(Waiting waiting, @Nullable Permit permit, @Nullable Throwable failure) {
    if (permit != null) {
      assertThat(line.get(0)).as(label + ": out of turn").isSameAs(waiting);
      assertThat(now()).as(label + ": too late").isLessThanOrEqualTo(waiting.deadline);
      line.remove(0);
      granted(waiting.demand, permit);
    } else if (line.remove(waiting)) {
      assertThat(failure).as(label).isInstanceOf(RateLimitExceededException.class);
      assertThat(now()).as(label + ": hung").isLessThanOrEqualTo(waiting.deadline);
      boolean possible = ((RateLimitExceededException) failure).retryable();
      assertThat(possible)
          .as(label)
          .isEqualTo(
              scenario.limits().stream()
                  .allMatch(l -> waiting.demand.amount(l.dimension()) <= l.largest()));
      refusals++;
    }
  }

  private void granted(Demand demand, Permit permit) {
    assertThat(now()).as(label + ": closed").isGreaterThanOrEqualTo(closedUntil);
    Call call = new Call(permit);
    Charge charge = new Charge(now(), 1, demand.tokens());
    call.charges.push(charge);
    calls.add(call);
    charges.add(charge);
    open++;
    grants++;
    assertThat(open).as(label).isLessThanOrEqualTo(scenario.concurrency());
    scenario.limits().forEach(limit -> checkTheLaw(limit, demand));
  }

  private void checkTheLaw(Limit limit, Demand demand) {
    long window = limit.window().toNanos();
    long atOnce = Math.max(limit.burst(), demand.amount(limit.dimension()));
    long sum = 0;
    for (int i = charges.size() - 1; i >= 0; i--) {
      Charge charge = charges.get(i);
      sum += limit.dimension().equals(Dimension.REQUESTS) ? charge.requests : charge.tokens;
      long allowed =
          Math.addExact(
              Math.multiplyExact(atOnce, window),
              Math.multiplyExact(limit.amount(), now() - charge.at));
      if (Math.multiplyExact(sum, window) > allowed) {
        throw new AssertionError(
            "%s: %d of %s in the %d ns up to %d"
                .formatted(label, sum, limit, now() - charge.at, now()));
      }
    }
  }

  private @Nullable Call anyCall() {
    return calls.isEmpty() ? null : calls.get(random.nextInt(calls.size()));
  }

  private void report() {
    Call call = anyCall();
    if (call == null) {
      return;
    }
    long reserved = call.permit.reserved();
    long used = random.nextInt(5) == 0 ? reserved * 3 / 2 : random.nextInt((int) reserved + 1);
    long more = used - call.charged();
    // The record first: what goes back may let others through at once.
    call.reported = true;
    if (more > 0) {
      Charge debt = new Charge(now(), 0, more);
      call.charges.push(debt);
      charges.add(debt);
    }
    for (Charge charge : call.charges) {
      long back = Math.min(charge.tokens, Math.max(0, -more));
      charge.tokens -= back;
      more += back;
    }
    call.permit.used(used);
  }

  private void close() {
    Call call = anyCall();
    if (call != null) {
      end(call);
      call.permit.close();
    }
  }

  private void neverSent() {
    Call call = anyCall();
    if (call != null) {
      if (!call.closed && !call.reported) {
        call.charges.getFirst().requests = 0;
        call.charges.getFirst().tokens = 0;
      }
      end(call);
      call.permit.cancel();
    }
  }

  private void end(Call call) {
    if (!call.closed) {
      call.closed = true;
      open--;
    }
    if (random.nextInt(3) > 0) {
      calls.remove(call); // the others may yet report late
    }
  }

  private void giveUp() {
    if (!line.isEmpty()) {
      Waiting waiting = line.remove(random.nextInt(line.size()));
      assertThat(waiting.future.cancel(true)).as(label).isTrue();
    }
  }

  private void backOff() {
    Duration pause = span(5);
    closedUntil = Math.max(closedUntil, now() + pause.toNanos());
    limiter.backOff(pause);
  }

  private void turnTheClock() {
    scenario.clock().advance(random.nextInt(10) == 0 ? span(30) : span(1));
  }

  private void check() {
    for (CompletableFuture<Void> future : told) {
      if (future.isCompletedExceptionally()) {
        future.join();
      }
    }
    told.removeIf(CompletableFuture::isDone);
    LimiterState state = limiter.state();
    assertThat(state.inFlight()).as(label).isEqualTo(open);
    assertThat(state.waiting()).as(label).isEqualTo(line.size());
    assertThat(state.closedFor().toNanos()).as(label).isEqualTo(Math.max(0, closedUntil - now()));
    for (Waiting waiting : line) {
      assertThat(now()).as(label + ": hung").isLessThan(waiting.deadline);
    }
    if (!line.isEmpty()) {
      assertThat(couldGo(line.get(0).demand, state))
          .as(label + ": idle, though " + line.get(0).demand)
          .isFalse();
    }
  }

  private boolean couldGo(Demand demand, LimiterState state) {
    return state.closedFor().isZero()
        && open < state.concurrency()
        && scenario
            .requests()
            .map(limit -> state.availableRequests().orElseThrow() >= 1)
            .orElse(true)
        && scenario
            .tokens()
            .map(
                limit ->
                    state.availableTokens().orElseThrow()
                        >= Math.min(limit.burst(), demand.tokens()))
            .orElse(true);
  }
}
