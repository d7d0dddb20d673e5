package ai.powertools.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and kill as an interrupt of the thread that works, which then settles what was used; the
 * process ends when that is done, or after ten seconds.
 */
final class Interrupts {
  private static final long PATIENCE_SECONDS = 10;

  private final CountDownLatch done = new CountDownLatch(1);

  private Interrupts() {}

  static Interrupts ofThisThread() {
    Thread worker = Thread.currentThread();
    Interrupts interrupts = new Interrupts();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interrupts.settle(worker), "powertools-interrupt"));
    return interrupts;
  }

  private void settle(Thread worker) {
    if (done.getCount() == 0) {
      return;
    }
    worker.interrupt();
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("powertools: the call did not end in time; its reservation will lapse.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The work is done and settled; the process may end. */
  void end() {
    done.countDown();
  }
}
