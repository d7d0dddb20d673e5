package ai.powertools.retry.metrics;

import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.RetryEnd;
import ai.powertools.retry.RetryEvent;
import ai.powertools.retry.RetryListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/** The listener itself. */
final class MeteredRetries implements RetryListener {
  private static final String PREFIX = "powertools.retry.";

  private final Tags tags;
  private final MeterProvider<Counter> calls;
  private final MeterProvider<Counter> retries;
  private final Timer wait;

  MeteredRetries(MeterRegistry registry, Iterable<Tag> tags) {
    this.tags = Tags.of(tags);
    this.calls =
        Counter.builder(PREFIX + "calls")
            .description("Calls that have ended.")
            .withRegistry(registry);
    this.retries =
        Counter.builder(PREFIX + "retries")
            .description("Attempts that were planned after one that failed.")
            .withRegistry(registry);
    this.wait =
        Timer.builder(PREFIX + "wait")
            .description("The waits before attempts that followed one that failed, as planned.")
            .tags(this.tags)
            .register(registry);
  }

  @Override
  public void onRetry(RetryEvent event) {
    String kind = event.verdict().kind().name().toLowerCase(Locale.ROOT);
    retries.withTags(tags.and("kind", kind)).increment();
    wait.record(event.delay());
  }

  @Override
  public void onEnd(RetryEnd end) {
    calls.withTags(tags.and("outcome", outcome(end))).increment();
  }

  private static String outcome(RetryEnd end) {
    if (end.error().isPresent()) {
      return end.kind().filter(ErrorKind.CANCELLED::equals).isPresent() ? "cancelled" : "failed";
    }
    return end.attempts() > 1 ? "retried" : "first";
  }
}
