package ai.powertools.examples;

import ai.powertools.retry.Retry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Attempts with growing, scattered waits; each is told of before it begins. */
public final class Retrying {
  private Retrying() {}

  public static void main(String[] arguments) {
    Retry retry =
        Retry.builder()
            .maxAttempts(5)
            .exponential(Duration.ofMillis(2), 2.0)
            .fullJitter()
            .listener(event -> System.out.println("attempt " + event.attempt() + " failed"))
            .build();
    System.out.println("waits at most: " + retry.preview(4));

    AtomicInteger calls = new AtomicInteger();
    String answer =
        retry.call(
            () -> {
              if (calls.incrementAndGet() < 3) {
                throw new IOException("connection reset");
              }
              return "answered at last";
            });
    System.out.println(answer);
  }
}
