package ai.powertools.ratelimit.simulation;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Throws the dice of a traffic, call by call. Not thread-safe. */
final class TrafficCalls {
  private static final double MINUTE = Duration.ofMinutes(1).toNanos();

  private final Traffic traffic;
  private final SplittableRandom random;
  private final long end;
  private double single;
  private long burst;
  private int ofBurst;

  TrafficCalls(Traffic traffic) {
    this.traffic = traffic;
    this.random = new SplittableRandom(traffic.seed());
    this.end = traffic.length().toNanos();
    this.single = gap();
    this.burst = traffic.burst() > 0 ? 0 : Long.MAX_VALUE;
  }

  Stream<TracedCall> stream() {
    return Stream.iterate(next(), call -> call != null, call -> next());
  }

  private @Nullable TracedCall next() {
    long at;
    if (burst <= single) {
      at = burst;
      if (++ofBurst == traffic.burst()) {
        ofBurst = 0;
        burst += traffic.burstEvery().toNanos();
      }
    } else {
      at = (long) single;
      single += gap();
    }
    return at >= end ? null : call(Duration.ofNanos(at));
  }

  private TracedCall call(Duration at) {
    TracedCall call = TracedCall.at(at);
    if (traffic.tokens() > 0) {
      long tokens = Math.max(1, Math.round(exponential((double) traffic.tokens())));
      long used = Math.max(1, Math.round(tokens * random.nextDouble(0.5, 1)));
      call = call.tokens(TokenCount.of(tokens)).used(TokenCount.of(used));
    }
    if (!traffic.takes().isZero()) {
      call = call.takes(Duration.ofNanos((long) exponential((double) traffic.takes().toNanos())));
    }
    if (!traffic.tenants().isEmpty()) {
      call = call.tenant(traffic.tenants().get(random.nextInt(traffic.tenants().size())));
    }
    return traffic.patience().isZero() ? call : call.patience(traffic.patience());
  }

  private double gap() {
    return traffic.callsPerMinute() > 0
        ? exponential(MINUTE / traffic.callsPerMinute())
        : Double.MAX_VALUE;
  }

  private double exponential(double mean) {
    return -mean * StrictMath.log(1 - random.nextDouble());
  }
}
