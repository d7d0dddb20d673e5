package ai.powertools.retry;

import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import ai.powertools.retry.AttemptsExhaustedException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call: what failed so far, and what follows from it. What is the same for a
 * call that blocks and one that does not is here. For one thread at a time, but for what attempts
 * themselves ask of it.
 */
final class Attempts {
  private final Policy policy;
  private final Deadline deadline;
  private final long start;
  private @Nullable Failures failures;
  private Schedules.@Nullable Course course;
  private @Nullable Throwable previous;
  private Verdict verdict = Verdict.unknown();
  private long attemptStart;
  private int number;
  private volatile boolean holdsToken;
  private volatile @Nullable Object partial;
  private volatile @Nullable String idempotencyKey;

  /** What follows a failed attempt. */
  sealed interface Step {
    /** Another attempt, after this wait. */
    record Wait(Duration delay) implements Step {}

    /** The call fails with this error. */
    record GiveUp(Throwable error) implements Step {}
  }

  /**
   * @param start when the call began, on the policy's clock
   */
  Attempts(Policy policy, Deadline deadline, @Nullable String idempotencyKey, long start) {
    this.policy = policy;
    this.deadline = deadline;
    if (idempotencyKey != null) { // a volatile write costs as much as the rest of this
      this.idempotencyKey = idempotencyKey;
    }
    this.start = start;
    this.attemptStart = start;
  }

  Attempt begin() {
    number++;
    if (number == 1) {
      if (policy.budget() != null) {
        policy.budget().onCall();
      }
    } else {
      holdsToken = false; // it is spent now
      attemptStart = policy.time().nanos();
    }
    return new Attempt(this, number, 0, previous, deadline, attemptStart);
  }

  /** Takes note that the first attempt was made already, and failed. */
  void begun() {
    number = 1;
  }

  boolean checksResults() {
    return policy.results() != null;
  }

  /** Refuses a result that is no answer. */
  void check(@Nullable Object result) {
    ResultClassifier results = policy.results();
    if (results != null) {
      results
          .classify(result)
          .ifPresent(
              wrong -> {
                throw new UnwantedResultException(result, wrong);
              });
    }
  }

  /** Takes note that the call has its answer. */
  void succeeded() {
    if (!policy.listeners().isEmpty()) {
      ended(Optional.empty());
    }
  }

  /** Takes note that the call has ended without one, by this error. */
  void ended(Throwable error) {
    if (!policy.listeners().isEmpty()) {
      ended(Optional.of(error));
    }
  }

  /** Takes note that the attempt failed, and decides; tells the listeners of a wait. */
  Step failed(Throwable error) {
    Duration took = policy.time().since(attemptStart);
    Step step;
    try {
      verdict = policy.judge(error);
      step = decide(error, took);
    } catch (Throwable broken) {
      // A classifier, backoff or jitter of the user's. The error it failed over matters more.
      if (broken != error) {
        error.addSuppressed(broken);
      }
      verdict = Verdict.unknown();
      step = passThrough(error, took);
    }
    if (step instanceof Step.Wait next) {
      previous = error;
      tell(new RetryEvent(number, error, verdict, next.delay(), elapsed()));
    }
    return step;
  }

  /** Takes note that the attempt was called off: it is one of those that were made. */
  void calledOff(InterruptedException interrupt) {
    verdict = Verdict.cancelled();
    Duration took = policy.time().since(attemptStart);
    failures().add(number, took, Duration.ZERO, interrupt, verdict.kind());
  }

  /** The error to give up with if the deadline came during the wait. */
  Optional<Throwable> lateness() {
    if (!deadline.expired()) {
      return Optional.empty();
    }
    giveBack();
    return Optional.of(
        exhausted(Reason.DEADLINE, "the deadline passed during the wait for the next"));
  }

  /** Takes note that an attempt which was to follow will not be made. */
  void giveBack() {
    if (policy.budget() != null && holdsToken) {
      holdsToken = false;
      policy.budget().giveBack();
    }
  }

  /** A full bulkhead is one's own: the provider was not asked, and the budget is for its sake. */
  private static boolean asksOthers(Throwable error) {
    return !(error instanceof BulkheadFullException);
  }

  /** What the classifier said of the last error; unknown if it was not asked. */
  Verdict verdict() {
    return verdict;
  }

  int number() {
    return number;
  }

  boolean returnsLastResult() {
    return policy.returnLastResult();
  }

  void keepPartial(Object partial) {
    this.partial = partial;
  }

  Optional<Object> partial() {
    return Optional.ofNullable(partial);
  }

  /** Made when it is first asked for: most calls never do. */
  String idempotencyKey() {
    String key = idempotencyKey;
    if (key == null) {
      synchronized (this) {
        key = idempotencyKey;
        if (key == null) {
          key = UUID.randomUUID().toString();
          idempotencyKey = key;
        }
      }
    }
    return key;
  }

  /** Adds what failed before to an error that ends the call. */
  <X extends Throwable> X withFailures(X error) {
    return failures == null ? error : AttemptHistory.attach(error, failures.before(error));
  }

  /** How the call failed. */
  Failure failure(Throwable error) {
    return new Failure(error, verdict, list(), elapsed(), partial(), idempotencyKey());
  }

  List<AttemptFailure> list() {
    return failures == null ? List.of() : failures.list();
  }

  Duration elapsed() {
    return policy.time().since(start);
  }

  private Step decide(Throwable error, Duration took) {
    // Waiting for one's own breaker is for whoever has nobody else to ask.
    if (error instanceof CircuitOpenException refusal && refusal.isOfThisCall()) {
      return passThrough(error, took);
    }
    boolean retried =
        verdict.retryable() || (verdict.kind() == ErrorKind.UNKNOWN && policy.retryUnknown());
    if (!retried || policy.maxAttempts() == 1) {
      return passThrough(error, took);
    }
    Schedules.Strand strand = course().failed(error, verdict);
    if (number >= policy.maxAttempts() || strand.isOver()) {
      return giveUp(error, took, Reason.ATTEMPTS, limit(strand));
    }
    Duration wait = strand.next(verdict, deadline);
    if (!deadline.allows(wait)) {
      return giveUp(error, took, Reason.DEADLINE, tooLong(wait));
    }
    Duration asked = verdict.retryAfter().orElse(Duration.ZERO);
    if (asked.compareTo(policy.longestWait()) > 0) {
      return giveUp(error, took, Reason.WAIT, tooPatient(asked));
    }
    if (policy.budget() != null && asksOthers(error)) {
      if (!policy.budget().tryRetry()) {
        return giveUp(error, took, Reason.BUDGET, spent(policy.budget()));
      }
      holdsToken = true;
    }
    failures().add(number, took, wait, error, verdict.kind());
    return new Step.Wait(wait);
  }

  private Step passThrough(Throwable error, Duration took) {
    failures().add(number, took, Duration.ZERO, error, verdict.kind());
    return new Step.GiveUp(withFailures(error));
  }

  private Step giveUp(Throwable error, Duration took, Reason reason, String why) {
    failures().add(number, took, Duration.ZERO, error, verdict.kind());
    return new Step.GiveUp(exhausted(reason, why));
  }

  private String limit(Schedules.Strand strand) {
    return number < policy.maxAttempts() && strand.isOver()
        ? "no more attempts are allowed by the schedule for such errors"
        : "no more attempts are allowed";
  }

  private boolean isAskedFor(Duration wait) {
    return verdict.retryAfter().filter(asked -> Waits.isOf(asked, wait)).isPresent();
  }

  private String tooLong(Duration wait) {
    if (deadline.expired()) {
      return "the deadline has passed";
    }
    return "the next would follow a wait of %s%s, but only %s are left until the deadline"
        .formatted(
            Nanos.text(wait),
            isAskedFor(wait) ? " that was asked for" : "",
            Nanos.text(deadline.remaining()));
  }

  private String tooPatient(Duration asked) {
    return "the next would follow a wait of %s that was asked for, and the longest allowed is %s"
        .formatted(Nanos.text(asked), Nanos.text(policy.longestWait()));
  }

  private static String spent(RetryBudget budget) {
    return "the retry budget, %s retries per call, is spent".formatted(budget.share());
  }

  private AttemptsExhaustedException exhausted(Reason reason, String why) {
    return withFailures(
        new AttemptsExhaustedException(
            new AttemptsExhaustedException.End(
                reason, why, policy.maxAttempts(), list(), elapsed(), verdict, partial())));
  }

  private Failures failures() {
    if (failures == null) {
      failures = new Failures();
    }
    return failures;
  }

  private Schedules.Course course() {
    if (course == null) {
      course = policy.schedules().new Course();
    }
    return course;
  }

  private void ended(Optional<Throwable> error) {
    RetryEnd end =
        new RetryEnd(
            number, error, error.map(failed -> kindOf(failed)), policy.time().since(start));
    for (RetryListener listener : policy.listeners()) {
      Listeners.tell(() -> listener.onEnd(end));
    }
  }

  private ErrorKind kindOf(Throwable error) {
    return Causes.isCancellation(error) ? ErrorKind.CANCELLED : verdict.kind();
  }

  private void tell(RetryEvent event) {
    for (RetryListener listener : policy.listeners()) {
      Listeners.tell(() -> listener.onRetry(event));
    }
  }

  Time time() {
    return policy.time();
  }
}
