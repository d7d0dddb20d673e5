package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Futures that are cancelled at random moments leave nothing behind: no timer, no place of a
 * bulkhead, no permit of a breaker, no token of a budget, no attempt under way.
 */
class LeakProperties {
  private static final int CASES = 2000;
  private static final Duration UNIT = Duration.ofSeconds(1);
  private static final Duration LAST_CALL = UNIT.multipliedBy(10);
  private static final Duration CLOSING_TIME = UNIT.multipliedBy(100);

  @Test
  void futuresThatEndInWhateverWayLeaveNothingBehind() throws Exception {
    Law.holds(CASES, random -> new Session(random).check());
  }

  /** Some calls on one clock, all on this thread. */
  private static final class Session {
    private final Random random;
    private final VirtualClock clock = VirtualClock.create();
    private final List<CompletableFuture<String>> answers = new ArrayList<>();
    private final List<CompletableFuture<String>> attempts = new ArrayList<>();
    private final RandomHandler parts;

    private Session(Random random) {
      this.random = random;
      boolean atOnce = random.nextBoolean();
      this.parts =
          new RandomHandler(
              random,
              clock,
              action -> {
                if (atOnce) {
                  action.run();
                } else {
                  clock.after(moment(UNIT), action);
                }
              },
              UNIT);
    }

    private Duration moment(Duration until) {
      return Duration.ofMillis(random.nextInt((int) until.toMillis()));
    }

    private void check() {
      int calls = 1 + random.nextInt(15);
      for (int i = 0; i < calls; i++) {
        clock.after(moment(LAST_CALL), this::call);
      }
      clock.after(CLOSING_TIME, () -> answers.forEach(answer -> answer.cancel(true)));
      Agenda.runThrough(clock);

      assertThat(answers).hasSize(calls).allMatch(CompletableFuture::isDone);
      assertThat(attempts).as("attempts under way").allMatch(CompletableFuture::isDone);
      assertThat(parts.tally.ends()).as("ends that were told of").isEqualTo(calls);
      parts.assertBudgetIsExact();
      parts.assertBreakerCloses(clock::advance);
      assertThat(parts.hasAllPlacesFree()).as("free places of %s", parts).isTrue();
      assertThat(clock.pending()).as("timers").isZero();
    }

    private void call() {
      CompletableFuture<String> answer = parts.handler.callAsync(this::attempt);
      answers.add(answer);
      switch (random.nextInt(4)) {
        case 0 -> clock.after(moment(LAST_CALL), () -> answer.cancel(true));
        case 1 -> clock.after(moment(UNIT), () -> answer.cancel(true));
        case 2 -> clock.after(moment(LAST_CALL), () -> answer.complete("from outside"));
        default -> {}
      }
    }

    private CompletableFuture<String> attempt() {
      if (random.nextInt(10) == 0) {
        throw new Busy();
      }
      CompletableFuture<String> attempt =
          random.nextInt(4) == 0 ? new Stubborn() : new CompletableFuture<>();
      attempts.add(attempt);
      switch (random.nextInt(8)) {
        case 0 -> attempt.complete("at once");
        case 1 -> attempt.completeExceptionally(new Busy());
        case 2 -> attempt.completeExceptionally(new Busy(moment(UNIT)));
        case 3 -> later(() -> attempt.completeExceptionally(new IllegalStateException("unknown")));
        case 4 -> later(() -> attempt.completeExceptionally(new Busy()));
        case 5 -> later(() -> attempt.completeExceptionally(new CancellationException()));
        case 6 -> later(() -> attempt.complete("later"));
        default -> {
          if (attempt instanceof Stubborn) {
            later(() -> attempt.complete("after nobody asked any more"));
          }
        }
      }
      return attempt;
    }

    private void later(Runnable end) {
      clock.after(moment(UNIT.multipliedBy(4)), end);
    }
  }

  /** Work that heeds no cancellation. */
  private static final class Stubborn extends CompletableFuture<String> {
    @Override
    public boolean cancel(boolean mayInterrupt) {
      return false;
    }
  }
}
