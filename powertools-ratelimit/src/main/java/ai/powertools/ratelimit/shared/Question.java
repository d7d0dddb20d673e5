package ai.powertools.ratelimit.shared;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Limits and amounts in the order in which a server is told of them.
 *
 * @param dimensions what the limits count, each once
 */
record Question(List<ExactLimit> limits, List<Dimension> dimensions) {
  static Question of(Limits limits) {
    List<ExactLimit> exact = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Limit limit : limits.list()) {
      int number = 0;
      ExactLimit next = ExactLimit.of(limit, number);
      while (!ids.add(next.id())) {
        number++;
        next = ExactLimit.of(limit, number);
      }
      exact.add(next);
    }
    return new Question(exact, limits.list().stream().map(Limit::dimension).distinct().toList());
  }

  /** Which of the dimensions a limit counts. */
  int dimensionOf(ExactLimit limit) {
    return dimensions.indexOf(limit.limit().dimension());
  }

  /** What these amounts say of each dimension. */
  long[] counted(Map<Dimension, Long> amounts) {
    return dimensions.stream()
        .mapToLong(dimension -> amounts.getOrDefault(dimension, 0L))
        .toArray();
  }

  /**
   * @param slowest the number of the limit that has to be waited for longest, -1 for none
   * @param taken of each dimension; what no limit counts is there without end
   */
  Grant granted(
      SharedTake take, long waitMicros, int slowest, long closedMicros, long stamp, long[] taken) {
    Map<Dimension, Long> amounts = new LinkedHashMap<>(take.least());
    take.most().forEach((dimension, count) -> amounts.merge(dimension, count, Math::max));
    for (int i = 0; i < taken.length; i++) {
      amounts.replace(dimensions.get(i), taken[i]);
    }
    return new Grant(
        true, micros(waitMicros), amounts, limit(slowest), micros(closedMicros), stamp);
  }

  Grant refused(long waitMicros, int slowest, long closedMicros) {
    return new Grant(false, micros(waitMicros), Map.of(), limit(slowest), micros(closedMicros), 0);
  }

  /**
   * What a server's script says.
   *
   * @param numbers 1 granted, 0 refused, 2 busy; the wait; the slowest; how long it is closed; the
   *     stamp
   */
  Grant answered(SharedTake take, long[] numbers, long[] taken) {
    int slowest = (int) numbers[2];
    if (numbers[0] == 1) {
      return granted(take, numbers[1], slowest, numbers[3], numbers[4], taken);
    }
    return numbers[0] == 2 ? Grant.busy() : refused(numbers[1], slowest, numbers[3]);
  }

  private Optional<Limit> limit(int number) {
    return number < 0 ? Optional.empty() : Optional.of(limits.get(number).limit());
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  /** Rounded up: a wait, or a pause, that is too short would be too early. */
  static long microsUp(Duration duration) {
    return Math.addExact(duration.toNanos(), 999) / 1_000;
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(Math.multiplyExact(micros, 1_000L));
  }
}
