package ai.powertools.session;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Time;
import ai.powertools.session.spi.SessionStore;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How Redis is used in front of a store. Immutable. */
public final class RedisSessionCacheBuilder {
  private final Supplier<Client> client;
  private final String location;
  private final Duration ttl;
  private final Duration timeout;
  private final String prefix;
  private final Time time;

  private record Client(
      @Nullable RedisClient owned,
      Supplier<CompletionStage<StatefulRedisConnection<byte[], byte[]>>> connector) {}

  private RedisSessionCacheBuilder(
      Supplier<Client> client,
      String location,
      Duration ttl,
      Duration timeout,
      String prefix,
      Time time) {
    this.client = client;
    this.location = location;
    this.ttl = ttl;
    this.timeout = timeout;
    this.prefix = prefix;
    this.time = time;
  }

  static RedisSessionCacheBuilder of(URI redis) {
    RedisURI uri = parse(redis);
    return of(
        () -> {
          RedisClient client = RedisClient.create();
          // What is lost is not sent again: the store is asked meanwhile.
          client.setOptions(
              ClientOptions.builder()
                  .autoReconnect(false)
                  .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                  .build());
          return new Client(client, () -> client.connectAsync(ByteArrayCodec.INSTANCE, uri));
        },
        "Redis at " + uri.getHost() + ":" + uri.getPort());
  }

  static RedisSessionCacheBuilder of(RedisClient redis) {
    return of(
        () ->
            new Client(
                null,
                () -> CompletableFuture.supplyAsync(() -> redis.connect(ByteArrayCodec.INSTANCE))),
        "Redis");
  }

  private static RedisSessionCacheBuilder of(Supplier<Client> client, String location) {
    return new RedisSessionCacheBuilder(
        client,
        location,
        Duration.ofSeconds(30),
        Duration.ofMillis(50),
        "powertools:session:",
        Time.system());
  }

  /** Its own error would quote the password. */
  private static RedisURI parse(URI redis) {
    try {
      return RedisURI.create(redis);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "\"" + redis.getScheme() + ":…\" is no address of a Redis: give redis://host:port.");
    }
  }

  /**
   * How long a value may stay in Redis, 30 s unless it is said: the bound of what a writer that
   * can't reach Redis leaves others with.
   *
   * @throws IllegalArgumentException if it is shorter than a millisecond
   */
  public RedisSessionCacheBuilder ttl(Duration ttl) {
    return new RedisSessionCacheBuilder(client, location, positive(ttl), timeout, prefix, time);
  }

  /**
   * How long an answer of Redis is waited for, 50 ms unless it is said. Who writes keeps all others
   * of the store waiting meanwhile.
   *
   * @throws IllegalArgumentException if it is shorter than a millisecond
   */
  public RedisSessionCacheBuilder timeout(Duration timeout) {
    return new RedisSessionCacheBuilder(client, location, ttl, positive(timeout), prefix, time);
  }

  /**
   * What its keys begin with: one for each store, {@code powertools:session:} unless it is said.
   */
  public RedisSessionCacheBuilder prefix(String prefix) {
    return new RedisSessionCacheBuilder(client, location, ttl, timeout, prefix, time);
  }

  RedisSessionCacheBuilder time(Time time) {
    return new RedisSessionCacheBuilder(client, location, ttl, timeout, prefix, time);
  }

  /**
   * Puts Redis in front of a store, which is closed with the result. Also when Redis is not there:
   * then the store answers until it is.
   */
  public SessionStore front(SessionStore store) {
    Client made = client.get();
    RedisLink link = new RedisLink(made.connector(), made.owned(), timeout, time);
    link.start();
    return new RedisSessionCache(
        store, link, new RedisScripts(link, prefix, ttl), location, time, ttl);
  }

  private static Duration positive(Duration duration) {
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException("Redis takes times of 1 ms or more, not " + duration);
    }
    return duration;
  }
}
