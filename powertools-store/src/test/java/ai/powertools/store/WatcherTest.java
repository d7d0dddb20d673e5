package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When those who watch are called, on virtual time. */
class WatcherTest {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final VirtualClock clock = VirtualClock.create();
  private final BlockingQueue<Duration> calls = new LinkedBlockingQueue<>();
  private final AtomicInteger version = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private volatile boolean broken;
  private final Watcher watcher = new Watcher(new Sign(), "a place", clock);

  private final class Sign implements ChangeSign {
    @Override
    public Object read() {
      if (broken) {
        throw new StoreException(StoreException.Kind.UNAVAILABLE, "no such place", null);
      }
      return version.get();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @AfterEach
  void close() {
    watcher.close();
    watcher.close();
    assertThat(closed).hasValue(1);
  }

  private void watch() {
    assertThat(watcher.add(EVERY, () -> calls.add(clock.elapsed()))).isNotNull();
  }

  private void commit() {
    version.incrementAndGet();
    watcher.committed();
  }

  private Duration nextCall() {
    while (calls.isEmpty()) {
      if (clock.pending() > 0) {
        clock.advance(Duration.ofSeconds(1));
      }
      Thread.onSpinWait();
    }
    return calls.remove();
  }

  @Test
  void noticesWhatOthersDidWithinTheTime() {
    watch();
    version.incrementAndGet(); // and nobody tells the watcher
    assertThat(nextCall()).isNotNull();
  }

  @Test
  void callsAtOnceAndThenNotBeforeTheTimeIsOver() throws Exception {
    watch();
    commit();
    Duration first = calls.take();
    assertThat(first).isZero();
    for (int i = 0; i < 5; i++) {
      commit();
    }
    assertThat(nextCall()).isGreaterThanOrEqualTo(first.plus(EVERY));
    assertThat(calls).as("five commits, one call").isEmpty();
  }

  @Test
  void whoComesLaterIsNotToldOfTheTimeBefore() throws Exception {
    watch();
    version.incrementAndGet();
    AtomicInteger later = new AtomicInteger();
    assertThat(watcher.add(EVERY, later::incrementAndGet)).isNotNull();
    calls.take(); // the first one is, at once: the second one's look has seen it
    assertThat(later).hasValue(0);
  }

  @Test
  void missesNothingWhileItCanNotLook() {
    watch();
    broken = true;
    commit();
    clock.advance(Duration.ofMinutes(1));
    broken = false;
    assertThat(nextCall()).isPositive();
  }

  @Test
  void tellsAtOnceThatItCanNotLook() {
    broken = true;
    assertThatThrownBy(this::watch).isInstanceOf(StoreException.class);
    broken = false;
    watch();
    commit();
    assertThat(nextCall()).isNotNull();
  }

  @Test
  void addsNobodyOnceItIsClosed() {
    watcher.close();
    watch();
    commit();
    assertThat(calls).isEmpty();
  }
}
