package ai.powertools.retry.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A group that grows. For one thread at a time. */
final class Group {
  private static final long MINUTE = 60;
  private static final long HOUR = 3_600;

  private final int samples;
  private final RandomGenerator random;
  private final Sums sums = new Sums();
  private final SlotRing minutes = new SlotRing(Trend.MINUTES);
  private final SlotRing hours = new SlotRing(Trend.HOURS);
  private final List<Sample> reservoir = new ArrayList<>();
  private @Nullable Sample first;
  private @Nullable Sample last;
  private long between; // how many that were the last one once stood for the reservoir
  private long number;
  private @Nullable Instant firstSeen;
  private @Nullable Instant lastSeen;

  private record Sample(long number, ErrorEvent event) {}

  /**
   * @param samples how many are kept, the first and the last included
   */
  Group(int samples, RandomGenerator random) {
    this.samples = samples;
    this.random = random;
  }

  /**
   * @param now no event counts for a later time than this one: a clock that is wrong would wipe out
   *     the trend
   */
  void add(ErrorEvent event, Instant now) {
    sums.add(event);
    Instant when = event.when().isAfter(now) ? now : event.when();
    seen(when, when);
    minutes.add(Math.floorDiv(when.getEpochSecond(), MINUTE), 1);
    hours.add(Math.floorDiv(when.getEpochSecond(), HOUR), 1);
    sample(event);
  }

  /** Takes over all of another one but its samples, of which the last stays. */
  void fold(Group other) {
    sums.add(other.sums);
    minutes.add(other.minutes);
    hours.add(other.hours);
    if (other.firstSeen != null && other.lastSeen != null) {
      seen(other.firstSeen, other.lastSeen);
    }
    Sample sample = other.last == null ? other.first : other.last;
    if (sample != null) {
      sample(sample.event());
    }
  }

  private void seen(Instant from, Instant to) {
    firstSeen = firstSeen == null || from.isBefore(firstSeen) ? from : firstSeen;
    lastSeen = lastSeen == null || to.isAfter(lastSeen) ? to : lastSeen;
  }

  private void sample(ErrorEvent event) {
    Sample next = new Sample(number++, event);
    if (first == null) {
      first = next;
    } else if (samples > 1) {
      if (last != null) {
        reservoir(last);
      }
      last = next;
    }
  }

  /** Vitter's algorithm R: each has the same chance to be kept, however many come. */
  private void reservoir(Sample sample) {
    int room = samples - 2;
    between++;
    if (reservoir.size() < room) {
      reservoir.add(sample);
    } else if (room > 0) {
      long place = random.nextLong(between);
      if (place < room) {
        reservoir.set((int) place, sample);
      }
    }
  }

  ErrorGroup snapshot(Fingerprint fingerprint, Instant since, Instant now) {
    List<Sample> kept = new ArrayList<>(reservoir);
    if (first != null) {
      kept.add(first);
    }
    if (last != null) {
      kept.add(last);
    }
    kept.sort(Comparator.comparingLong(Sample::number));
    return new ErrorGroup(
        fingerprint,
        sums.tally(),
        firstSeen == null ? since : firstSeen,
        lastSeen == null ? since : lastSeen,
        new Trend(last(minutes, MINUTE, since, now), last(hours, HOUR, since, now)),
        kept.stream().map(Sample::event).toList());
  }

  /** Only slots in which somebody counted: before that, none is no news. */
  private static List<Long> last(SlotRing ring, long seconds, Instant since, Instant now) {
    long from = Math.floorDiv(since.getEpochSecond(), seconds);
    long to = Math.floorDiv(now.getEpochSecond(), seconds);
    return ring.upTo(to, (int) Math.max(1, Math.min(Trend.MINUTES, to - from + 1)));
  }
}
