package ai.powertools.session;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Time;
import ai.powertools.session.spi.SessionRows;
import ai.powertools.session.spi.SessionStore;
import ai.powertools.store.StoreException;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Answers single values from Redis, in front of a store that many machines share. Needs {@code
 * io.lettuce:lettuce-core} on the class path.
 *
 * <pre>{@code
 * Sessions.builder()
 *     .postgres(pool)
 *     .front(RedisSessionCache.in(URI.create("redis://localhost"))::front)
 *     .open();
 * }</pre>
 *
 * <p>While Redis is there, a read never gives what was replaced before it began: who writes tells
 * Redis which sessions before it commits, and until it has committed all others go to the store.
 * Everything that is kept is in the store; losing Redis, or what is in it, costs speed. When a
 * writer can't reach Redis while readers can, these may be given values that are at most as old as
 * {@link RedisSessionCacheBuilder#ttl} says; the writer's own process asks the store for that long.
 * A Redis that fails or is slow is left alone for a second.
 *
 * <p>What is in Redis is the records as the store has them, encrypted if they are. All who write to
 * the store have to do it through such a front, with the same prefix. Safe for use by many threads.
 */
public final class RedisSessionCache implements SessionStore {
  private final SessionStore store;
  private final RedisScripts redis;
  private final AutoCloseable link;
  private final String location;
  private final Time time;
  private final Duration ttl;

  /** Whether this thread is in a transaction, from where the store refuses to be called. */
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

  /** When this process last replaced values without telling Redis, if it ever did. */
  private volatile long blindSince;

  private volatile boolean blind;

  RedisSessionCache(
      SessionStore store,
      RedisLink link,
      RedisScripts redis,
      String location,
      Time time,
      Duration ttl) {
    this.store = store;
    this.link = link;
    this.redis = redis;
    this.location = location;
    this.time = time;
    this.ttl = ttl;
  }

  /**
   * A Redis by its address, {@code redis://…} or {@code rediss://…}.
   *
   * @throws ConfigurationException if Lettuce is not on the class path, or it is no such address
   */
  public static RedisSessionCacheBuilder in(URI redis) {
    try {
      return RedisSessionCacheBuilder.of(redis);
    } catch (NoClassDefFoundError e) {
      throw new ConfigurationException(
          "Redis in front of sessions needs Lettuce, which is not on the class path: add"
              + " io.lettuce:lettuce-core.",
          e);
    }
  }

  /** A Redis by a client of one's own, which the caller shuts down. */
  public static RedisSessionCacheBuilder in(RedisClient redis) {
    return RedisSessionCacheBuilder.of(redis);
  }

  @Override
  public Optional<FoundValue> find(String session, String name) {
    if (inside.get() || isBlind()) {
      return store.find(session, name);
    }
    Optional<RedisScripts.Answer> answer = redis.read(session, name);
    if (answer.isPresent() && answer.get().kind() == 'v') {
      Optional<FoundValue> cached = FoundValueBytes.decode(answer.get().bytes(), session, name);
      if (cached.isPresent()) {
        return cached;
      }
      redis.unmark(Set.of(session), ""); // not ours: out with it
    }
    Optional<FoundValue> found = store.find(session, name);
    if (answer.isPresent() && answer.get().kind() == 't') {
      found.ifPresent(
          value -> redis.fill(session, name, FoundValueBytes.encode(value), answer.get().bytes()));
    }
    return found;
  }

  @Override
  public <T> T write(Function<SessionRows, T> work) {
    String writer = UUID.randomUUID().toString();
    Set<String> marked = ConcurrentHashMap.newKeySet();
    boolean known = true;
    try {
      return store.write(rows -> run(rows, work, writer, marked));
    } catch (StoreException e) {
      known = e.kind() != StoreException.Kind.IN_DOUBT;
      throw e;
    } finally {
      // What may still come to be keeps its marks until they lapse.
      if (known && !marked.isEmpty() && !redis.unmark(marked, writer)) {
        becomeBlind();
      }
    }
  }

  private <T> T run(
      SessionRows rows, Function<SessionRows, T> work, String writer, Set<String> marked) {
    NotedRows noted = new NotedRows(rows);
    inside.set(true);
    T result;
    try {
      result = work.apply(noted);
    } finally {
      inside.remove();
    }
    marked.addAll(noted.changed());
    if (!redis.mark(noted.changed(), writer)) {
      becomeBlind();
    }
    return result;
  }

  @Override
  public <T> T read(Function<SessionRows, T> work) {
    return store.read(work);
  }

  private void becomeBlind() {
    blindSince = time.nanos();
    blind = true;
  }

  private boolean isBlind() {
    return blind && time.since(blindSince).compareTo(ttl) <= 0;
  }

  @Override
  public List<String> problems() {
    return store.problems();
  }

  @Override
  public List<String> leftByACrash() {
    return store.leftByACrash();
  }

  @Override
  public String location() {
    return store.location() + " behind " + location;
  }

  @Override
  public String toString() {
    return "sessions in " + location();
  }

  @Override
  public void close() {
    try {
      link.close();
    } catch (Exception e) {
      throw new SessionException("Could not close the connection to " + location + ".", e);
    } finally {
      store.close();
    }
  }
}
