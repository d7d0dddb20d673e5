package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls beside calls that take long; without threads. */
class HedgeTest {
  private static final Duration DELAY = Duration.ofSeconds(2);

  private final VirtualClock clock = VirtualClock.create();
  private final List<Attempt> begun = new ArrayList<>();
  private final List<CompletableFuture<String>> works = new ArrayList<>();

  private ErrorHandler handler(Hedge hedge) {
    return handler(hedge, 1);
  }

  private ErrorHandler handler(Hedge hedge, int attempts) {
    return ErrorHandler.builder()
        .retry(
            Retry.builder()
                .time(clock)
                .maxAttempts(attempts)
                .fixed(Duration.ofSeconds(10))
                .noJitter()
                .build())
        .hedge(hedge)
        .build();
  }

  private CompletableFuture<String> call(ErrorHandler handler) {
    return handler.callAsync(
        CallOptions.none(),
        attempt -> {
          begun.add(attempt);
          works.add(new CompletableFuture<>());
          return works.get(works.size() - 1);
        });
  }

  @Test
  void whoAnswersInTimeHasNoCallBeside() {
    CompletableFuture<String> answer = call(handler(Hedge.after(DELAY)));
    clock.advance(Duration.ofMillis(1999));
    works.get(0).complete("answer");

    assertThat(answer).isCompletedWithValue("answer");
    assertThat(clock.pending()).isZero();
    assertThat(begun).hasSize(1);
  }

  @Test
  void theAnswerThatComesFirstCountsAndTheOtherIsCancelled() {
    CompletableFuture<String> answer = call(handler(Hedge.after(DELAY)));
    clock.advance(DELAY);
    assertThat(works).hasSize(2);
    works.get(1).complete("second");

    assertThat(answer).isCompletedWithValue("second");
    assertThat(works.get(0)).isCancelled();

    CompletableFuture<String> other = call(handler(Hedge.after(DELAY)));
    clock.advance(DELAY);
    works.get(2).complete("first");
    assertThat(other).isCompletedWithValue("first");
    assertThat(works.get(3)).isCancelled();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void theCallsBesideEachOtherAreOneAttemptAndHaveOneKey() {
    var unused = call(handler(Hedge.after(DELAY).max(2).maxShare(10)));
    clock.advance(DELAY.multipliedBy(2));

    assertThat(begun).extracting(Attempt::number).containsExactly(1, 1, 1);
    assertThat(begun).extracting(Attempt::hedge).containsExactly(0, 1, 2);
    assertThat(begun).extracting(Attempt::idempotencyKey).doesNotContain("").hasSize(3);
    assertThat(begun.stream().map(Attempt::idempotencyKey).distinct()).hasSize(1);
    assertThat(begun)
        .extracting(Attempt::toString)
        .containsExactly("attempt 1", "attempt 1, hedge 1", "attempt 1, hedge 2");
  }

  @Test
  void furtherCallsFollowAsMuchLaterAndNoMoreThanAllowed() {
    var unused = call(handler(Hedge.after(DELAY).max(2).maxShare(10)));
    clock.advance(Duration.ofMillis(3999));
    assertThat(begun).hasSize(2);
    clock.advance(Duration.ofMillis(1));
    assertThat(begun).hasSize(3);
    clock.advance(Duration.ofHours(1));
    assertThat(begun).hasSize(3);
    assertThat(clock.pending()).isZero();
  }

  @Test
  void aCallThatFailsBeforeItsHedgeJustFails() {
    Busy busy = new Busy();
    CompletableFuture<String> answer = call(handler(Hedge.after(DELAY)));
    works.get(0).completeExceptionally(busy);

    assertThat(Ended.errorOf(answer)).isSameAs(busy);
    assertThat(clock.pending()).isZero();
  }

  @Test
  void anErrorWaitsForTheAnswersOfTheOthers() {
    CompletableFuture<String> answer = call(handler(Hedge.after(DELAY)));
    clock.advance(DELAY);
    works.get(0).completeExceptionally(new Busy());
    assertThat(answer).isNotDone();
    works.get(1).complete("answer");
    assertThat(answer).isCompletedWithValue("answer");
  }

  @Test
  void whenAllFailTheFirstErrorIsTheAttemptsAndTheOthersAreSuppressed() {
    Busy first = new Busy();
    Busy second = new Busy();
    CompletableFuture<String> answer = call(handler(Hedge.after(DELAY)));
    clock.advance(DELAY);
    works.get(1).completeExceptionally(first);
    works.get(0).completeExceptionally(second);

    assertThat(Ended.errorOf(answer)).isSameAs(first).hasSuppressedException(second);
  }

  @Test
  void theSameErrorIsNotSuppressedInItself() {
    Busy busy = new Busy();
    CompletableFuture<String> answer = call(handler(Hedge.after(DELAY)));
    clock.advance(DELAY);
    works.forEach(work -> work.completeExceptionally(busy));
    assertThat(Ended.errorOf(answer)).isSameAs(busy).hasNoSuppressedExceptions();
  }

  @Test
  void whenAllFailTheRetryGoesOnAndIsHedgedAgain() {
    CompletableFuture<String> answer = call(handler(Hedge.after(DELAY).maxShare(1), 2));
    clock.advance(DELAY);
    works.get(0).completeExceptionally(new Busy());
    works.get(1).completeExceptionally(new Busy());
    clock.advance(Duration.ofSeconds(10));
    clock.advance(DELAY);

    assertThat(begun).extracting(Attempt::number).containsExactly(1, 1, 2, 2);
    assertThat(begun).extracting(Attempt::hedge).containsExactly(0, 1, 0, 1);
    works.get(3).complete("answer");
    assertThat(answer).isCompletedWithValue("answer");
  }

  @Test
  void workThatFailsAtOnceFailsTheAttempt() {
    Busy busy = new Busy();
    CompletableFuture<String> thrown =
        handler(Hedge.after(DELAY))
            .callAsync(
                () -> {
                  throw busy;
                });
    assertThat(Ended.errorOf(thrown)).isSameAs(busy);
    assertThat(Ended.errorOf(handler(Hedge.after(DELAY)).<String>callAsync(() -> null)))
        .hasMessage("The work gave no future, but null, for attempt 1");
    assertThat(clock.pending()).isZero();
  }

  @Test
  void noMoreThanAShareOfCallsIsHedged() {
    ErrorHandler handler = handler(Hedge.after(DELAY).maxShare(0.1));
    for (int i = 0; i < 100; i++) {
      CompletableFuture<String> answer = call(handler);
      clock.advance(DELAY);
      works.get(works.size() - 1).complete("answer");
      assertThat(answer).isCompletedWithValue("answer");
    }
    // One to begin with, and a tenth of the calls.
    assertThat(begun).hasSize(100 + 1 + 10);
  }

  @Test
  void aShareIsSavedUpForNoMoreThanTenHedges() {
    ErrorHandler handler = handler(Hedge.after(DELAY).maxShare(1));
    for (int i = 0; i < 100; i++) {
      CompletableFuture<String> answer = call(handler);
      works.get(works.size() - 1).complete("answer");
      assertThat(answer).isCompletedWithValue("answer");
    }
    List<CompletableFuture<String>> slow = new ArrayList<>();
    int before = begun.size();
    for (int i = 0; i < 20; i++) {
      slow.add(call(handler));
    }
    clock.advance(DELAY);
    assertThat(slow).noneMatch(CompletableFuture::isDone);
    assertThat(begun).hasSize(before + 20 + 10);
  }

  @Test
  void aPercentileHedgesNobodyBeforeItHasSeenTwentyAnswers() {
    ErrorHandler handler = handler(Hedge.atPercentile(0.9));
    answersAfter(handler, 19);
    var slow = call(handler);
    clock.advance(Duration.ofHours(1));
    assertThat(begun).hasSize(20);
    works.get(19).complete("answer");
    assertThat(slow).isCompletedWithValue("answer");
  }

  @Test
  void aPercentileHedgesWhoTakesLongerThanThatShareOfAnswers() {
    ErrorHandler handler = handler(Hedge.atPercentile(0.9));
    answersAfter(handler, 20);
    var slow = call(handler);
    // 18 of the 20 took no longer than 18 s.
    clock.advance(Duration.ofMillis(17_999));
    assertThat(begun).hasSize(21);
    clock.advance(Duration.ofMillis(1));
    assertThat(begun).hasSize(22);
    assertThat(slow).isNotDone();
  }

  /** One after a second, one after two, and so on. */
  private void answersAfter(ErrorHandler handler, int answers) {
    for (int i = 1; i <= answers; i++) {
      var answer = call(handler);
      clock.advance(Duration.ofSeconds(i));
      works.get(i - 1).complete("answer");
      assertThat(answer).isCompletedWithValue("answer");
    }
  }

  @Test
  void onlyTheLastAnswersCountForAPercentile() {
    Latencies latencies = new Latencies();
    for (int i = 0; i < Latencies.NEEDED - 1; i++) {
      latencies.add(1_000_000);
    }
    assertThat(latencies.percentile(0.5)).isEmpty();
    for (int i = 0; i < Latencies.KEPT; i++) {
      latencies.add(7);
    }
    assertThat(latencies.percentile(0.5)).contains(Duration.ofNanos(7));
    assertThat(latencies.percentile(0.999)).contains(Duration.ofNanos(7));
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> Hedge.after(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The delay of a hedge must not be negative: PT-0.000000001S");
    for (double percentile : new double[] {0.49, 1, Double.NaN}) {
      assertThatThrownBy(() -> Hedge.atPercentile(percentile))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("The percentile of a hedge must lie between 0.5 and 1, not " + percentile);
    }
    assertThatThrownBy(() -> Hedge.after(DELAY).max(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A hedge is at least 1 call more, not 0");
    assertThatThrownBy(() -> Hedge.after(DELAY).maxShare(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The share of a retry budget is retries per call");
  }
}
