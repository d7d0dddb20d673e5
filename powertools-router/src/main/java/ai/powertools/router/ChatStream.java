package ai.powertools.router;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Threads;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it arrives, to be pulled: text deltas, then {@link StreamEvent.Finished}. The call
 * runs on a thread of its own, at most a few events ahead of the reader. Closing before the end
 * calls it off and waits until it has settled. To be read once, by one thread; any thread may
 * close.
 */
public final class ChatStream implements Iterable<StreamEvent>, AutoCloseable {
  /** How far the network may run ahead of the reader. */
  private static final int AHEAD = 64;

  private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(AHEAD);
  private final CountDownLatch settled = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean closed;
  private boolean read;

  /** Some calls report their end themselves. Touched by the call's thread only. */
  private boolean finished;

  private ChatStream(Function<StreamListener, ChatResponse> call) {
    this.thread = Threads.factory("powertools-stream").newThread(() -> run(call));
    thread.start();
  }

  /** An event, or the end with or without an error. */
  private record Item(@Nullable StreamEvent event, @Nullable RuntimeException error) {}

  /**
   * Starts a call.
   *
   * @param call makes the call, handing each event to the listener; it must end when its thread is
   *     interrupted
   */
  public static ChatStream of(Function<StreamListener, ChatResponse> call) {
    return new ChatStream(call);
  }

  /**
   * The events, in order. Its methods wait for the network and throw what the call throws, after
   * what had arrived before.
   *
   * @throws IllegalStateException when asked for a second time
   */
  @Override
  public Iterator<StreamEvent> iterator() {
    if (read) {
      throw new IllegalStateException("A stream can be read once only.");
    }
    read = true;
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

  /** Calls off what is still under way, and waits until it has settled. Harmless twice. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (settled.getCount() > 0) {
      items.clear();
      try {
        settled.await();
      } catch (InterruptedException e) {
        interrupted = true; // money is being settled: that is waited for
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Function<StreamListener, ChatResponse> call) {
    RuntimeException failure = null;
    try {
      ChatResponse response = call.apply(this::offer);
      offer(new StreamEvent.Finished(response));
    } catch (RuntimeException e) {
      failure = e;
    } catch (Error e) {
      failure = new IllegalStateException("The call failed: " + e, e);
    } finally {
      settled.countDown();
      end(failure);
    }
  }

  private void offer(StreamEvent event) {
    if (event instanceof StreamEvent.Finished && finished) {
      return;
    }
    finished |= event instanceof StreamEvent.Finished;
    try {
      items.put(new Item(event, null));
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("handing on a stream", e);
    }
  }

  private void end(@Nullable RuntimeException failure) {
    Thread.interrupted(); // the last word is for the reader, who waits for it
    Item last = new Item(null, failure);
    try {
      while (!closed && !items.offer(last, 1, TimeUnit.SECONDS)) {
        Thread.onSpinWait();
      }
    } catch (InterruptedException e) {
      // Closed meanwhile: nobody reads any more.
      Thread.currentThread().interrupt();
    }
  }

  private final class Events implements Iterator<StreamEvent> {
    private @Nullable Item next;
    private boolean ended;

    @Override
    public boolean hasNext() {
      if (next == null && !ended) {
        next = take();
      }
      return next != null && next.event() != null;
    }

    @Override
    public StreamEvent next() {
      if (!hasNext() || next == null || next.event() == null) {
        throw new NoSuchElementException("The stream has ended.");
      }
      StreamEvent event = next.event();
      next = null;
      return event;
    }

    private Item take() {
      if (closed) {
        throw new CancelledException("The stream was closed before its end.", null);
      }
      try {
        Item item = items.take();
        if (item.event() == null) {
          ended = true;
          if (item.error() != null) {
            throw item.error();
          }
        }
        return item;
      } catch (InterruptedException e) {
        close();
        throw CancelledException.interrupted("reading a stream", e);
      }
    }
  }
}
