package ai.powertools.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What is done with the requests, in their order. Safe for use by many threads. */
final class Script {
  private final Deque<Cue> cues = new ArrayDeque<>();
  private Optional<SplittableRandom> random = Optional.empty();
  private double share;
  private Duration delay = Duration.ZERO;

  /** A step, and the time before it. */
  record Cue(Duration delay, Step step) {}

  synchronized void add(Step step) {
    cues.add(cue(step));
  }

  synchronized void delay(Duration more) {
    if (more.isNegative()) {
      throw new IllegalArgumentException("A delay can't be negative: " + more);
    }
    delay = delay.plus(more);
  }

  synchronized void faults(long seed, double newShare) {
    if (!(newShare >= 0 && newShare <= 1)) {
      throw new IllegalArgumentException("A share is from 0 to 1: " + newShare);
    }
    random = Optional.of(new SplittableRandom(seed));
    share = newShare;
  }

  synchronized Cue next() {
    Cue scripted = cues.poll();
    return scripted != null ? scripted : cue(unscripted());
  }

  /** The next step if it is to refuse; null, with nothing used up, if not. */
  synchronized @Nullable Cue nextRefusal() {
    Cue scripted = cues.peek();
    return scripted != null && scripted.step() instanceof Step.Failure ? cues.poll() : null;
  }

  /** The next step if it is anything but an answer; null, with nothing used up, if not. */
  synchronized @Nullable Cue nextMishap() {
    Cue scripted = cues.peek();
    return scripted != null && !(scripted.step() instanceof Step.Answer) ? cues.poll() : null;
  }

  private Cue cue(Step step) {
    Cue cue = new Cue(delay, step);
    delay = Duration.ZERO;
    return cue;
  }

  private Step unscripted() {
    return random
        .filter(generator -> generator.nextDouble() < share)
        .map(Script::fault)
        .orElseGet(Step.Echo::new);
  }

  private static Step fault(SplittableRandom generator) {
    return switch (generator.nextInt(6)) {
      case 0 -> Failures.rateLimit(Duration.ofMillis(generator.nextInt(1, 20)));
      case 1 -> Failures.of(500);
      case 2 -> Failures.of(502);
      case 3 -> Failures.of(503);
      case 4 -> new Step.Cut("This was going to be");
      default -> new Step.StreamError("This was", "server_error", "The server had an error.");
    };
  }
}
