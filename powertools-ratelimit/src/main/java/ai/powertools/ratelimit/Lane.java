package ai.powertools.ratelimit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * Those of one priority who wait at one place, in turn: within a tenant as they came, among tenants
 * by start-time fair queueing. Not safe for use by several threads.
 *
 * @implNote Only the first of a tenant has a start. Whoever leaves from behind it leaves no gap,
 *     and so costs its tenant nothing.
 */
final class Lane {
  private static final Comparator<Flow> IN_TURN =
      Comparator.<Flow>comparingDouble(flow -> flow.start)
          .thenComparingLong(flow -> flow.first().sequence);
  private static final int FEW = 64;

  final double weight;

  /** When its next one starts, on the virtual clock of the line. */
  double start;

  private final Map<String, Flow> flows = new HashMap<>();
  private final TreeSet<Flow> backlogged = new TreeSet<>(IN_TURN);
  private double now;

  Lane(double weight) {
    this.weight = weight;
  }

  boolean isEmpty() {
    return backlogged.isEmpty();
  }

  Waiter first() {
    return backlogged.first().first();
  }

  /** All who wait, as they will be served if nobody comes or goes. */
  Iterator<Waiter> iterator() {
    return new InTurn(backlogged);
  }

  /** Whether a newcomer of this tenant would be the last. */
  boolean goesLast(String tenant) {
    Flow own = flows.get(tenant);
    double start = own == null ? now : own.nextStart(now);
    for (Flow flow : backlogged) {
      if (flow != own && flow.lastStart() > start) {
        return false;
      }
    }
    return true;
  }

  private Flow flow(Waiter waiter) {
    return flows.computeIfAbsent(waiter.demand.tenant(), tenant -> new Flow());
  }

  void add(Waiter waiter) {
    Flow flow = flow(waiter);
    put(flow, waiter, flow.isEmpty() ? Math.max(flow.start, now) : flow.start);
  }

  /** Puts somebody back who was first before, and could not go after all. */
  void addFirst(Waiter waiter) {
    Flow flow = flow(waiter);
    put(flow, waiter, flow.isEmpty() ? now : Math.min(flow.start, now));
  }

  private void put(Flow flow, Waiter waiter, double start) {
    if (!flow.isEmpty()) {
      backlogged.remove(flow); // before its start and its first one change, by which it is found
    }
    flow.start = start;
    flow.add(waiter);
    backlogged.add(flow);
  }

  /** Somebody leaves without having been served, and so without having cost anything. */
  boolean remove(Waiter waiter) {
    Flow flow = flows.get(waiter.demand.tenant());
    if (flow == null || flow.isEmpty()) {
      return false;
    }
    backlogged.remove(flow);
    boolean wasHere = flow.remove(waiter);
    if (!flow.isEmpty()) {
      backlogged.add(flow);
    } else if (flow.start <= now) {
      flows.remove(waiter.demand.tenant()); // it owes nothing, so it need not be remembered
    }
    return wasHere;
  }

  /** Serves the first. */
  void serve(Waiter first) {
    Flow flow = flow(first);
    now = Math.max(now, flow.start);
    backlogged.remove(flow);
    flow.remove(first);
    flow.start += first.turn();
    if (!flow.isEmpty()) {
      backlogged.add(flow);
    } else if (flows.size() > FEW + 2 * backlogged.size()) {
      flows.values().removeIf(idle -> idle.isEmpty() && idle.start <= now);
    }
  }

  /** Nobody waits any more, so nobody owes anything to anybody. */
  void reset() {
    flows.clear();
    now = 0;
    start = 0;
  }

  private static final class InTurn implements Iterator<Waiter> {
    private final PriorityQueue<Ahead> next = new PriorityQueue<>();

    InTurn(Iterable<Flow> flows) {
      for (Flow flow : flows) {
        Iterator<Waiter> rest = flow.iterator();
        next.add(new Ahead(flow.start, rest.next(), rest));
      }
    }

    @Override
    public boolean hasNext() {
      return !next.isEmpty();
    }

    @Override
    public Waiter next() {
      Ahead first = next.poll();
      if (first == null) {
        throw new NoSuchElementException();
      }
      if (first.rest.hasNext()) {
        double start = first.start + first.waiter.turn();
        next.add(new Ahead(start, first.rest.next(), first.rest));
      }
      return first.waiter;
    }
  }

  /** The next of a flow, when it starts, and those behind it. */
  private record Ahead(double start, Waiter waiter, Iterator<Waiter> rest)
      implements Comparable<Ahead> {
    @Override
    public int compareTo(Ahead other) {
      int byStart = Double.compare(start, other.start);
      return byStart != 0 ? byStart : Long.compare(waiter.sequence, other.waiter.sequence);
    }
  }
}
