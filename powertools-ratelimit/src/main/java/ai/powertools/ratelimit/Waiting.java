package ai.powertools.ratelimit;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All who wait at any place, as they came. Guarded by the gate's guard. */
final class Waiting {
  private final int most;
  private final Shed shed;
  private final Map<Priority, NavigableMap<Long, Waiter>> byPriority =
      new EnumMap<>(Priority.class);

  private long sequence;
  private int size;

  Waiting(int most, Shed shed) {
    this.most = most;
    this.shed = shed;
    for (Priority priority : Priority.values()) {
      byPriority.put(priority, new TreeMap<>());
    }
  }

  int size() {
    return size;
  }

  /** All of them now, the most urgent first. */
  List<Waiter> all() {
    return byPriority.values().stream().flatMap(lane -> lane.values().stream()).toList();
  }

  boolean isFull() {
    return size >= most;
  }

  void add(Waiter waiter) {
    sequence++;
    waiter.sequence = sequence;
    waiter.waits = true;
    lane(waiter).put(sequence, waiter);
    size++;
  }

  void remove(Waiter waiter) {
    if (lane(waiter).remove(waiter.sequence) != null) {
      size--;
    }
  }

  private NavigableMap<Long, Waiter> lane(Waiter waiter) {
    return requireNonNull(byPriority.get(waiter.demand.priority()));
  }

  /** Who has to go for a newcomer; null if that is the newcomer. */
  @Nullable Waiter displacedBy(Demand newcomer) {
    return switch (shed) {
      case NEWEST -> null;
      case OLDEST -> oldest();
      case LEAST_URGENT -> lastOfTheLeastUrgent(newcomer.priority());
    };
  }

  private @Nullable Waiter oldest() {
    Waiter oldest = null;
    for (NavigableMap<Long, Waiter> lane : byPriority.values()) {
      Map.Entry<Long, Waiter> first = lane.firstEntry();
      if (first != null && (oldest == null || first.getKey() < oldest.sequence)) {
        oldest = first.getValue();
      }
    }
    return oldest;
  }

  private @Nullable Waiter lastOfTheLeastUrgent(Priority newcomer) {
    Waiter last = null;
    for (Map.Entry<Priority, NavigableMap<Long, Waiter>> lane : byPriority.entrySet()) {
      if (lane.getKey().compareTo(newcomer) > 0 && !lane.getValue().isEmpty()) {
        last = lane.getValue().lastEntry().getValue();
      }
    }
    return last;
  }
}
