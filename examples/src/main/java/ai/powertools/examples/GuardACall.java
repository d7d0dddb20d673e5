package ai.powertools.examples;

import ai.powertools.retry.Attempt;
import ai.powertools.retry.CallOptions;
import ai.powertools.retry.CallResult;
import ai.powertools.retry.CircuitBreakers;
import ai.powertools.retry.ErrorHandler;
import ai.powertools.retry.Failure;
import ai.powertools.retry.FallbackHandler;
import ai.powertools.retry.Retry;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;

/**
 * Retry, circuit breaker, timeout, bulkhead and fallback around one client. The provider answers,
 * then hangs for half a minute, then is down for a minute, then answers again; each call has its
 * answer, and soon. Three minutes on a clock that whoever waits moves.
 */
public final class GuardACall {
  private static final Duration NORMAL = Duration.ofSeconds(1);
  private static final String PROVIDER = "openai/gpt-5-mini";

  private final VirtualClock clock = VirtualClock.autoAdvancing();
  private final CircuitBreakers breakers =
      CircuitBreakers.builder()
          .failureRate(0.5)
          .window(10)
          .minimumCalls(4)
          .openFor(Duration.ofSeconds(30))
          .halfOpenCalls(1)
          .listener(event -> say("    breaker: " + event.from() + " to " + event.to()))
          .time(clock)
          .build();
  private final ErrorHandler handler =
      ErrorHandler.builder()
          .retry(
              Retry.builder()
                  .maxAttempts(2)
                  .fixed(Duration.ofMillis(500))
                  .noJitter()
                  .time(clock)
                  .build())
          .circuitBreakers(breakers)
          .timeout(Duration.ofSeconds(4))
          .bulkhead(8)
          .build();
  private int asked;

  private GuardACall() {}

  public static void main(String[] arguments) {
    new GuardACall().run();
  }

  private void run() {
    FallbackHandler<String> guarded = handler.fallback(this::fromCache);
    int calls = 0;
    int degraded = 0;
    Duration longest = Duration.ZERO;
    String before = "";
    while (clock.elapsed().toSeconds() < 180) {
      CallResult<String> result = guarded.run(CallOptions.of(PROVIDER), this::ask);
      calls++;
      degraded += result.degraded() ? 1 : 0;
      longest = result.elapsed().compareTo(longest) > 0 ? result.elapsed() : longest;
      if (!result.value().equals(before)) {
        say(result.value());
      }
      before = result.value();
      clock.advance(Duration.ofSeconds(5));
    }
    System.out.printf(
        Locale.ROOT,
        "%d calls, %d answered by the model, %d by the cache, none failed%n",
        calls,
        calls - degraded,
        degraded);
    System.out.printf(
        Locale.ROOT,
        "the provider was asked %d times; the longest call took %.1f s%n",
        asked,
        longest.toMillis() / 1e3);
  }

  private String fromCache(Failure failure) {
    return "from the cache, since " + failure.lastError().getClass().getSimpleName();
  }

  /** Where a client would be; its timeout is what is left of the attempt's time. */
  private String ask(Attempt attempt) throws IOException, InterruptedException {
    asked++;
    long second = clock.elapsed().toSeconds();
    if (second >= 20 && second < 50) {
      clock.sleep(attempt.deadline().remaining());
      throw new HttpTimeoutException("request timed out");
    }
    if (second >= 50 && second < 110) {
      throw new ConnectException("Connection refused");
    }
    clock.sleep(NORMAL);
    return "from the model";
  }

  private void say(String what) {
    System.out.printf(Locale.ROOT, "%5d s  %s%n", clock.elapsed().toSeconds(), what);
  }
}
