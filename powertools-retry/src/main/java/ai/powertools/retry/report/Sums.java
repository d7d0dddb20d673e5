package ai.powertools.retry.report;

import java.time.Duration;

/** A {@link Tally} that grows. For one thread at a time. */
final class Sums {
  private long failed;
  private long degraded;
  private long recovered;
  private long failures;
  private long waitedNanos;

  void add(ErrorEvent event) {
    switch (event.outcome()) {
      case FAILED -> failed++;
      case DEGRADED -> degraded++;
      case RECOVERED -> recovered++;
    }
    failures += event.failures();
    waited(nanos(event.waited()));
  }

  void add(Sums other) {
    failed += other.failed;
    degraded += other.degraded;
    recovered += other.recovered;
    failures += other.failures;
    waited(other.waitedNanos);
  }

  private void waited(long nanos) {
    long sum = waitedNanos + nanos;
    waitedNanos = sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0
        ? Long.MAX_VALUE
        : duration.toNanos();
  }

  Tally tally() {
    return new Tally(failed, degraded, recovered, failures, Duration.ofNanos(waitedNanos));
  }
}
