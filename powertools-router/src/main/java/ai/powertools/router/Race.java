package ai.powertools.router;

import ai.powertools.core.CancelledException;
import ai.powertools.core.PowerToolsException;
import ai.powertools.core.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Two attempts at one answer, of which the second starts if the first has not begun in time.
 * Whichever begins first wins: its events are passed on, and the other is hung up on. When all is
 * over both have settled, or the loser takes so long that it settles by itself.
 */
final class Race {
  /** How long a loser may take to hang up before it is left to settle by itself. */
  private static final long GRACE_MILLIS = 250;

  private final Engine engine;
  private final ChatRequest request;
  private final Call call;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private final List<Runner> runners = new ArrayList<>();
  private @Nullable Runner leader;
  private boolean due;
  private boolean secondAsked;

  Race(Engine engine, ChatRequest request, Call call) {
    this.engine = engine;
    this.request = request;
    this.call = call;
  }

  /**
   * What came of a race.
   *
   * @param attempts in the order in which they were started
   * @param answer of the winner; null if there is none
   * @param winner null if there is none
   * @param errors of each attempt, in that order; null for one that has not settled or that won
   */
  record Result(
      List<Attempt> attempts,
      @Nullable ChatResponse answer,
      @Nullable Attempt winner,
      List<@Nullable RuntimeException> errors) {}

  /**
   * Runs it.
   *
   * @param delay how long the first may take to begin
   * @param second gives the other attempt, if there may be one then; null otherwise
   * @throws CancelledException if the thread is interrupted, when both have settled
   * @throws PowerToolsException if there is no thread for the first
   */
  Result run(Attempt first, Duration delay, Supplier<@Nullable Attempt> second) {
    RejectedExecutionException rejected = start(first);
    if (rejected != null) {
      throw new PowerToolsException(
          "There is no thread to ask %s on: the executor that the router was given takes no more"
                  .formatted(first.offer().label())
              + " tasks. Give it more room, or leave the hedge out.",
          rejected);
    }
    Time.Timer timer = engine.time.after(delay, this::fallDue);
    try {
      while (awaitTurn()) {
        Attempt other = second.get();
        if (other != null) {
          second(other);
        }
      }
    } catch (InterruptedException e) {
      callOffAll();
      throw CancelledException.interrupted("waiting for the faster of two models", e);
    } catch (RuntimeException e) {
      callOffAll(); // nobody is there to take their answers
      throw e;
    } finally {
      timer.cancel();
    }
    return result();
  }

  /** The attempts so far, in the order in which they were started. */
  List<Attempt> attempts() {
    lock.lock();
    try {
      return runners.stream().map(runner -> runner.attempt).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Starts the other attempt, unless the first has begun meanwhile, or there is no thread. */
  private void second(Attempt other) {
    lock.lock();
    try {
      if (leader != null) {
        other.abandon();
        engine.didNotHedge();
        return;
      }
    } finally {
      lock.unlock();
    }
    start(other);
  }

  /** Starts an attempt; gives why there is no thread for it, or null. */
  private @Nullable RejectedExecutionException start(Attempt attempt) {
    Runner runner = new Runner(attempt);
    lock.lock();
    try {
      runners.add(runner);
    } finally {
      lock.unlock();
    }
    try {
      engine.threads.execute(runner);
      return null;
    } catch (RejectedExecutionException e) {
      attempt.abandon();
      lock.lock();
      try {
        runners.remove(runner);
      } finally {
        lock.unlock();
      }
      return e;
    }
  }

  private void fallDue() {
    lock.lock();
    try {
      due = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the second is to be started, which is said once, or the race is over. */
  private boolean awaitTurn() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!isOver()) {
        if (due && !secondAsked && leader == null) {
          secondAsked = true;
          return true;
        }
        changed.await();
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean isOver() {
    return leader != null ? leader.over : runners.stream().allMatch(runner -> runner.over);
  }

  private void callOffAll() {
    lock.lock();
    try {
      runners.forEach(Runner::callOff);
      // Money is being settled; that is worth waiting for.
      while (runners.stream().anyMatch(runner -> !runner.over)) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private Result result() {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
      while (left > 0 && runners.stream().anyMatch(runner -> !runner.over)) {
        try {
          left = changed.awaitNanos(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt(); // for whoever called; the loser settles by itself
          left = 0;
        }
      }
      Runner won = leader != null && leader.answer != null ? leader : null;
      List<@Nullable RuntimeException> errors = new ArrayList<>();
      runners.forEach(runner -> errors.add(runner.error));
      return new Result(
          runners.stream().map(runner -> runner.attempt).toList(),
          won == null ? null : won.answer,
          won == null ? null : won.attempt,
          errors);
    } finally {
      lock.unlock();
    }
  }

  /** One of the attempts, on a thread of its own. */
  private final class Runner implements Runnable {
    private final Attempt attempt;

    // Guarded by the lock.
    private @Nullable Thread thread;
    private boolean calledOff;
    private boolean over;
    private @Nullable ChatResponse answer;
    private @Nullable RuntimeException error;

    Runner(Attempt attempt) {
      this.attempt = attempt;
    }

    @Override
    public void run() {
      lock.lock();
      try {
        thread = Thread.currentThread();
        if (calledOff) {
          thread.interrupt();
        }
      } finally {
        lock.unlock();
      }
      boolean interrupted;
      ChatResponse response = null;
      RuntimeException failure = null;
      try {
        response = attempt.run(request, heard());
      } catch (RuntimeException e) {
        failure = e;
      } catch (Throwable e) {
        failure = new IllegalStateException("The call failed: " + e, e);
      }
      lock.lock();
      try {
        if (response != null && leads()) {
          answer = response;
        }
        error = failure;
        over = true;
        thread = null;
        interrupted = calledOff;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      if (interrupted) {
        Thread.interrupted(); // by us, and the thread may be used again
      }
    }

    private Call heard() {
      Call own = call.apart();
      return own.listener().map(told -> own.with(gate(told))).orElse(own);
    }

    /** Lets the leader's events through; whoever comes second is told to stop. */
    private StreamListener gate(StreamListener told) {
      return event -> {
        if (event instanceof StreamEvent.UsageUpdate) {
          return; // of two models, one of which will lose
        }
        if (!leads()) {
          throw new CancelledException("Another model began to answer first.", null);
        }
        told.on(event);
      };
    }

    /** Whether this one is in front; the first to ask is. */
    private boolean leads() {
      lock.lock();
      try {
        if (leader == null && !calledOff) {
          leader = this;
          for (Runner other : runners) {
            if (other != this) {
              other.callOff();
            }
          }
          changed.signalAll();
        }
        return leader == this;
      } finally {
        lock.unlock();
      }
    }

    private void callOff() {
      lock.lock();
      try {
        if (!over) {
          calledOff = true;
          attempt.callOff();
          if (thread != null) {
            thread.interrupt();
          }
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
