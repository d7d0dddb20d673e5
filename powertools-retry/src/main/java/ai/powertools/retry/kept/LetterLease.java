package ai.powertools.retry.kept;

import ai.powertools.core.Time;
import ai.powertools.retry.kept.LetterTable.Numbered;
import ai.powertools.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Renews the time that a letter is taken for, each third of it, while work goes on. */
final class LetterLease {
  private final Store store;
  private final Numbered taken;
  private final Duration length;
  private final Time time;
  private Time.@Nullable Timer next;

  LetterLease(Store store, Numbered taken, Duration length, Time time) {
    this.store = store;
    this.taken = taken;
    this.length = length;
    this.time = time;
  }

  <T> T during(Supplier<T> work) {
    begin();
    try {
      return work.get();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    next = time.after(length.dividedBy(3), this::renew);
  }

  private synchronized void renew() {
    if (next == null) {
      return;
    }
    Instant until = time.instant().plus(length);
    // One that fails is made up for by the next; without any the lease ends, as for the dead.
    var unused =
        store.writeAsync(LetterTable.MODE, sql -> new LetterTable(sql).renew(taken, until));
    next = time.after(length.dividedBy(3), this::renew);
  }

  private synchronized void end() {
    if (next != null) {
      next.cancel();
      next = null;
    }
  }
}
