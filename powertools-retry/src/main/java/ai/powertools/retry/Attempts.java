package ai.powertools.retry;

import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import ai.powertools.retry.AttemptsExhaustedException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The attempts of one call: what failed so far, and what follows from it. What is the same for a
 * call that blocks and one that does not is here. For one thread at a time.
 */
final class Attempts {
  private final Policy policy;
  private final Deadline deadline;
  private final long start;
  private final Failures failures = new Failures();
  private Optional<Throwable> previous = Optional.empty();
  private Verdict verdict = Verdict.permanent();
  private long attemptStart;
  private int number;

  /** What a {@code Retry} is made of. */
  record Policy(
      int maxAttempts,
      Waits waits,
      Classifier classifier,
      List<RetryListener> listeners,
      Time time) {}

  /** What follows a failed attempt. */
  sealed interface Step {
    /** Another attempt, after this wait. */
    record Wait(Duration delay) implements Step {}

    /** The call fails with this error. */
    record GiveUp(Throwable error) implements Step {}
  }

  Attempts(Policy policy, Deadline deadline) {
    this.policy = policy;
    this.deadline = deadline;
    this.start = policy.time().nanos();
  }

  Attempt begin() {
    number++;
    attemptStart = policy.time().nanos();
    return new Attempt(number, previous, deadline);
  }

  /** Takes note that the attempt failed, and decides; tells the listeners of a wait. */
  Step failed(Throwable error) {
    Duration took = policy.time().since(attemptStart);
    Step step;
    try {
      step = decide(error, took);
    } catch (Throwable broken) {
      // A classifier, backoff or jitter of the user's. The error it failed over matters more.
      if (broken != error) {
        error.addSuppressed(broken);
      }
      verdict = Verdict.permanent();
      step = new Step.GiveUp(failures.attachTo(error));
    }
    if (step instanceof Step.Wait next) {
      failures.add(number, took, next.delay(), error);
      previous = Optional.of(error);
      tell(new RetryEvent(number, error, next.delay(), elapsed()));
    }
    return step;
  }

  /** The error to give up with if the deadline came during the wait. */
  Optional<Throwable> lateness() {
    if (!deadline.expired()) {
      return Optional.empty();
    }
    return Optional.of(
        exhausted(Reason.DEADLINE, "the deadline passed during the wait for the next"));
  }

  /** What the classifier said of the last error; permanent if it was not asked. */
  Verdict verdict() {
    return verdict;
  }

  int number() {
    return number;
  }

  /** Adds what failed before to an error that ends the call. */
  <X extends Throwable> X withFailures(X error) {
    return failures.attachTo(error);
  }

  private Step decide(Throwable error, Duration took) {
    verdict =
        error instanceof Error || Causes.isCancellation(error)
            ? Verdict.permanent()
            : policy.classifier().classify(error);
    if (!verdict.retryable() || policy.maxAttempts() == 1) {
      return new Step.GiveUp(failures.attachTo(error));
    }
    if (number >= policy.maxAttempts()) {
      failures.add(number, took, Duration.ZERO, error);
      return new Step.GiveUp(exhausted(Reason.ATTEMPTS, "no more attempts are allowed"));
    }
    Duration wait = policy.waits().next(number, verdict, deadline);
    if (deadline.allows(wait)) {
      return new Step.Wait(wait);
    }
    failures.add(number, took, Duration.ZERO, error);
    return new Step.GiveUp(exhausted(Reason.DEADLINE, tooLong(wait)));
  }

  private String tooLong(Duration wait) {
    if (deadline.expired()) {
      return "the deadline has passed";
    }
    boolean asked = verdict instanceof Verdict.Throttled other && wait.equals(other.retryAfter());
    return "the next would follow a wait of %s%s, but only %s are left until the deadline"
        .formatted(
            Nanos.text(wait), asked ? " that was asked for" : "", Nanos.text(deadline.remaining()));
  }

  private AttemptsExhaustedException exhausted(Reason reason, String why) {
    return failures.attachTo(
        new AttemptsExhaustedException(
            new AttemptsExhaustedException.End(
                reason, why, policy.maxAttempts(), failures.list(), elapsed(), verdict)));
  }

  private Duration elapsed() {
    return policy.time().since(start);
  }

  private void tell(RetryEvent event) {
    for (RetryListener listener : policy.listeners()) {
      try {
        listener.onRetry(event);
      } catch (Throwable broken) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, broken);
      }
    }
  }
}
