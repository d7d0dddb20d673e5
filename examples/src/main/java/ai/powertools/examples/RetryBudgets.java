package ai.powertools.examples;

import ai.powertools.retry.Retry;
import ai.powertools.retry.RetryBudget;
import ai.powertools.retry.RetryBuilder;
import ai.powertools.testing.VirtualClock;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A thousand clients and a provider that is down for a minute: what it has to bear meanwhile, with
 * retries as each client would make them, and with a budget that they share. Three minutes on a
 * clock that is turned by hand.
 */
public final class RetryBudgets {
  private static final int CLIENTS = 1_000;
  private static final int SLICES = 18; // of ten seconds
  private static final long DOWN_FROM = 60;
  private static final long DOWN_UNTIL = 120;

  private final VirtualClock clock = VirtualClock.create();
  private final Random random = new Random(7); // the same run each time
  private final Retry retry;
  private final int[] calls = new int[SLICES + 1];
  private final int[] attempts = new int[SLICES + 1];

  private RetryBudgets(boolean budgeted) {
    RetryBuilder builder =
        Retry.builder()
            .maxAttempts(5)
            .exponential(Duration.ofMillis(500), 2.0)
            .random(random)
            .time(clock);
    this.retry = (budgeted ? builder.budget(RetryBudget.share(0.1)) : builder).build();
  }

  public static void main(String[] arguments) {
    RetryBudgets without = new RetryBudgets(false).run();
    RetryBudgets with = new RetryBudgets(true).run();
    System.out.println("             without a budget         with a budget of 10 %");
    System.out.println("from s       calls   attempts         calls   attempts");
    for (int slice = 0; slice < SLICES; slice++) {
      long second = slice * 10L;
      System.out.printf(
          Locale.ROOT,
          "%6d %11d %10d %13d %10d%s%n",
          second,
          without.calls[slice],
          without.attempts[slice],
          with.calls[slice],
          with.attempts[slice],
          second >= DOWN_FROM && second < DOWN_UNTIL ? "   down" : "");
    }
    System.out.printf(
        Locale.ROOT,
        "attempts per call while it is down: %.2f without, %.2f with%n",
        without.whileDown(),
        with.whileDown());
  }

  private RetryBudgets run() {
    for (int client = 0; client < CLIENTS; client++) {
      thinkAndCall();
    }
    clock.advance(Duration.ofSeconds(SLICES * 10L));
    return this;
  }

  private void thinkAndCall() {
    clock.after(Duration.ofMillis(random.nextInt(10_000)), this::call);
  }

  private void call() {
    calls[slice()]++;
    var unused = retry.callAsync(this::ask).whenComplete((answer, error) -> thinkAndCall());
  }

  /** Where a client would be that returns a future. */
  private CompletableFuture<String> ask() {
    attempts[slice()]++;
    long second = clock.elapsed().toSeconds();
    if (second >= DOWN_FROM && second < DOWN_UNTIL) {
      return CompletableFuture.failedFuture(new ConnectException("Connection refused"));
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    clock.after(Duration.ofMillis(200), () -> answer.complete("answer"));
    return answer;
  }

  private int slice() {
    return (int) (clock.elapsed().toSeconds() / 10);
  }

  private double whileDown() {
    double made = 0;
    double tried = 0;
    for (int slice = (int) DOWN_FROM / 10; slice < DOWN_UNTIL / 10; slice++) {
      made += calls[slice];
      tried += attempts[slice];
    }
    return tried / made;
  }
}
