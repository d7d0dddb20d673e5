package ai.powertools.ratelimit;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait at one place. Not safe for use by several threads.
 *
 * @implNote Start-time fair queueing (Goyal, Vin, Cheng, 1996) twice: among priorities, and within
 *     one among tenants. A call starts on a virtual clock when the call before it of the same flow
 *     has finished, which takes as long as its cost by its weight; whoever starts first is served
 *     first. Compared with deficit round robin a heavy call does not have to save for rounds: it
 *     goes in its turn and pays afterwards, also when its tenant leaves and comes back. The shares
 *     of two flows that always wait differ from their weights by no more than a call of each.
 */
final class FairLine {
  private final Map<Priority, Lane> lanes = new EnumMap<>(Priority.class);
  private double now;
  private int size;

  FairLine(Weights weights) {
    for (Priority priority : Priority.values()) {
      lanes.put(priority, new Lane(weights.of(priority)));
    }
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  private Lane lane(Demand demand) {
    return requireNonNull(lanes.get(demand.priority()));
  }

  /** Whether a newcomer would come after all that wait now. */
  boolean goesLast(Demand demand) {
    Lane own = lane(demand);
    for (Lane lane : lanes.values()) {
      if (lane != own && !lane.isEmpty()) {
        return false;
      }
    }
    return own.goesLast(demand.tenant());
  }

  void add(Waiter waiter) {
    Lane lane = lane(waiter.demand);
    if (lane.isEmpty()) {
      lane.start = Math.max(lane.start, now);
    }
    lane.add(waiter);
    size++;
  }

  /** Puts somebody back who was first before, and could not go after all. */
  void addFirst(Waiter waiter) {
    Lane lane = lane(waiter.demand);
    lane.start = Math.min(lane.start, now);
    lane.addFirst(waiter);
    size++;
  }

  /** Whose turn it is; null when nobody waits. */
  @Nullable Waiter head() {
    if (size == 0) {
      return null;
    }
    Lane next = null;
    for (Lane lane : lanes.values()) {
      if (!lane.isEmpty() && (next == null || lane.start < next.start)) {
        next = lane;
      }
    }
    return next == null ? null : next.first();
  }

  /** Lets the head go. */
  void serve(Waiter head) {
    Lane lane = lane(head.demand);
    lane.serve(head);
    now = Math.max(now, lane.start);
    lane.start += head.cost / lane.weight;
    left();
  }

  /** Somebody gives up; false if it is not here. */
  boolean remove(Waiter waiter) {
    if (!lane(waiter.demand).remove(waiter)) {
      return false;
    }
    left();
    return true;
  }

  private void left() {
    size--;
    if (size == 0) {
      now = 0;
      for (Lane lane : lanes.values()) {
        lane.reset();
      }
    }
  }

  /** All who wait, as they will be served if nobody comes or goes. */
  Iterator<Waiter> inTurn() {
    return new Turns(lanes.values());
  }

  private static final class Turns implements Iterator<Waiter> {
    private final List<Turn> turns = new ArrayList<>();

    Turns(Collection<Lane> lanes) {
      lanes.forEach(lane -> turns.add(new Turn(lane)));
    }

    private @Nullable Turn turn() {
      Turn next = null;
      for (Turn turn : turns) {
        if (turn.waiters.hasNext() && (next == null || turn.start < next.start)) {
          next = turn;
        }
      }
      return next;
    }

    @Override
    public boolean hasNext() {
      return turn() != null;
    }

    @Override
    public Waiter next() {
      Turn turn = turn();
      if (turn == null) {
        throw new NoSuchElementException();
      }
      Waiter waiter = turn.waiters.next();
      turn.start += waiter.cost / turn.weight;
      return waiter;
    }
  }

  /** How far a lane would be by then. */
  private static final class Turn {
    final Iterator<Waiter> waiters;
    final double weight;
    double start;

    Turn(Lane lane) {
      this.waiters = lane.iterator();
      this.weight = lane.weight;
      this.start = lane.start;
    }
  }
}
