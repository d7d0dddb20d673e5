package ai.powertools.retry.report;

import ai.powertools.retry.FailureListener;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Takes events of errors somewhere: a log, a file, a report.
 *
 * <p>Who makes calls tells it with {@link #report}, on the thread that made the call, so it should
 * be quick, or be made {@link #async}. Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface ErrorSink {
  /**
   * Takes an event.
   *
   * @throws RuntimeException if it can't; {@link #report} keeps that away from the call
   */
  void accept(ErrorEvent event);

  /**
   * Takes an event, and never throws: what {@link #accept} throws does not touch the call, but goes
   * to the uncaught exception handler of this thread.
   */
  default void report(ErrorEvent event) {
    try {
      accept(event);
    } catch (Throwable broken) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, broken);
    }
  }

  /**
   * What to give to {@code ErrorHandler.builder().listener(…)}, so that this hears of its calls.
   *
   * @param time dates the events
   */
  default FailureListener listener(InstantSource time) {
    return call -> report(ErrorEvent.of(call, time.instant()));
  }

  /** This one and then another; each gets every event, also where the other one fails. */
  default ErrorSink and(ErrorSink other) {
    List<ErrorSink> both = List.of(this, other);
    return event -> both.forEach(sink -> sink.report(event));
  }

  /**
   * A share of the events, evenly spread: of 0.25 every fourth. What is left out is counted
   * nowhere, so sample what is kept singly, and not {@link ErrorReports}.
   *
   * @param share more than 0, and at most 1
   * @throws IllegalArgumentException if it is not
   */
  default ErrorSink sampled(double share) {
    return new SampledSink(this, share);
  }

  /**
   * Every event, with what its messages and its key say rewritten, as by a redactor of the
   * application's own.
   *
   * @param rewrite from text to text; if it throws, the event is not taken
   */
  default ErrorSink rewriting(UnaryOperator<String> rewrite) {
    return event -> accept(event.rewritten(rewrite));
  }

  /**
   * Every event, later, on a thread of its own: whoever tells it never waits. When as many wait as
   * are allowed, new ones are dropped and counted.
   *
   * @param capacity how many may wait
   * @return to be closed, which waits for those that are left
   * @throws IllegalArgumentException if {@code capacity} is less than 1
   */
  default AsyncSink async(int capacity) {
    return AsyncSink.of(this, capacity);
  }

  /**
   * One line an event, by {@link System.Logger} under the name of this package: a warning for what
   * failed, and information for what was answered all the same.
   */
  static ErrorSink logging() {
    return logging(System.getLogger(ErrorSink.class.getPackageName()));
  }

  /** The same on a logger of one's own. */
  static ErrorSink logging(System.Logger logger) {
    return new LoggingSink(logger);
  }
}
