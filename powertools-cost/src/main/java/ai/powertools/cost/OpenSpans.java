package ai.powertools.cost;

import ai.powertools.core.Time;
import ai.powertools.store.StoreException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The spans of a tracker that hold something. As long as there are any, the ledger is told every
 * third of a lease that the tracker is alive; one that was dropped without being closed is written
 * off. They are held weakly, and so is the tracker's ledger by the clock.
 */
final class OpenSpans {
  private final Ledger ledger;
  private final Time time;
  private final Duration lease;
  private final Set<Open> open = ConcurrentHashMap.newKeySet();
  private final ReferenceQueue<CallSpan> dropped = new ReferenceQueue<>();
  private final Queue<Open> lost = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();

  OpenSpans(Ledger ledger, Time time, Duration lease) {
    this.ledger = ledger;
    this.time = time;
    this.lease = lease;
  }

  /** A span as long as it is open. */
  static final class Open extends WeakReference<CallSpan> {
    private final Held held;

    private Open(CallSpan span, Held held, ReferenceQueue<CallSpan> queue) {
      super(span, queue);
      this.held = held;
    }
  }

  Open add(CallSpan span, Held held) {
    Open one = new Open(span, held, dropped);
    open.add(one);
    if (!awake.get() && awake.compareAndSet(false, true)) {
      wakeLater();
    }
    return one;
  }

  void remove(Open one) {
    open.remove(one);
  }

  /** Writes off what was dropped; what could not be is tried again the next time. */
  void sweep() {
    for (Reference<? extends CallSpan> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
      if (gone instanceof Open one && open.contains(one)) {
        lost.add(one);
      }
    }
    for (Open one = lost.poll(); one != null; one = lost.poll()) {
      writeOff(one);
    }
  }

  private void writeOff(Open one) {
    try {
      ledger.surely(
          accounting -> {
            accounting.writeOff(one.held, time.instant());
            return true;
          });
      open.remove(one);
    } catch (RuntimeException e) {
      lost.add(one);
      throw e;
    }
  }

  private void wakeLater() {
    WeakReference<OpenSpans> weak = new WeakReference<>(this);
    var unused =
        time.after(
            lease.dividedBy(3),
            () -> {
              OpenSpans spans = weak.get();
              if (spans != null) {
                spans.wake();
              }
            });
  }

  private void wake() {
    awake.set(false);
    try {
      sweep();
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.MISUSE) {
        open.clear(); // the store is closed: what is held can't be kept alive, and will lapse
        lost.clear();
      }
    }
    stayAlive();
  }

  private void stayAlive() {
    if (open.isEmpty()) {
      return;
    }
    try {
      ledger.keepAlive(time.instant(), lease);
    } catch (StoreException e) {
      open.clear(); // the store is closed, as above
      lost.clear();
    }
    if (!open.isEmpty() && awake.compareAndSet(false, true)) {
      wakeLater();
    }
  }
}
