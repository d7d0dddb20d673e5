package ai.powertools.store;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Wakes those of this process who wait for a lease as soon as it is released here. */
final class LeaseBell {
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

  /** Hears every release from now on; close it. */
  Listener listen(String name) {
    Listener listener = new Listener(name);
    listeners.add(listener);
    return listener;
  }

  void ring(String name) {
    for (Listener listener : listeners) {
      if (listener.name.equals(name)) {
        listener.rung.countDown();
      }
    }
  }

  /** One who waits. */
  final class Listener implements AutoCloseable {
    private final String name;
    private final CountDownLatch rung = new CountDownLatch(1);

    private Listener(String name) {
      this.name = name;
    }

    /** Returns after that time, or when it rang since this began to listen. */
    void await(Time time, Duration most) throws InterruptedException {
      Time.Timer alarm = time.after(most, rung::countDown);
      try {
        rung.await();
      } finally {
        alarm.cancel();
      }
    }

    @Override
    public void close() {
      listeners.remove(this);
    }
  }
}
