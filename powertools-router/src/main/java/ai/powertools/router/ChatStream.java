package ai.powertools.router;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Threads;
import ai.powertools.models.Usage;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it arrives, to be pulled: text deltas, then {@link StreamEvent.Finished}, once the
 * call has settled. The call runs on a thread of its own, at most a few events ahead of the reader.
 * Closing before the end calls it off and waits until it has settled. To be read once, by one
 * thread; any thread may close, also while the reader waits.
 */
public final class ChatStream implements Iterable<StreamEvent>, AutoCloseable {
  /** How far the network may run ahead of the reader. */
  private static final int AHEAD = 64;

  /** Guards all that follows; not {@code synchronized}, which would pin a virtual thread. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();
  private final Queue<StreamEvent> arrived = new ArrayDeque<>();
  private boolean settled;
  private boolean closed;
  private boolean read;
  private @Nullable RuntimeException failure;

  private final Thread thread;

  private ChatStream(Function<StreamListener, ChatResponse> call) {
    this.thread = Threads.factory("powertools-stream").newThread(() -> run(call));
    thread.start();
  }

  /**
   * Starts a call.
   *
   * @param call makes the call, handing each event to the listener; it must end when its thread is
   *     interrupted or the listener throws
   */
  public static ChatStream of(Function<StreamListener, ChatResponse> call) {
    return new ChatStream(call);
  }

  /**
   * The events, in order. Its methods wait for the network and throw what the call throws, after
   * what had arrived before; and {@link CancelledException} when the stream is closed before its
   * end.
   *
   * @throws IllegalStateException when asked for a second time
   */
  @Override
  public Iterator<StreamEvent> iterator() {
    lock.lock();
    try {
      if (read) {
        throw new IllegalStateException("A stream can be read once only.");
      }
      read = true;
    } finally {
      lock.unlock();
    }
    return new Events();
  }

  /** The events as a stream of the JDK. */
  public Stream<StreamEvent> stream() {
    return StreamSupport.stream(spliterator(), false).onClose(this::close);
  }

  /** The whole answer, read to its end. */
  public ChatResponse response() {
    for (StreamEvent event : this) {
      if (event instanceof StreamEvent.Finished finished) {
        return finished.response();
      }
    }
    throw new IllegalStateException("The call ended without an answer.");
  }

  /**
   * Calls off what is still under way, and waits until it has settled, also when interrupted: money
   * is being settled. Harmless twice.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.clear();
      changed.signalAll();
      if (!settled) {
        thread.interrupt();
      }
      while (!settled && Thread.currentThread() != thread) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * What was used by a call that did not end well, closed early or failed: an estimate, by the
   * vendor's own numbers as far as it had given them, else counted from what had arrived. Empty
   * while it is under way, when it ended well, and when nothing had arrived.
   */
  public Optional<Usage> partialUsage() {
    lock.lock();
    try {
      return failure instanceof ProviderException error ? error.partialUsage() : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void run(Function<StreamListener, ChatResponse> call) {
    try {
      ChatResponse response = call.apply(this::offer);
      settle(new StreamEvent.Finished(response), null);
    } catch (RuntimeException e) {
      settle(null, e);
    } catch (Throwable e) {
      settle(null, new IllegalStateException("The call failed: " + e, e));
    }
  }

  /** On the call's thread, which waits while the reader is too far behind. */
  private void offer(StreamEvent event) {
    if (event instanceof StreamEvent.Finished || event instanceof StreamEvent.Failed) {
      return; // told when the call has settled, which it has not yet
    }
    lock.lock();
    try {
      while (arrived.size() >= AHEAD && !closed) {
        changed.await();
      }
      if (closed) {
        throw new CancelledException("The stream was closed by its reader.", null);
      }
      arrived.add(event);
      changed.signalAll();
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("handing on a stream", e);
    } finally {
      lock.unlock();
    }
  }

  private void settle(StreamEvent.@Nullable Finished finished, @Nullable RuntimeException error) {
    lock.lock();
    try {
      if (finished != null && !closed) {
        arrived.add(finished);
      }
      failure = error;
      settled = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The next event; null when there will be none. On the reader's thread. */
  private @Nullable StreamEvent take() {
    try {
      lock.lockInterruptibly();
      try {
        while (arrived.isEmpty() && !settled && !closed) {
          changed.await();
        }
        StreamEvent event = arrived.poll();
        if (event != null) {
          changed.signalAll();
          return event;
        }
        if (closed) {
          throw new CancelledException("The stream was closed before its end.", null);
        }
        if (failure != null) {
          throw failure;
        }
        return null;
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      close();
      throw CancelledException.interrupted("reading a stream", e);
    }
  }

  /** Touched by the reader only. */
  private final class Events implements Iterator<StreamEvent> {
    private @Nullable StreamEvent next;
    private boolean ended;

    @Override
    public boolean hasNext() {
      if (next == null && !ended) {
        ended = true; // unless there is more, and also if the call failed: it fails once
        next = take();
        ended = next == null || next instanceof StreamEvent.Finished;
      }
      return next != null;
    }

    @Override
    public StreamEvent next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException("The stream has ended.");
      }
      StreamEvent event = next;
      next = null;
      return event;
    }
  }
}
