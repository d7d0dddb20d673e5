package ai.powertools.ratelimit.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends equal calls off one after the other, each as soon as everything allows it. */
final class Timetable {
  /** Further than that nobody plans, and sums stay far from the end of a long. */
  private static final long FAR = Duration.ofDays(36_600).toNanos();

  private final List<Pace> paces;
  private @Nullable Pace last;

  Timetable(List<Pace> paces) {
    this.paces = paces;
  }

  FitAnswer answer(long calls, Instant start, Instant until) {
    Duration ahead = Duration.between(start, until);
    long end = ahead.toDays() >= FAR / Duration.ofDays(1).toNanos() ? FAR : ahead.toNanos();
    long fitting = 0;
    String inTheWay = null;
    long at = 0;
    for (long call = 0; call < calls && at < FAR; call++) {
      at = next(at);
      if (at < end) {
        fitting++;
      } else if (inTheWay == null) {
        inTheWay = last == null ? "the end of time" : last.name();
      }
      if (at < FAR) {
        long moment = at;
        paces.forEach(pace -> pace.take(moment));
      }
    }
    return new FitAnswer(
        calls,
        fitting,
        until,
        at < FAR ? Optional.of(start.plusNanos(at)) : Optional.empty(),
        Optional.ofNullable(inTheWay));
  }

  /** What moves the call on last is in its way; until nothing does. */
  private long next(long from) {
    long at = from;
    boolean moved = true;
    while (moved && at < FAR) {
      moved = false;
      for (Pace pace : paces) {
        long earliest = pace.earliest(at);
        if (earliest > at) {
          at = earliest;
          last = pace;
          moved = true;
        }
      }
    }
    return at;
  }
}
