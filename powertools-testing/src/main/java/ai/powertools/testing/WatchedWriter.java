package ai.powertools.testing;

import ai.powertools.core.CancelledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** One life of a writer: a thread of ours reads what it says, so that its pipe is never full. */
final class WatchedWriter {
  private static final int SIGKILLED = 137;

  private final JavaProcess process;
  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<String> lines = new ArrayList<>();
  private int acknowledged;
  private boolean ended;
  private final Thread reader;

  WatchedWriter(JavaProcess process, String name) {
    this.process = process;
    this.name = name;
    this.reader = new Thread(this::readAll, "reads what " + name + " prints");
    reader.setDaemon(true);
    reader.start();
  }

  private void readAll() {
    Optional<String> line = process.readWholeLine();
    while (line.isPresent()) {
      note(line.get());
      line = process.readWholeLine();
    }
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void note(String line) {
    lock.lock();
    try {
      lines.add(line);
      if (line.startsWith("ack ")) {
        acknowledged++;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** False when the time is over, or the writer has ended, and there are fewer. */
  boolean awaitLines(int count, Duration atMost) {
    return await(() -> lines.size() >= count, atMost);
  }

  boolean awaitAcknowledgements(int count, Duration atMost) {
    return await(() -> acknowledged >= count, atMost);
  }

  boolean awaitEnd(Duration atMost) {
    return await(() -> ended, atMost);
  }

  private boolean await(BooleanSupplier condition, Duration atMost) {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!condition.getAsBoolean() && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      return condition.getAsBoolean();
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("watching " + name, e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Kills it and gives all that it said.
   *
   * @return whether it had said nothing when it was killed
   * @throws IllegalStateException if it had ended by itself
   */
  boolean killAndCollect(List<String> said) {
    process.kill();
    int code = process.await();
    try {
      reader.join();
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("reading what " + name + " printed", e);
    }
    if (code != SIGKILLED) {
      throw new IllegalStateException(endedByItself(code));
    }
    said.addAll(lines);
    return lines.isEmpty();
  }

  String didNotAcknowledge(int count, Duration patience) {
    lock.lock();
    try {
      if (ended) {
        return endedByItself(process.await());
      }
      return "%s acknowledged %d of %d writes within %d s. Give it more with patience(…), or look for what it waits for. Its last lines: %s"
          .formatted(name, acknowledged, count, patience.toSeconds(), lastLines());
    } finally {
      lock.unlock();
    }
  }

  private String endedByItself(int code) {
    return "%s ended by itself with exit code %d; it has to write until it is killed. Its standard error is in the test's output, its last lines: %s"
        .formatted(name, code, lastLines());
  }

  private List<String> lastLines() {
    return lines.subList(Math.max(0, lines.size() - 5), lines.size());
  }
}
