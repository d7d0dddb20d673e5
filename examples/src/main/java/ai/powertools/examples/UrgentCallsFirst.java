package ai.powertools.examples;

import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.Priority;
import ai.powertools.ratelimit.RateLimiter;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Who waits is served by priority and, within one, by tenant: a batch of one customer neither keeps
 * people waiting nor another customer's batch. On a clock that is turned by hand, so that a minute
 * takes no time; without {@code time} and {@code executor} it is the same in real time.
 */
public final class UrgentCallsFirst {
  private UrgentCallsFirst() {}

  public static void main(String[] arguments) {
    VirtualClock clock = VirtualClock.create();
    RateLimiter limiter =
        RateLimiter.builder()
            .requestsPerMinute(60)
            .weights(4, 2, 1)
            .time(clock)
            .executor(Runnable::run)
            .build();
    limiter.acquire(Demand.request()).close(); // the burst of one is gone

    List<String> order = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      ask(limiter, Demand.request().priority(Priority.LOW).tenant("acme"), "acme " + i, order);
    }
    for (int i = 1; i <= 2; i++) {
      ask(limiter, Demand.request().priority(Priority.LOW).tenant("zeta"), "zeta " + i, order);
    }
    for (int i = 1; i <= 4; i++) {
      ask(limiter, Demand.request().priority(Priority.HIGH), "chat " + i, order);
    }
    System.out.println(limiter.state().waiting() + " wait");

    clock.advance(Duration.ofSeconds(12));
    System.out.println("in 12 s: " + String.join(", ", order));
  }

  private static void ask(RateLimiter limiter, Demand demand, String call, List<String> order) {
    CompletableFuture<Void> made =
        limiter
            .acquireAsync(demand)
            .thenAccept(
                permit -> {
                  order.add(call);
                  permit.close();
                });
    if (made.isDone()) {
      System.out.println("not reached: " + call + " did not wait");
    }
  }
}
