package ai.powertools.retry;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Many clients of one provider. Each calls, waits for the end of it, thinks, and calls again. */
final class Storm {
  static final int CLIENTS = Integer.getInteger("powertools.storm.clients", 1_000);
  static final Duration DOWN = Duration.ofSeconds(30);
  static final Duration UP_AGAIN = Duration.ofSeconds(90);

  private static final int THINK_MILLIS = 10_000;

  private final VirtualClock clock;
  private final Random random;
  private final Supplier<CompletionStage<String>> provider;
  private final Caller caller;
  private final StormLog log = new StormLog();

  /** Makes attempts until it has an answer or gives up. */
  @FunctionalInterface
  interface Caller {
    CompletionStage<String> call(Supplier<CompletionStage<String>> attempt);
  }

  Storm(
      VirtualClock clock,
      Random random,
      Supplier<CompletionStage<String>> provider,
      Caller caller) {
    this.clock = clock;
    this.random = random;
    this.provider = provider;
    this.caller = caller;
  }

  static boolean isDown(Duration time) {
    return time.compareTo(DOWN) >= 0 && time.compareTo(UP_AGAIN) < 0;
  }

  StormLog run(Duration end) {
    for (int i = 0; i < CLIENTS; i++) {
      think();
    }
    clock.advance(end);
    return log;
  }

  private void think() {
    clock.after(Duration.ofMillis(random.nextInt(THINK_MILLIS)), this::call);
  }

  private void call() {
    now().calls++;
    var unused =
        caller
            .call(this::attempt)
            .whenComplete(
                (answer, error) -> {
                  if (error == null) {
                    now().answers++;
                  } else {
                    now().failures++;
                  }
                  think();
                });
  }

  private CompletionStage<String> attempt() {
    now().attempts++;
    return provider.get();
  }

  private StormLog.Slice now() {
    return log.at(clock.elapsed());
  }
}
