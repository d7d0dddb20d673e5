package ai.powertools.session;

import ai.powertools.core.Time;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a Redis that may be slow or away: nobody waits for longer than the patience, and
 * after a failure it is left alone for a second.
 */
final class RedisLink implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RedisLink.class.getName());
  private static final Duration REST = Duration.ofSeconds(1);

  /** For the first connection, which loads classes and starts threads. */
  private static final Duration START = Duration.ofSeconds(2);

  private final Supplier<CompletionStage<StatefulRedisConnection<byte[], byte[]>>> connector;
  private final @Nullable RedisClient owned;
  private final Duration patience;
  private final Time time;

  private @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection;
  private boolean resting;
  private long restsSince;
  private boolean closed;

  /**
   * @param owned what is closed with it, or null
   */
  RedisLink(
      Supplier<CompletionStage<StatefulRedisConnection<byte[], byte[]>>> connector,
      @Nullable RedisClient owned,
      Duration patience,
      Time time) {
    this.connector = connector;
    this.owned = owned;
    this.patience = patience;
    this.time = time;
  }

  /** Connects, if Redis is there. */
  void start() {
    connected(START);
  }

  /** Asks Redis; empty when it did not answer in time, or answered with an error. */
  <T> Optional<T> ask(Function<RedisAsyncCommands<byte[], byte[]>, Future<T>> question) {
    List<T> answers = askAll(List.of(question));
    return answers.isEmpty() ? Optional.empty() : Optional.of(answers.get(0));
  }

  /** Asks several things at once; gives all answers, or none. */
  <T> List<T> askAll(List<Function<RedisAsyncCommands<byte[], byte[]>, Future<T>>> questions) {
    Optional<StatefulRedisConnection<byte[], byte[]>> link = connected(patience);
    if (link.isEmpty()) {
      return List.of();
    }
    List<Future<T>> futures = new ArrayList<>();
    try {
      for (Function<RedisAsyncCommands<byte[], byte[]>, Future<T>> question : questions) {
        futures.add(question.apply(link.get().async()));
      }
      long end = System.nanoTime() + patience.toNanos();
      List<T> answers = new ArrayList<>();
      for (Future<T> future : futures) {
        answers.add(future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | CancellationException | RedisException e) {
      rest(e);
    }
    futures.forEach(future -> future.cancel(false));
    return List.of();
  }

  private Optional<StatefulRedisConnection<byte[], byte[]>> connected(Duration wait) {
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> link = link();
    if (link == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(link.get(wait.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | CancellationException e) {
      rest(e);
    }
    return Optional.empty();
  }

  private synchronized @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> link() {
    if (closed || (resting && time.since(restsSince).compareTo(REST) < 0)) {
      return null;
    }
    resting = false;
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> now = connection;
    if (now == null || (now.isDone() && !isOpen(now))) {
      now = connector.get().toCompletableFuture();
      connection = now;
    }
    return now;
  }

  /** One that broke is closed here. */
  private static boolean isOpen(
      CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection) {
    if (connection.isCompletedExceptionally()) {
      return false;
    }
    StatefulRedisConnection<byte[], byte[]> link = connection.join();
    if (!link.isOpen()) {
      var unused = link.closeAsync();
      return false;
    }
    return true;
  }

  private synchronized void rest(Exception why) {
    resting = true;
    restsSince = time.nanos();
    // Its own words could have a value in them.
    LOG.log(
        System.Logger.Level.DEBUG,
        () -> "Redis is left alone for a second: " + why.getClass().getSimpleName());
  }

  @Override
  public void close() {
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      last = connection;
      connection = null;
    }
    if (last != null) {
      var unused = last.thenAccept(StatefulRedisConnection::close);
    }
    if (owned != null) {
      var unused = owned.shutdownAsync(0, 1, TimeUnit.SECONDS);
    }
  }
}
