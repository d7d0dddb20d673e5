package ai.powertools.ratelimit.shared;

import ai.powertools.core.Threads;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is made when it is needed, and again when it broke. Never blocks.
 *
 * <p>Safe for use by many threads.
 *
 * @implNote It is made on a thread of its own: the first one of a process loads most of Lettuce and
 *     Netty, which takes seconds on a busy machine, and who asks may be the thread of all timers.
 */
final class RedisLink implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final ThreadFactory THREADS = Threads.factory("powertools-redis");

  private final Supplier<CompletionStage<StatefulRedisConnection<String, String>>> connector;
  private final @Nullable RedisClient owned;
  private final boolean lent;
  private @Nullable CompletableFuture<StatefulRedisConnection<String, String>> connection;
  private boolean closed;

  /**
   * @param connector may take its time, unless the connection is lent
   * @param owned what is shut down with it, connections and all
   * @param lent whether the connection is somebody else's, who sees to it
   */
  RedisLink(
      Supplier<CompletionStage<StatefulRedisConnection<String, String>>> connector,
      @Nullable RedisClient owned,
      boolean lent) {
    this.connector = connector;
    this.owned = owned;
    this.lent = lent;
  }

  static RedisLink to(RedisURI uri) {
    RedisClient client = RedisClient.create();
    // What is lost is not sent again: a decision that comes late takes what nobody uses.
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .socketOptions(SocketOptions.builder().connectTimeout(CONNECT).build())
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .build());
    uri.setTimeout(CONNECT);
    return new RedisLink(() -> client.connectAsync(StringCodec.UTF8, uri), client, false);
  }

  static RedisLink by(RedisClient client) {
    return new RedisLink(
        () -> CompletableFuture.completedFuture(client.connect(StringCodec.UTF8)), null, false);
  }

  static RedisLink over(StatefulRedisConnection<String, String> connection) {
    CompletableFuture<StatefulRedisConnection<String, String>> lent =
        CompletableFuture.completedFuture(connection);
    return new RedisLink(() -> lent, null, true);
  }

  /** The connection; a future that fails when there is none, or null when this was closed. */
  synchronized @Nullable CompletableFuture<StatefulRedisConnection<String, String>> connection() {
    if (closed) {
      return null;
    }
    CompletableFuture<StatefulRedisConnection<String, String>> now = connection;
    if (now == null || (now.isDone() && !isOpen(now))) {
      now = lent ? connector.get().toCompletableFuture() : connectElsewhere();
      connection = now;
    }
    return now;
  }

  /** When the last attempt to connect has ended; done if there was none. */
  synchronized CompletionStage<?> attempt() {
    return connection == null ? CompletableFuture.completedFuture(null) : connection;
  }

  private CompletableFuture<StatefulRedisConnection<String, String>> connectElsewhere() {
    return CompletableFuture.supplyAsync(connector, task -> THREADS.newThread(task).start())
        .thenCompose(stage -> stage);
  }

  /** One that broke is closed here, unless it is somebody else's. */
  private boolean isOpen(CompletableFuture<StatefulRedisConnection<String, String>> connection) {
    if (connection.isCompletedExceptionally()) {
      return false;
    }
    StatefulRedisConnection<String, String> link = connection.join();
    if (link.isOpen() || lent) {
      return true;
    }
    var unused = link.closeAsync();
    return false;
  }

  @Override
  public void close() {
    CompletableFuture<StatefulRedisConnection<String, String>> last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      last = connection;
    }
    if (owned != null) {
      shutDown(owned, last);
    } else if (last != null && !lent) {
      var unused = last.thenCompose(StatefulRedisConnection::closeAsync);
    }
  }

  /** Not under the feet of who connects with it. */
  private static void shutDown(
      RedisClient client,
      @Nullable CompletableFuture<StatefulRedisConnection<String, String>> last) {
    CompletableFuture<?> attempt = last == null ? CompletableFuture.completedFuture(null) : last;
    var unused =
        attempt.whenComplete(
            (connection, failure) -> {
              var unusedToo = client.shutdownAsync(0, 1, TimeUnit.SECONDS);
            });
  }
}
