package ai.powertools.ratelimit.simulation;

import ai.powertools.ratelimit.Counting;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up what the calls that were let through used. Not thread-safe. */
final class Spending {
  private final Map<Dimension, Long> amounts = new HashMap<>();
  private long first = -1;
  private long lastGrant;
  private long end;
  private double running;

  void asked(long now) {
    first = first < 0 ? now : first;
    end = Math.max(end, now);
  }

  void granted(long now) {
    lastGrant = now;
  }

  /** A call has ended that ran for so long. */
  void ended(TracedCall call, long now) {
    end = Math.max(end, now);
    running += call.takes().toNanos();
    TokenCount tokens = call.settled();
    amounts.merge(Dimension.REQUESTS, 1L, Long::sum);
    amounts.merge(Dimension.TOKENS, tokens.total(), Long::sum);
    // Tokens that are not told apart count in full as either, as they do for a limiter.
    long input = tokens.split() ? tokens.input() : tokens.total();
    long output = tokens.split() ? tokens.output() : tokens.total();
    amounts.merge(Dimension.INPUT_TOKENS, input, Long::sum);
    amounts.merge(Dimension.OUTPUT_TOKENS, output, Long::sum);
  }

  Duration elapsed() {
    return Duration.ofNanos(end);
  }

  List<LimitUse> of(Limits limits) {
    List<LimitUse> uses = new ArrayList<>();
    for (Limit limit : limits.list()) {
      double used = amounts.getOrDefault(limit.dimension(), 0L);
      uses.add(new LimitUse(limit.toString(), used, used / possible(limit)));
    }
    limits
        .concurrency()
        .ifPresent(
            most -> {
              double atOnce = running / Math.max(1, end - Math.max(0, first));
              uses.add(
                  new LimitUse(Limits.none().concurrency(most).toString(), atOnce, atOnce / most));
            });
    return uses;
  }

  private double possible(Limit limit) {
    double windows = (double) (lastGrant - Math.max(0, first)) / limit.window().toNanos();
    return limit.counting() == Counting.SLIDING_WINDOW
        ? limit.amount() * (Math.floor(windows) + 1)
        : limit.burst() + limit.amount() * windows;
  }
}
