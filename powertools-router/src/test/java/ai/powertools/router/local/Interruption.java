package ai.powertools.router.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.atomic.AtomicReference;

/** Something that is done on a thread of its own, to be interrupted. */
final class Interruption {
  private final AtomicReference<Throwable> thrown = new AtomicReference<>();
  private volatile boolean flag;
  private final Thread thread;

  private Interruption(Runnable work) {
    this.thread =
        new Thread(
            () -> {
              thrown.set(catchThrowable(work::run));
              flag = Thread.currentThread().isInterrupted();
            },
            "interrupted");
  }

  static Interruption of(Runnable work) {
    Interruption interruption = new Interruption(work);
    interruption.thread.start();
    return interruption;
  }

  /** Interrupts, and gives what the work threw then. */
  Throwable now() throws InterruptedException {
    thread.interrupt();
    thread.join();
    assertThat(flag).as("the interrupt stays set").isTrue();
    return thrown.get();
  }
}
