package ai.powertools.ratelimit.shared;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is made when it is needed, and again when it broke. Never blocks.
 *
 * <p>Safe for use by many threads.
 */
final class RedisLink implements AutoCloseable {
  private final Supplier<CompletionStage<StatefulRedisConnection<String, String>>> connector;
  private final @Nullable RedisClient owned;
  private final boolean lent;
  private @Nullable CompletableFuture<StatefulRedisConnection<String, String>> connection;
  private boolean closed;

  /**
   * @param owned what is shut down with it, connections and all
   * @param lent whether the connection is somebody else's, who sees to it
   */
  private RedisLink(
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
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .build());
    uri.setTimeout(Duration.ofSeconds(2));
    return new RedisLink(() -> client.connectAsync(StringCodec.UTF8, uri), client, false);
  }

  static RedisLink by(RedisClient client) {
    return new RedisLink(
        () -> CompletableFuture.supplyAsync(() -> client.connect(StringCodec.UTF8)), null, false);
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
      now = connector.get().toCompletableFuture();
      connection = now;
    }
    return now;
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
      var unused = owned.shutdownAsync(0, 1, TimeUnit.SECONDS);
    } else if (last != null && !lent) {
      var unused = last.thenCompose(StatefulRedisConnection::closeAsync);
    }
  }
}
