package ai.powertools.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;

/** What the simulator has seen, to be waited for. Safe for use by many threads. */
final class RequestLog {
  private final Duration patience;
  private final Deque<RecordedRequest> requests = new ArrayDeque<>();
  private int capacity = Integer.MAX_VALUE;
  private int received;
  private int abandoned;

  /**
   * @param patience after which a wait is given up; only a test that has gone wrong waits so long
   */
  RequestLog(Duration patience) {
    this.patience = patience;
  }

  /** Keeps the last ones only. */
  synchronized void keepLast(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("Can't keep fewer than no requests: " + count);
    }
    capacity = count;
    trim();
  }

  /** Returns how many there have been now. */
  synchronized int add(RecordedRequest request) {
    requests.add(request);
    trim();
    received++;
    notifyAll();
    return received;
  }

  private void trim() {
    while (requests.size() > capacity) {
      requests.removeFirst();
    }
  }

  synchronized void addAbandoned() {
    abandoned++;
    notifyAll();
  }

  synchronized List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  synchronized int abandoned() {
    return abandoned;
  }

  void awaitRequests(int count) throws InterruptedException {
    await(count, () -> received, "requests came");
  }

  void awaitAbandoned(int count) throws InterruptedException {
    await(count, () -> abandoned, "responses were given up");
  }

  private synchronized void await(int count, IntSupplier soFar, String what)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (soFar.getAsInt() < count) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new IllegalStateException(
            "Within %d s only %d of %d %s. Received: %s"
                .formatted(patience.toSeconds(), soFar.getAsInt(), count, what, requests));
      }
      wait(millis);
    }
  }
}
