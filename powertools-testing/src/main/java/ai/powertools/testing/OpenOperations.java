package ai.powertools.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The begins and ends of a history in their order, as a list from which operations are taken and
 * put back in reverse ("dancing links").
 */
final class OpenOperations<O, R> {
  private final List<Operation<O, R>> operations;
  private final int count;
  private final int[] next;
  private final int[] previous;

  OpenOperations(List<Operation<O, R>> operations) {
    this.operations = operations;
    this.count = operations.size();
    this.next = new int[2 * count + 1];
    this.previous = new int[2 * count + 1];
    link(events());
  }

  /** At the same instant begins go first: what touches is taken for concurrent. */
  private List<Integer> events() {
    List<Integer> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(i);
      if (operations.get(i).isAnswered()) {
        events.add(count + i);
      }
    }
    events.sort(
        Comparator.comparingLong(this::time).thenComparingInt(event -> event < count ? 0 : 1));
    return events;
  }

  private long time(int event) {
    return event < count
        ? operations.get(event).invoked()
        : operations.get(event - count).returned();
  }

  private void link(List<Integer> events) {
    int last = head();
    for (int event : events) {
      next[last] = event;
      previous[event] = last;
      last = event;
    }
    next[last] = head();
    previous[head()] = last;
  }

  private int head() {
    return 2 * count;
  }

  /** The first operation in the list, or -1. */
  int first() {
    return callFrom(next[head()]);
  }

  /** The next one that began before anything that is left has ended, or -1. */
  int nextOpen(int operation) {
    int event = next[operation];
    return event < count ? event : -1;
  }

  /** The first of those that are open, or -1. */
  int firstOpen() {
    int event = next[head()];
    return event < count ? event : -1;
  }

  /** The next one in the list, or -1. */
  int nextOf(int operation) {
    return callFrom(next[operation]);
  }

  private int callFrom(int from) {
    int event = from;
    while (event >= count && event != head()) {
      event = next[event];
    }
    return event == head() ? -1 : event;
  }

  /** The one that ends first, or -1 when none of what is left ends. */
  int firstToEnd() {
    int event = next[head()];
    while (event < count) {
      event = next[event];
    }
    return event == head() ? -1 : event - count;
  }

  void take(int operation) {
    unlink(operation);
    if (operations.get(operation).isAnswered()) {
      unlink(count + operation);
    }
  }

  void putBack(int operation) {
    if (operations.get(operation).isAnswered()) {
      relink(count + operation);
    }
    relink(operation);
  }

  private void unlink(int event) {
    next[previous[event]] = next[event];
    previous[next[event]] = previous[event];
  }

  private void relink(int event) {
    next[previous[event]] = event;
    previous[next[event]] = event;
  }
}
