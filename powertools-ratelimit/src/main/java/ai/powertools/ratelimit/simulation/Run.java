package ai.powertools.ratelimit.simulation;

import ai.powertools.core.CancelledException;
import ai.powertools.core.ConfigurationException;
import ai.powertools.ratelimit.Permit;
import ai.powertools.ratelimit.RateLimiter;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of one trace. For one use by one thread. */
final class Run {
  private final Policy policy;
  private final SimulatedTime time = new SimulatedTime();
  private final RateLimiter limiter;
  private final Tally tally = new Tally();
  private final Spending spending = new Spending();
  private long open;

  Run(Policy policy) {
    this.policy = policy;
    this.limiter = policy.limiter(time);
  }

  SimulationReport of(CallTrace trace) {
    try (Stream<TracedCall> calls = trace.calls()) {
      Iterator<TracedCall> coming = calls.iterator();
      while (coming.hasNext()) {
        TracedCall call = coming.next();
        refuseThePast(trace, call);
        time.advanceTo(call.at().toNanos());
        ask(trace, call);
        goOn();
      }
    }
    while (open > 0 && time.advanceToNext()) {
      goOn();
    }
    return tally.report(policy, trace, spending);
  }

  private void refuseThePast(CallTrace trace, TracedCall call) {
    if (call.at().toNanos() < time.nanos()) {
      throw new ConfigurationException(
          "The call at %s of %s comes after a later one. Sort the calls by their times."
              .formatted(Notation.text(call.at()), trace.name()));
    }
  }

  private void ask(CallTrace trace, TracedCall call) {
    open++;
    tally.asked(call);
    spending.asked(time.nanos());
    var unused =
        permit(trace, call).whenComplete((permit, failure) -> decided(call, permit, failure));
  }

  private CompletableFuture<Permit> permit(CallTrace trace, TracedCall call) {
    try {
      return limiter.acquireAsync(call.demand());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "The call at %s of %s does not suit the policy: %s"
              .formatted(Notation.text(call.at()), trace.name(), e.getMessage()),
          e);
    }
  }

  private void decided(TracedCall call, @Nullable Permit permit, @Nullable Throwable failure) {
    if (permit == null) {
      open--;
      tally.refused(call, Refusals.reason(failure));
      return;
    }
    long now = time.nanos();
    tally.granted(call, now - call.at().toNanos());
    spending.granted(now);
    if (call.takes().isZero()) {
      end(call, permit);
    } else {
      time.after(call.takes(), () -> end(call, permit));
    }
  }

  private void end(TracedCall call, Permit permit) {
    open--;
    spending.ended(call, time.nanos());
    call.used().ifPresent(used -> report(permit, used));
    permit.close();
  }

  private static void report(Permit permit, TokenCount used) {
    if (used.split()) {
      permit.used(used.input(), used.output());
    } else {
      permit.used(used.total());
    }
  }

  private void goOn() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancelledException("Interrupted while simulating " + policy + ".", null);
    }
  }
}
