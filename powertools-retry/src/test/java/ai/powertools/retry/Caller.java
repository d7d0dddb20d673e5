package ai.powertools.retry;

import ai.powertools.core.CancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A thread that makes calls, may be interrupted meanwhile, and keeps account of its flag. */
final class Caller implements Runnable {
  private static final int CALLS = 8;

  final Thread thread = new Thread(this, "caller");
  private final RandomHandler parts;
  private final Random random;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger seen = new AtomicInteger();
  private final List<String> complaints = new ArrayList<>();
  private final Queue<Thread> hedges = new ConcurrentLinkedQueue<>();
  private volatile boolean closing;

  Caller(RandomHandler parts, long seed) {
    this.parts = parts;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    for (int call = 0; call < CALLS || !closing; call++) {
      Throwable error = call();
      boolean flag = Thread.interrupted();
      if (flag) {
        seen.incrementAndGet();
      } else if (error instanceof CancelledException) {
        complaints.add("The call was cancelled, but the flag is not set: " + error);
      }
    }
    if (Thread.interrupted()) {
      seen.incrementAndGet();
    }
  }

  private @Nullable Throwable call() {
    try {
      parts.handler.call(work(random.nextInt(6)));
      return null;
    } catch (RuntimeException error) {
      return error;
    }
  }

  private Callable<String> work(int kind) {
    int turns = random.nextInt(20_000);
    boolean hangs = parts.cutsShort && random.nextBoolean();
    return () -> {
      if (Thread.currentThread() != thread) {
        hedges.add(Thread.currentThread());
      }
      if (hangs) {
        new CountDownLatch(1).await();
      }
      for (int i = 0; i < turns; i++) {
        Thread.onSpinWait(); // heeds no interrupt
      }
      return switch (kind) {
        case 0 -> throw new Busy();
        case 1 -> throw new IllegalStateException("unknown");
        case 2 -> throw new Exception("checked");
        default -> "answer";
      };
    };
  }

  /** Interrupts it from outside, unless it has not come to the last interrupt yet. */
  void interrupt() {
    if (sent.get() == seen.get()) {
      sent.incrementAndGet();
      thread.interrupt();
    }
  }

  /** Nobody interrupts it any more. */
  void close() {
    closing = true;
  }

  /** Waits for those who worked in its place, virtual threads among them. */
  void joinHedges() throws InterruptedException {
    for (Thread hedge : hedges) {
      hedge.join();
    }
  }

  int sent() {
    return sent.get();
  }

  int seen() {
    return seen.get();
  }

  List<String> complaints() {
    return complaints;
  }
}
