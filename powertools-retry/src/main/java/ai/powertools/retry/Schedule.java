package ai.powertools.retry;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How often and how long to wait for one kind of error: a {@link Backoff}, a cap, a {@link Jitter},
 * and, if wanted, a limit of attempts of its own. Immutable.
 *
 * <pre>{@code
 * Retry.builder()
 *     .schedule(ErrorKind.THROTTLED, Schedule.exponential(Duration.ofSeconds(1), 2.0).maxAttempts(8))
 *     .schedule(ConnectException.class, Schedule.fixed(Duration.ofMillis(50)).maxAttempts(2))
 * }</pre>
 */
public final class Schedule {
  static final Duration DEFAULT_CAP = Duration.ofSeconds(30);

  private final Backoff backoff;
  private final Duration cap;
  private final Jitter jitter;
  private final OptionalInt maxAttempts;

  private Schedule(Backoff backoff, Duration cap, Jitter jitter, OptionalInt maxAttempts) {
    this.backoff = backoff;
    this.cap = cap;
    this.jitter = jitter;
    this.maxAttempts = maxAttempts;
  }

  /** See {@link Backoff#fixed}; the cap is 30 s, or the wait if that is longer. */
  public static Schedule fixed(Duration wait) {
    return of(Backoff.fixed(wait), wait);
  }

  /** See {@link Backoff#linear}; the cap is 30 s, or the first wait if that is longer. */
  public static Schedule linear(Duration first, Duration step) {
    return of(Backoff.linear(first, step), first);
  }

  /** See {@link Backoff#exponential}; the cap is 30 s, or the first wait if that is longer. */
  public static Schedule exponential(Duration first, double factor) {
    return of(Backoff.exponential(first, factor), first);
  }

  /** See {@link Backoff#fibonacci}; the cap is 30 s, or the first wait if that is longer. */
  public static Schedule fibonacci(Duration unit) {
    return of(Backoff.fibonacci(unit), unit);
  }

  /** See {@link Backoff#polynomial}; the cap is 30 s, or the first wait if that is longer. */
  public static Schedule polynomial(Duration first, double power) {
    return of(Backoff.polynomial(first, power), first);
  }

  /** Any other rule for the waits; the cap is 30 s. */
  public static Schedule of(Backoff backoff) {
    return of(backoff, Duration.ZERO);
  }

  /** Nobody who asks for waits of a minute means half of one. */
  private static Schedule of(Backoff backoff, Duration first) {
    Duration cap = first.compareTo(DEFAULT_CAP) > 0 ? first : DEFAULT_CAP;
    return new Schedule(backoff, cap, Jitter.full(), OptionalInt.empty());
  }

  /**
   * The longest wait of our own computing. What the other side asks for is not held to it.
   *
   * @throws IllegalArgumentException if negative
   */
  public Schedule cap(Duration cap) {
    Nanos.checkNotNegative("cap", cap);
    return new Schedule(backoff, cap, jitter, maxAttempts);
  }

  /** How waits are spread; {@link Jitter#full()} by default. */
  public Schedule jitter(Jitter jitter) {
    return new Schedule(backoff, cap, jitter, maxAttempts);
  }

  /**
   * How many attempts of a call may fail with such errors, within what the retry allows: after the
   * last of them the call is given up. By default as many as the retry allows.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public Schedule maxAttempts(int attempts) {
    checkAttempts(attempts);
    return new Schedule(backoff, cap, jitter, OptionalInt.of(attempts));
  }

  static void checkAttempts(int attempts) {
    if (attempts < 1) {
      throw new IllegalArgumentException("A call needs at least 1 attempt, not " + attempts);
    }
  }

  Backoff backoff() {
    return backoff;
  }

  Duration cap() {
    return cap;
  }

  Jitter jitter() {
    return jitter;
  }

  OptionalInt maxAttempts() {
    return maxAttempts;
  }
}
