package ai.powertools.retry;

import ai.powertools.core.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Which schedule is for which error: the first rule that fits, or else the one for all. */
record Schedules(Waits forAll, List<Rule> rules) {
  /** A schedule for some errors. */
  record Rule(BiPredicate<Throwable, Verdict> test, Waits waits) {
    Rule(BiPredicate<Throwable, Verdict> test, Schedule schedule, RandomGenerator random) {
      this(test, new Waits(schedule, random));
    }
  }

  /** The schedules as one call goes along them. For one thread at a time. */
  final class Course {
    private final Map<Integer, Strand> strands = new HashMap<>();

    /** Takes note that an attempt failed, and gives the strand that goes on. */
    @SuppressWarnings(
        "ReferenceEquality") // two rules may have equal waits and count for themselves
    Strand failed(Throwable error, Verdict verdict) {
      int number = ruleFor(error, verdict);
      Waits waits = number < rules.size() ? rules.get(number).waits() : forAll;
      Strand strand = strands.computeIfAbsent(number, first -> new Strand(waits));
      strand.failures++;
      return strand;
    }
  }

  /** One schedule's failures and waits within one call. */
  static final class Strand {
    private final Waits waits;
    private int failures;
    private @Nullable Duration previous;

    private Strand(Waits waits) {
      this.waits = waits;
    }

    /** Whether the schedule's own limit of attempts is used up. */
    boolean isOver() {
      return failures >= waits.schedule().maxAttempts().orElse(Integer.MAX_VALUE);
    }

    Duration next(Verdict verdict, Deadline deadline) {
      Duration before = previous == null ? waits.first().computed() : previous;
      Duration next = waits.next(failures, before, verdict, deadline);
      // A wait that was asked for says nothing about how far our own have grown.
      previous = verdict.retryAfter().isPresent() ? before : next;
      return next;
    }
  }

  /** The number of the first rule that fits; one more than there are if none does. */
  private int ruleFor(Throwable error, Verdict verdict) {
    int number = 0;
    while (number < rules.size() && !rules.get(number).test().test(error, verdict)) {
      number++;
    }
    return number;
  }
}
