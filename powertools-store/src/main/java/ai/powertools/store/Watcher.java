package ai.powertools.store;

import ai.powertools.core.Time;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a store that tells who watches it. It looks at the {@link ChangeSign} as often as
 * the most curious one asks for, and at once after a commit of this process; nobody is called more
 * often than asked for, and what changed in between is told at the end of that time.
 */
final class Watcher implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Watcher.class.getName());

  private final ChangeSign sign;
  private final String location;
  private final Time time;
  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final Semaphore wake = new Semaphore(0);
  private final ReentrantLock looking = new ReentrantLock();
  private @Nullable Object last; // under the lock
  private @Nullable Thread thread; // under the lock
  private boolean failing; // of the thread
  private volatile boolean closed;

  Watcher(ChangeSign sign, String location, Time time) {
    this.sign = sign;
    this.location = location;
    this.time = time;
  }

  /** Sees every change that is committed after this has returned. */
  Watch add(Duration atMostEvery, Runnable changed) {
    if (atMostEvery.isNegative() || atMostEvery.isZero()) {
      throw new IllegalArgumentException("Say how often: more than zero, not " + atMostEvery + ".");
    }
    Entry entry = new Entry(atMostEvery.toNanos(), changed);
    looking.lock();
    try {
      if (closed) {
        return entry; // the store is being closed: nothing will change any more
      }
      look(); // what has happened until now is news to the others only
      entries.add(entry);
      if (thread == null) {
        thread = new Thread(this::work, "powertools-store watches " + location);
        thread.setDaemon(true);
        thread.start();
      }
    } finally {
      looking.unlock();
    }
    committed();
    return entry;
  }

  /** Called after each commit of this process; costs nothing to speak of. */
  void committed() {
    sign.committed();
    if (!entries.isEmpty() && wake.availablePermits() == 0) {
      wake.release();
    }
  }

  /** Begins no call any more. Does not wait for one that is under way. */
  @Override
  public void close() {
    looking.lock();
    try {
      if (!closed) {
        closed = true;
        entries.clear();
        sign.close();
      }
    } finally {
      looking.unlock();
    }
    wake.release();
  }

  private void work() {
    try {
      while (!closed) {
        lookAround();
        entries.forEach(Entry::callIfDue);
        pause();
      }
    } catch (InterruptedException e) {
      // Nobody interrupts it but a callback, whose flag is taken away: it ends with the process.
      Thread.currentThread().interrupt();
    }
  }

  private void pause() throws InterruptedException {
    long now = time.nanos();
    long nanos = entries.stream().mapToLong(entry -> entry.rest(now)).min().orElse(Long.MAX_VALUE);
    if (nanos == Long.MAX_VALUE) {
      wake.acquire(); // nobody watches
    } else {
      Time.Timer alarm = time.after(Duration.ofNanos(nanos), wake::release);
      try {
        wake.acquire();
      } finally {
        alarm.cancel();
      }
    }
    wake.drainPermits();
  }

  private void lookAround() {
    looking.lock();
    try {
      if (!closed) {
        look();
        failing = false;
      }
    } catch (RuntimeException e) {
      if (!failing) { // once, not at every try
        LOG.log(Level.WARNING, "Could not see whether " + location + " has changed", e);
      }
      failing = true;
    } finally {
      looking.unlock();
    }
  }

  private void look() {
    Object now = sign.read();
    if (!now.equals(last)) {
      last = now;
      entries.forEach(entry -> entry.dirty = true);
    }
  }

  private final class Entry implements Watch {
    private final long interval;
    private final Runnable changed;
    private volatile boolean dirty;
    private long called; // of the thread
    private boolean everCalled; // of the thread

    Entry(long interval, Runnable changed) {
      this.interval = interval;
      this.changed = changed;
    }

    @Override
    public void close() {
      entries.remove(this);
    }

    private long rest(long now) {
      return dirty && everCalled ? Math.max(1, called + interval - now) : interval;
    }

    private void callIfDue() {
      if (!dirty || (everCalled && time.nanos() - called < interval) || !entries.contains(this)) {
        return;
      }
      dirty = false; // first: what is committed during the call is told by the next
      everCalled = true;
      called = time.nanos();
      try {
        changed.run();
      } catch (RuntimeException | Error e) {
        LOG.log(Level.WARNING, "A watch of " + location + " threw; it goes on", e);
      }
      Thread.interrupted(); // left by the call; it means nothing to the next one
    }
  }
}
