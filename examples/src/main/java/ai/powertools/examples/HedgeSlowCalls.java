package ai.powertools.examples;

import ai.powertools.retry.Attempt;
import ai.powertools.retry.CallOptions;
import ai.powertools.retry.ErrorHandler;
import ai.powertools.retry.Hedge;
import ai.powertools.retry.Retry;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * What a hedge does to the tail: three in a hundred answers take twenty seconds instead of one or
 * two. Beside a call that takes longer than 95 % of the last ones, another is begun; the first
 * answer counts. Two hours of calls on a clock that is turned by hand.
 */
public final class HedgeSlowCalls {
  private static final int CALLS = 2_000;

  private final VirtualClock clock = VirtualClock.create();
  private final Random random = new Random(7); // the same answers each time
  private final List<Duration> latencies = new ArrayList<>();
  private int asked;
  private int hungUpOn;

  private HedgeSlowCalls() {}

  public static void main(String[] arguments) {
    System.out.println("                  half    99 %  longest   asked   hung up on");
    new HedgeSlowCalls().run("without a hedge", false);
    new HedgeSlowCalls().run("with a hedge", true);
  }

  private void run(String name, boolean hedged) {
    ErrorHandler.Builder builder =
        ErrorHandler.builder().retry(Retry.builder().time(clock).build());
    if (hedged) {
      builder.hedge(Hedge.atPercentile(0.95).maxShare(0.1));
    }
    ErrorHandler handler = builder.build();
    for (int call = 0; call < CALLS; call++) {
      long start = clock.nanos();
      CompletableFuture<String> answer = handler.callAsync(CallOptions.none(), this::ask);
      while (!answer.isDone()) {
        clock.advanceToNext();
      }
      latencies.add(clock.since(start));
    }
    Collections.sort(latencies);
    System.out.printf(
        Locale.ROOT,
        "%-16s%6.1f s%6.1f s%7.1f s%8d%13d%n",
        name,
        seconds(CALLS / 2),
        seconds(CALLS * 99 / 100),
        seconds(CALLS - 1),
        asked,
        hungUpOn);
  }

  /** Where a client would be that returns a future. */
  private CompletableFuture<String> ask(Attempt attempt) {
    asked++;
    boolean slow = random.nextInt(100) < 3;
    long millis = slow ? 20_000 : 1_000 + random.nextInt(1_000);
    CompletableFuture<String> answer = new CompletableFuture<>();
    clock.after(Duration.ofMillis(millis), () -> answer.complete("answer to " + attempt));
    var unused = answer.whenComplete((text, error) -> hungUpOn += answer.isCancelled() ? 1 : 0);
    return answer;
  }

  private double seconds(int rank) {
    return latencies.get(rank).toMillis() / 1e3;
  }
}
