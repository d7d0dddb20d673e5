package ai.powertools.ratelimit.shared;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The line before one key's limits, and their levels: what the scripts of the servers keep, in
 * Java. Times are microseconds.
 *
 * <p>A grant ahead moves the line to when it may be used; who comes later is looked at from there.
 * So levels are always those of a moment at which nobody before is still to come, and a bucket that
 * is full in between cannot give what was granted ahead a second time.
 *
 * <p>Not safe for use by several threads.
 */
final class Line {
  private final Map<String, Level> levels = new HashMap<>();
  private final Map<String, Long> places = new HashMap<>();
  private long seen;
  private long at;
  private long closed;
  private long stamp;
  private String slowest = "";

  Grant take(SharedTake take, Question question, long now) {
    turnBack(now);
    if (isBusy(take, now)) {
      return Grant.busy();
    }
    long from = Math.max(now, Math.max(at, closed));
    long closedFor = Math.max(0, closed - now);
    long[] counts = question.counted(take.least());
    long[] most = question.counted(take.most());
    long wait = 0;
    int slow = from == at ? numberOf(slowest, question) : -1;
    for (int i = 0; i < question.limits().size(); i++) {
      ExactLimit limit = question.limits().get(i);
      long micros = microsUntil(limit, counts[question.dimensionOf(limit)], from);
      if (micros > wait) {
        wait = micros;
        slow = i;
      }
    }
    long use = from + wait;
    if (use - now > Question.micros(take.ahead())) {
      return question.refused(use - now, slow, closedFor);
    }
    for (ExactLimit limit : question.limits()) {
      int dimension = question.dimensionOf(limit);
      if (Math.max(counts[dimension], most[dimension]) > 0) {
        levels.computeIfAbsent(limit.id(), id -> Level.of(limit, now, stamp));
      }
    }
    stamp = Math.max(stamp + 1, use);
    if (use == now) {
      addSpare(counts, most, question, now);
      slow = -1;
    }
    for (ExactLimit limit : question.limits()) {
      long count = counts[question.dimensionOf(limit)];
      if (count > 0) {
        Level level = level(limit);
        level.refill(limit, use);
        level.take(limit, count, stamp, use);
      }
    }
    seen = now;
    at = use;
    slowest = slow < 0 ? "" : question.limits().get(slow).id();
    places.values().removeIf(until -> until <= now);
    long until = use + Question.micros(take.ttl());
    take.lease().ifPresent(lease -> places.put(lease, until));
    return question.granted(take, use - now, slow, closedFor, stamp, counts);
  }

  private boolean isBusy(SharedTake take, long now) {
    return take.lease().isPresent()
        && take.limits().concurrency().isPresent()
        && places.getOrDefault(take.lease().get(), Long.MIN_VALUE) <= now
        && places.values().stream().filter(until -> until > now).count()
            >= take.limits().concurrency().getAsInt();
  }

  private long microsUntil(ExactLimit limit, long count, long from) {
    Level level = levels.get(limit.id());
    return count == 0 || level == null ? 0 : level.microsUntil(limit, count, from);
  }

  private Level level(ExactLimit limit) {
    return Objects.requireNonNull(levels.get(limit.id()));
  }

  /** Up to {@code most} of each dimension, as far as all limits have it. */
  private void addSpare(long[] counts, long[] most, Question question, long now) {
    long[] spare = new long[counts.length];
    for (int i = 0; i < counts.length; i++) {
      spare[i] = Math.max(0, most[i] - counts[i]);
    }
    for (ExactLimit limit : question.limits()) {
      int dimension = question.dimensionOf(limit);
      if (spare[dimension] > 0) {
        Level level = level(limit);
        level.refill(limit, now);
        long left = level.available(limit) - counts[dimension];
        spare[dimension] = Math.max(0, Math.min(spare[dimension], left));
      }
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += spare[i];
    }
  }

  private static int numberOf(String id, Question question) {
    for (int i = 0; i < question.limits().size(); i++) {
      if (question.limits().get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  void giveBack(Question question, long[] counts, long stamp, long now) {
    turnBack(now);
    long from = Math.max(now, Math.max(at, closed));
    for (ExactLimit limit : question.limits()) {
      long count = counts[question.dimensionOf(limit)];
      Level level = levels.get(limit.id());
      if (count > 0 && level != null) {
        level.refill(limit, from);
        level.giveBack(limit, count, stamp);
        seen = now;
      }
    }
  }

  /**
   * A clock that was set back must not keep everybody waiting until it is there again, nor let in
   * twice what came in meanwhile: all times go back to when a level was last brought up to.
   */
  private void turnBack(long now) {
    if (now < seen) {
      long back = seen - now;
      at -= back;
      closed -= back;
      levels.values().forEach(level -> level.shift(back));
      places.replaceAll((lease, until) -> until - back);
      seen = now;
    }
  }

  void hold(String lease, long until) {
    places.put(lease, until);
  }

  void release(String lease) {
    places.remove(lease);
  }

  void backOff(long until, long now) {
    turnBack(now);
    closed = Math.max(closed, until);
    seen = now;
  }
}
