package ai.powertools.retry;

import ai.powertools.core.Deadline;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt of a call, as its work sees it. Safe for use by many threads. */
public final class Attempt {
  private final Attempts call;
  private final int number;
  private final int hedge;
  private final @Nullable Throwable previousFailure;
  private final Deadline deadline;
  private final long startNanos;

  Attempt(
      Attempts call,
      int number,
      int hedge,
      @Nullable Throwable previousFailure,
      Deadline deadline,
      long startNanos) {
    this.call = call;
    this.number = number;
    this.hedge = hedge;
    this.previousFailure = previousFailure;
    this.deadline = deadline;
    this.startNanos = startNanos;
  }

  /** Which it is, from 1. */
  public int number() {
    return number;
  }

  /** 0, or which one it is of those that were begun beside an attempt that took long. */
  public int hedge() {
    return hedge;
  }

  /** What the attempt before it failed with; empty for the first. */
  public Optional<Throwable> previousFailure() {
    return Optional.ofNullable(previousFailure);
  }

  /**
   * By when this attempt is to have its answer: the deadline of the whole call, or the attempt's
   * own timeout where that comes first. It is {@link Deadline#current()} while the work begins.
   */
  public Deadline deadline() {
    return deadline;
  }

  /**
   * A key that is the same for all attempts of one call and for no other call, also when it is
   * driven again from a dead letter. Sent along, as in {@code Idempotency-Key}, it lets the other
   * side see that it has done the work already.
   */
  public String idempotencyKey() {
    return call.idempotencyKey();
  }

  /**
   * Keeps what there is of an answer so far, in place of what was kept before. It is lost on
   * success; when the call fails, fallbacks find it in {@link Failure#partial()}.
   */
  public void keepPartial(Object partial) {
    call.keepPartial(partial);
  }

  /** When it began, on the clock of the retry. */
  long startNanos() {
    return startNanos;
  }

  /** Whether anybody has a say in what results are answers. */
  boolean checksResults() {
    return call.checksResults();
  }

  /**
   * The result, if it is an answer.
   *
   * @throws UnwantedResultException if it is none
   */
  <T extends @Nullable Object> T checked(T result) {
    call.check(result);
    return result;
  }

  Attempt until(Deadline sooner) {
    return new Attempt(call, number, hedge, previousFailure, sooner, startNanos);
  }

  Attempt beside(int hedge, long startNanos) {
    return new Attempt(call, number, hedge, previousFailure, deadline, startNanos);
  }

  @Override
  public String toString() {
    return hedge == 0 ? "attempt " + number : "attempt " + number + ", hedge " + hedge;
  }
}
