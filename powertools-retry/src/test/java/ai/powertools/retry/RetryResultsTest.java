package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.Deadline;
import ai.powertools.testing.VirtualClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Results that are no answers. */
class RetryResultsTest {
  private final VirtualClock clock = VirtualClock.autoAdvancing();

  private RetryBuilder builder() {
    return Retry.builder().time(clock).fixed(Duration.ofSeconds(1)).noJitter();
  }

  private RetryBuilder unlessEmpty() {
    return builder().retryOnResult(String.class, String::isEmpty);
  }

  /** Gives these results, one after the other. */
  private static Callable<String> giving(String... results) {
    AtomicInteger next = new AtomicInteger();
    return () -> results[next.getAndIncrement()];
  }

  /** What comes of the work in all four ways to call it. */
  private List<CompletableFuture<String>> inAllWays(Retry retry, String... results) {
    ErrorHandler handler = ErrorHandler.builder().retry(retry).build();
    Callable<String> first = giving(results);
    Callable<String> second = giving(results);
    List<CompletableFuture<String>> all =
        List.of(
            blocking(() -> retry.call(giving(results))),
            blocking(() -> handler.call(giving(results))),
            retry.callAsync(() -> blocking(first)),
            handler.callAsync(() -> blocking(second)));
    clock.advance(Duration.ofMinutes(1));
    return all;
  }

  private static CompletableFuture<String> blocking(Callable<String> call) {
    try {
      return CompletableFuture.completedFuture(call.call());
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Test
  void aResultThatIsNoAnswerIsFollowedByAnotherAttempt() {
    assertThat(inAllWays(unlessEmpty().build(), "", "", "answer"))
        .allSatisfy(call -> assertThat(call).isCompletedWithValue("answer"));
  }

  @Test
  void resultsOfOtherTypesAreAnswers() {
    Retry retry = builder().retryOnResult(Integer.class, number -> true).build();
    assertThat(inAllWays(retry, "")).allSatisfy(call -> assertThat(call).isCompletedWithValue(""));
  }

  @Test
  void aCallThatEndsWithOneSaysSo() {
    assertThat(inAllWays(unlessEmpty().maxAttempts(2).build(), "", ""))
        .allSatisfy(
            call ->
                assertThat(Ended.errorOf(call))
                    .isInstanceOf(AttemptsExhaustedException.class)
                    .hasMessage(
                        "Gave up after 2 of 2 attempts over 1000 ms: no more attempts are"
                            + " allowed. Allow more with maxAttempts(…), or have something else"
                            + " answer. The last error was UnwantedResultException: The result, a"
                            + " String, is no answer. It is in result().")
                    .hasCauseInstanceOf(UnwantedResultException.class));
    assertThat(inAllWays(unlessEmpty().maxAttempts(1).build(), ""))
        .allSatisfy(
            call ->
                assertThat(Ended.errorOf(call))
                    .isInstanceOfSatisfying(
                        UnwantedResultException.class,
                        error -> assertThat(error.result()).isEqualTo("")));
  }

  @Test
  void theLastResultIsReturnedIfThatIsAskedFor() {
    Retry retry = unlessEmpty().maxAttempts(2).returnLastResult().build();
    assertThat(inAllWays(retry, "", ""))
        .allSatisfy(call -> assertThat(call).isCompletedWithValue(""));
  }

  @Test
  void anErrorAfterAnUnwantedResultIsStillThrown() {
    Retry retry = unlessEmpty().maxAttempts(2).returnLastResult().build();
    IllegalStateException bug = new IllegalStateException("bug");
    AtomicInteger calls = new AtomicInteger();
    assertThatThrownBy(
            () ->
                retry.call(
                    () -> {
                      if (calls.getAndIncrement() == 0) {
                        return "";
                      }
                      throw bug;
                    }))
        .isSameAs(bug);
  }

  @Test
  void aJudgeSaysWhatKindOfFailureItIsAndWhy() {
    Retry retry =
        builder()
            .judgeResults(
                ResultClassifier.when(
                    String.class, "refused"::equals, Verdict.permanent().because("a refusal")))
            .judgeResults(
                ResultClassifier.when(
                    String.class,
                    "later"::equals,
                    Verdict.throttled(Duration.ofSeconds(30)).because("HTTP 429")))
            .build();
    UnwantedResultException refusal =
        catchThrowableOfType(UnwantedResultException.class, () -> retry.call(giving("refused")));
    assertThat(refusal)
        .hasMessage("The result, a String, is no answer: a refusal. It is in result().");
    assertThat(refusal.retryable()).isFalse();
    assertThat(refusal.retryAfter()).isEmpty();

    assertThat(retry.call(giving("later", "answer"))).isEqualTo("answer");
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(30));
    AttemptsExhaustedException exhausted =
        catchThrowableOfType(
            AttemptsExhaustedException.class, () -> retry.call(giving("later", "later", "later")));
    assertThat(exhausted.retryAfter()).contains(Duration.ofSeconds(30));
    assertThat(exhausted.retryable()).isTrue();
  }

  @Test
  void nullMayBeNoAnswer() {
    Retry retry =
        builder()
            .maxAttempts(1)
            .judgeResults(
                result -> result == null ? Optional.of(Verdict.transientError()) : Optional.empty())
            .build();
    UnwantedResultException error =
        catchThrowableOfType(
            UnwantedResultException.class, () -> retry.<@Nullable String>call(() -> null));
    assertThat(error).hasMessage("The result, null, is no answer. It is in result().");
    assertThat(error.result()).isNull();
  }

  @Test
  void aJudgeThatThrowsEndsTheCallWithWhatItThrew() {
    IllegalStateException broken = new IllegalStateException("broken");
    Retry retry =
        builder()
            .judgeResults(
                result -> {
                  throw broken;
                })
            .build();
    assertThat(inAllWays(retry, "answer"))
        .allSatisfy(call -> assertThat(Ended.errorOf(call)).isSameAs(broken));
  }

  @Test
  void theResultIsLostBySerializationAndTheVerdictIsNot() throws Exception {
    UnwantedResultException error =
        new UnwantedResultException(
            new Object(), Verdict.throttled(Duration.ofSeconds(3)).because("HTTP 429"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(error);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      UnwantedResultException copy = (UnwantedResultException) in.readObject();
      assertThat(copy.result()).isNull();
      assertThat(copy.verdict()).isEqualTo(error.verdict());
    }
  }

  @Test
  void aHedgeKeepsAnUnwantedResultFromWinning() {
    VirtualClock standing = VirtualClock.create();
    ErrorHandler handler =
        ErrorHandler.builder()
            .retry(unlessEmpty().time(standing).maxAttempts(1).build())
            .hedge(Hedge.after(Duration.ofSeconds(1)))
            .build();
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    CompletableFuture<String> answer =
        handler.callAsync(CallOptions.none(), attempt -> attempt.hedge() == 0 ? first : second);
    standing.advance(Duration.ofSeconds(1));
    first.complete("");
    assertThat(answer).isNotDone();
    second.complete("answer");
    assertThat(answer).isCompletedWithValue("answer");
  }

  @Test
  void aResultOfTheCallHasTheLastResultToo() {
    CallResult<String> result =
        unlessEmpty()
            .maxAttempts(2)
            .returnLastResult()
            .build()
            .run(Deadline.never(), attempt -> "");
    assertThat(result.answered()).isTrue();
    assertThat(result.value()).isEmpty();
    assertThat(result.attempts()).isEqualTo(2);
    assertThat(result.failures()).hasSize(2);
  }
}
