package ai.powertools.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Things that are dear to make and that one thread at a time may use; some idle ones are kept.
 * Closing it closes those; its owner sees to it that none is in use then.
 */
final class Pool<T extends AutoCloseable> implements AutoCloseable {
  private static final int MOST_IDLE = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final Supplier<T> maker;
  private final Deque<T> idle = new ArrayDeque<>();

  Pool(Supplier<T> maker) {
    this.maker = maker;
  }

  <R> R use(Function<T, R> work) {
    T idleOne = take();
    T thing = idleOne == null ? maker.get() : idleOne;
    boolean kept = false;
    try {
      R result = work.apply(thing);
      kept = giveBack(thing); // what failed in the middle may be in any state, and is not
      return result;
    } finally {
      if (!kept) {
        close(thing);
      }
    }
  }

  @Override
  public void close() {
    for (T next = take(); next != null; next = take()) {
      close(next);
    }
  }

  private synchronized @Nullable T take() {
    return idle.poll();
  }

  private synchronized boolean giveBack(T thing) {
    if (idle.size() >= MOST_IDLE) {
      return false;
    }
    idle.push(thing);
    return true;
  }

  private void close(T thing) {
    try {
      thing.close();
    } catch (Exception e) {
      throw new IllegalStateException("Could not free native memory", e);
    }
  }
}
