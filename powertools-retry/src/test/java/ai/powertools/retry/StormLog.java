package ai.powertools.retry;

import java.time.Duration;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** What began in every ten seconds of a storm, and how calls ended in them. */
final class StormLog {
  static final int SECONDS = 10;

  private final TreeMap<Long, Slice> slices = new TreeMap<>();

  /** Ten seconds. */
  static final class Slice {
    long calls;
    long attempts;
    long answers;
    long failures;
  }

  Slice at(Duration time) {
    return slices.computeIfAbsent(time.toSeconds() / SECONDS, number -> new Slice());
  }

  long calls(Duration from, Duration until) {
    return sum(from, until, slice -> slice.calls);
  }

  long attempts(Duration from, Duration until) {
    return sum(from, until, slice -> slice.attempts);
  }

  long answers(Duration from, Duration until) {
    return sum(from, until, slice -> slice.answers);
  }

  long failures(Duration from, Duration until) {
    return sum(from, until, slice -> slice.failures);
  }

  /** Attempts per call. */
  double amplification(Duration from, Duration until) {
    return (double) attempts(from, until) / calls(from, until);
  }

  private long sum(Duration from, Duration until, ToLongFunction<Slice> what) {
    return slices.subMap(from.toSeconds() / SECONDS, until.toSeconds() / SECONDS).values().stream()
        .mapToLong(what)
        .sum();
  }
}
