package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.CancelledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Random traffic on a limiter with everything, and what must be true of it at every moment. */
final class VectorModel {
  private static final long FOR_GOOD = Duration.ofDays(1000).toNanos();

  private final Random random;
  private final String label;
  private final VectorScenario scenario;
  private final RateLimiter limiter;
  private final List<ModelCall> calls = new ArrayList<>();
  private final List<ModelCall> reportable = new ArrayList<>();
  private final List<ModelWaiting> line = new ArrayList<>();
  private final List<CompletableFuture<Void>> told = new ArrayList<>();
  private long grants;
  private long taken;
  private long refusals;
  private long gaveUp;

  VectorModel(Random random, String label) {
    this.random = random;
    this.label = label;
    this.scenario = new VectorScenario(random);
    this.limiter = scenario.limiter();
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
    } else if (dice < 37) {
      tryAcquire();
    } else if (dice < 41) {
      tryTake();
    } else if (dice < 43) {
      acquireInterrupted();
    } else if (dice < 54) {
      report();
    } else if (dice < 68) {
      end();
    } else if (dice < 70) {
      renew();
    } else if (dice < 74) {
      giveUp();
    } else if (dice < 76) {
      backOff();
    } else if (dice < 78) {
      change();
    } else {
      scenario.clock().advance(random.nextInt(10) == 0 ? span(30) : span(1));
    }
    check();
    if (random.nextInt(4) == 0) {
      checkThatNobodyIsIdle();
    }
  }

  private long now() {
    return scenario.clock().nanos();
  }

  /** Up to so many fortieths of the longest window. */
  private Duration span(int fortieths) {
    return Duration.ofNanos(
        (long) (random.nextDouble() * VectorScenario.LONGEST.toNanos() * fortieths / 40));
  }

  private Optional<Limit> impossible(Demand demand) {
    return scenario.path(demand.keys()).stream()
        .flatMap(place -> place.impossible(demand).stream())
        .findFirst();
  }

  private void acquireAsync() {
    if (line.size() > 20) {
      return;
    }
    Demand any = scenario.demand();
    Demand demand =
        switch (random.nextInt(4)) {
          case 0 -> any;
          case 1 -> any.within(Duration.ZERO);
          default -> any.within(span(30));
        };
    boolean possible = impossible(demand).isEmpty();
    long wait = demand.waitNanos();
    ModelWaiting waiting =
        new ModelWaiting(
            demand, scenario.path(demand.keys()), wait == Long.MAX_VALUE ? wait : now() + wait);
    line.add(waiting);
    waiting.future = limiter.acquireAsync(demand);
    // An assertion that fails in there fails this future, and nobody would hear of it.
    told.add(
        waiting.future.handle(
            (permit, failure) -> {
              decided(waiting, permit, failure);
              return null;
            }));
    assertThat(waiting.future.isDone() || possible).as(label).isTrue();
  }

  private void decided(ModelWaiting waiting, @Nullable Permit permit, @Nullable Throwable failure) {
    if (permit != null) {
      ModelWaiting first = line.stream().filter(waiting::isInLineWith).findFirst().orElseThrow();
      assertThat(first).as(label + ": out of turn").isSameAs(waiting);
      assertThat(now()).as(label + ": too late").isLessThanOrEqualTo(waiting.deadline);
      line.remove(waiting);
      granted(waiting.demand, waiting.path, permit);
    } else if (line.remove(waiting)) {
      assertThat(now()).as(label + ": hung").isLessThanOrEqualTo(waiting.deadline);
      assertThat(failure).as(label).isInstanceOf(RateLimitExceededException.class);
      checkTheReason(waiting, (RateLimitExceededException) failure);
      refusals++;
    }
  }

  private void checkTheReason(ModelWaiting waiting, RateLimitExceededException refusal) {
    String because = label + ": " + refusal.getMessage();
    assertThat(impossible(waiting.demand).isPresent())
        .as(because)
        .isEqualTo(refusal.refusal() == Refusal.IMPOSSIBLE);
    switch (refusal.refusal()) {
      case QUEUE_FULL, DISPLACED ->
          assertThat(line.size()).as(because).isGreaterThanOrEqualTo(scenario.queue() - 1);
      case TOO_LATE ->
          assertThat(now() + refusal.retryAfter().orElseThrow().toNanos())
              .as(because)
              .isGreaterThan(waiting.deadline);
      default -> assertThat(refusal.retryAfter()).as(because).isEmpty();
    }
  }

  private void granted(Demand demand, List<ModelPlace> path, Permit permit) {
    long leaseEnd = now() + scenario.lease().map(Duration::toNanos).orElse(FOR_GOOD);
    ModelCall call = new ModelCall(demand, permit, path, now(), leaseEnd);
    calls.add(call);
    reportable.add(call);
    grants++;
    checkTheLaw(demand, path);
  }

  private void checkTheLaw(Demand demand, List<ModelPlace> path) {
    for (ModelPlace place : path) {
      place.checkTheLaw(demand, now(), inFlight(place), label);
    }
  }

  private int inFlight(ModelPlace place) {
    return (int)
        calls.stream().filter(call -> call.isOut(now()) && call.path.contains(place)).count();
  }

  private void tryAcquire() {
    Demand demand = scenario.demand();
    if (impossible(demand).isPresent()) {
      assertThatThrownBy(() -> limiter.tryAcquire(demand))
          .as(label)
          .isInstanceOf(RateLimitExceededException.class);
      refusals++;
      return;
    }
    Optional<Permit> permit = limiter.tryAcquire(demand);
    if (permit.isPresent()) {
      assertNotOvertaking(demand);
      granted(demand, scenario.path(demand.keys()), permit.get());
    } else {
      refusals++;
    }
  }

  private void assertNotOvertaking(Demand demand) {
    assertThat(line)
        .as(label + ": overtook")
        .noneMatch(waiting -> waiting.demand.keys().equals(demand.keys()));
  }

  private void tryTake() {
    Demand demand = scenario.demand();
    List<ModelPlace> path = scenario.path(demand.keys());
    if (path.stream().anyMatch(place -> place.limits().concurrency().isPresent())) {
      assertThatThrownBy(() -> limiter.tryTake(demand))
          .as(label)
          .isInstanceOf(IllegalStateException.class);
    } else if (impossible(demand).isPresent()) {
      assertThatThrownBy(() -> limiter.tryTake(demand))
          .as(label)
          .isInstanceOf(RateLimitExceededException.class);
      refusals++;
    } else if (limiter.tryTake(demand)) {
      assertNotOvertaking(demand);
      ModelCharge charge = new ModelCharge(now(), demand);
      path.forEach(place -> place.charge(charge));
      taken++;
      checkTheLaw(demand, path);
    } else {
      refusals++;
    }
  }

  private void acquireInterrupted() {
    Demand demand = scenario.demand();
    Thread.currentThread().interrupt();
    assertThat(catchThrowableOfType(CancelledException.class, () -> limiter.acquire(demand)))
        .as(label)
        .isNotNull();
    assertThat(Thread.interrupted()).as(label).isTrue();
  }

  private @Nullable ModelCall any(List<ModelCall> some) {
    return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
  }

  private void report() {
    ModelCall call = any(reportable);
    if (call == null) {
      return;
    }
    int most = 1 + (int) call.demand.tokens() * (random.nextInt(5) == 0 ? 3 : 1);
    long first = random.nextInt(most);
    long second = random.nextInt(most);
    // The record first: what goes back may let others through at once.
    switch (random.nextInt(4)) {
      case 0 -> {
        call.used(Dimension.TOKENS, first + second, now());
        call.used(Dimension.INPUT_TOKENS, first, now());
        call.used(Dimension.OUTPUT_TOKENS, second, now());
        call.permit.used(first, second);
      }
      case 1 -> {
        Dimension dimension =
            ModelCharge.DIMENSIONS.get(random.nextInt(ModelCharge.DIMENSIONS.size()));
        long amount = dimension.equals(Dimension.REQUESTS) ? first % 3 : first % 100;
        call.used(dimension, amount, now());
        call.permit.used(dimension, amount);
      }
      default -> {
        call.used(first, now());
        call.permit.used(first);
      }
    }
  }

  private void end() {
    ModelCall call = any(calls);
    if (call == null) {
      return;
    }
    if (random.nextInt(3) == 0) {
      call.cancel(now());
      call.permit.cancel();
    } else {
      call.close();
      call.permit.close();
    }
    calls.remove(call);
    if (random.nextInt(3) > 0) {
      reportable.remove(call); // the others may yet report late
    }
  }

  private void renew() {
    ModelCall call = any(calls);
    if (call != null) {
      call.renew(now(), scenario.lease().map(Duration::toNanos).orElse(FOR_GOOD));
      call.permit.renew();
    }
  }

  private void giveUp() {
    if (!line.isEmpty()) {
      ModelWaiting waiting = line.remove(random.nextInt(line.size()));
      gaveUp++;
      assertThat(waiting.future.cancel(true)).as(label).isTrue();
    }
  }

  private ModelPlace anyPlace() {
    return scenario.places().get(random.nextInt(scenario.places().size()));
  }

  private void backOff() {
    ModelPlace place = anyPlace();
    Duration pause = span(5);
    place.close(now() + pause.toNanos());
    limiter.backOff(pause, place.at());
  }

  private void change() {
    scenario.change(anyPlace());
  }

  private void checkTold() {
    for (CompletableFuture<Void> future : told) {
      if (future.isCompletedExceptionally()) {
        future.join();
      }
    }
    told.removeIf(CompletableFuture::isDone);
  }

  private void check() {
    checkTold();
    LimiterState state = limiter.state();
    checkTold();
    assertThat(state.inFlight()).as(label).isEqualTo(inFlight(scenario.path(List.of()).get(0)));
    assertThat(state.waiting()).as(label).isEqualTo(line.size());
    assertThat(state.waiting()).as(label).isLessThanOrEqualTo(scenario.queue());
    for (ModelWaiting waiting : line) {
      assertThat(now()).as(label + ": hung").isLessThan(waiting.deadline);
      assertThat(impossible(waiting.demand)).as(label + ": hangs for ever").isEmpty();
    }
  }

  /**
   * Whoever asks lets those through first who can go, so if one of them goes although nothing has
   * happened, it has been idle.
   */
  private void checkThatNobodyIsIdle() {
    for (ModelWaiting waiting : List.copyOf(line)) {
      long before = grants;
      limiter.tryAcquire(waiting.demand).ifPresent(Permit::cancel);
      checkTold();
      assertThat(grants).as(label + ": was idle").isEqualTo(before);
    }
  }

  /** Ends all that goes on; then everything must be as at the beginning. */
  void rest() {
    while (!line.isEmpty()) {
      giveUp();
    }
    calls.forEach(call -> call.permit.close());
    calls.clear();
    assertThat(scenario.clock().pending()).as(label).isZero();
    scenario.clock().advance(Duration.ofDays(10));
    for (ModelPlace place : scenario.places()) {
      LimiterState state = limiter.state(place.at());
      assertThat(state.inFlight()).as(label).isZero();
      assertThat(state.waiting()).as(label).isZero();
      assertThat(state.closedFor()).as(label).isZero();
      assertThat(state.levels())
          .as(label)
          .extracting(LimiterState.Level::limit)
          .containsExactlyElementsOf(place.limits().list());
      assertThat(state.levels())
          .as("%s %s", label, place.keys)
          .allMatch(level -> level.available() == level.limit().burst());
    }
    checkTheEvents();
  }

  private void checkTheEvents() {
    scenario
        .events()
        .ifPresent(
            events -> {
              assertThat(events)
                  .as(label)
                  .filteredOn(LimiterEvent.Granted.class::isInstance)
                  .hasSizeGreaterThanOrEqualTo((int) (grants + taken));
              assertThat(events)
                  .as(label)
                  .filteredOn(LimiterEvent.GaveUp.class::isInstance)
                  .hasSize((int) gaveUp);
            });
  }
}
