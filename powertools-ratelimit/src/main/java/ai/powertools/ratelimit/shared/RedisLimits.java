package ai.powertools.ratelimit.shared;

import ai.powertools.core.ConfigurationException;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limits;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Limits that several processes share in Redis, 5 or later: one script per decision, on the clock
 * of Redis. Needs {@code io.lettuce:lettuce-core} on the class path.
 *
 * <p>A limiter has two keys, both in one slot of a cluster, and both lapse when they say no more
 * than their absence would. A Redis that loses them, by an eviction or a failover, lets through a
 * burst (of a sliding window, a whole amount) once more; so does one whose clock jumps ahead. One
 * whose clock is set back goes on from there.
 *
 * <p>An answer that comes after the timeout is undone. Safe for use by many threads.
 */
public final class RedisLimits implements SharedLimits {
  private final RedisScripts redis;
  private final String prefix;
  private final Patience patience;

  RedisLimits(RedisScripts redis, String prefix, Patience patience) {
    this.redis = redis;
    this.prefix = prefix;
    this.patience = patience;
  }

  /**
   * A Redis by its address, {@code redis://…} or {@code rediss://…}.
   *
   * @throws ConfigurationException if Lettuce is not on the class path, or it is no such address
   */
  public static RedisLimitsBuilder at(URI redis) {
    try {
      RedisURI uri = parse(redis);
      return RedisLimitsBuilder.of(
          () -> RedisLink.to(uri), "Redis at " + uri.getHost() + ":" + uri.getPort());
    } catch (NoClassDefFoundError e) {
      throw new ConfigurationException(
          "Shared limits in Redis need Lettuce, which is not on the class path: add"
              + " io.lettuce:lettuce-core.",
          e);
    }
  }

  /** A Redis by a client of one's own, which the caller shuts down. */
  public static RedisLimitsBuilder at(RedisClient redis) {
    return RedisLimitsBuilder.of(() -> RedisLink.by(redis), "Redis");
  }

  /** A Redis by a connection of one's own, which the caller closes. */
  public static RedisLimitsBuilder at(StatefulRedisConnection<String, String> redis) {
    return RedisLimitsBuilder.of(() -> RedisLink.over(redis), "Redis");
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

  @Override
  public CompletableFuture<Grant> take(SharedTake take) {
    Question question = Question.of(take.limits());
    long[] least = question.counted(take.least());
    long[] most = question.counted(take.most());
    List<String> values = new ArrayList<>();
    values.add("");
    values.add("" + Question.micros(take.ahead()));
    values.add(
        take.limits().concurrency().isPresent() ? "" + take.limits().concurrency().getAsInt() : "");
    values.add(take.lease().orElse(""));
    values.add("" + Question.micros(take.ttl()));
    values.add("" + least.length);
    for (int i = 0; i < least.length; i++) {
      values.add("" + least[i]);
      values.add("" + most[i]);
    }
    addLimits(question, values);
    return patiently(
        "take from \"" + take.key() + "\"",
        redis
            .run(RedisScripts.TAKE, keys(take.key()), values.toArray(String[]::new))
            .thenApply(answer -> grant(take, question, answer)),
        grant -> Undo.late(this, take, grant));
  }

  private static Grant grant(SharedTake take, Question question, List<Object> answer) {
    long[] numbers = answer.stream().mapToLong(number -> (Long) number).toArray();
    long[] taken = new long[Math.max(0, numbers.length - 5)];
    System.arraycopy(numbers, 5, taken, 0, taken.length);
    return question.answered(take, numbers, taken);
  }

  private static void addLimits(Question question, List<String> values) {
    for (ExactLimit limit : question.limits()) {
      values.add(limit.id());
      values.add(limit.isWindow() ? "w" : "b");
      values.add("" + (question.dimensionOf(limit) + 1));
      values.add("" + limit.inflow());
      values.add("" + limit.period());
      values.add("" + limit.window());
      values.add("" + limit.most());
      values.add("" + limit.slot());
    }
  }

  @Override
  public CompletableFuture<Void> giveBack(
      String key, Limits limits, Map<Dimension, Long> amounts, long stamp) {
    Question question = Question.of(limits);
    long[] counts = question.counted(amounts);
    List<String> values = new ArrayList<>(List.of("", "" + stamp, "" + counts.length));
    for (long count : counts) {
      values.add("" + count);
    }
    addLimits(question, values);
    return done(
        "give back to \"" + key + "\"", RedisScripts.GIVE_BACK, key, values.toArray(String[]::new));
  }

  @Override
  public CompletableFuture<Void> renew(String key, List<String> leases, Duration ttl) {
    List<String> values = new ArrayList<>(List.of("", "" + Question.micros(ttl)));
    values.addAll(leases);
    return done(
        "renew places of \"" + key + "\"", RedisScripts.RENEW, key, values.toArray(String[]::new));
  }

  @Override
  public CompletableFuture<Void> release(String key, String lease) {
    return patiently(
            "release a place of \"" + key + "\"",
            redis.removePlace(keys(key)[1], lease),
            removed -> {})
        .thenAccept(removed -> {});
  }

  @Override
  public CompletableFuture<Void> backOff(String key, Duration pause) {
    return done(
        "close \"" + key + "\"", RedisScripts.BACK_OFF, key, "", "" + Question.microsUp(pause));
  }

  private CompletableFuture<Void> done(
      String what, RedisScripts.Script script, String key, String... values) {
    return patiently(what, redis.run(script, keys(key), values), answer -> {})
        .thenAccept(answer -> {});
  }

  /** Connecting is no part of an answer; who cannot wait for it gives up by itself. */
  private <T> CompletableFuture<T> patiently(
      String what, CompletionStage<T> answer, Consumer<T> late) {
    return patience.with(what, redis.link().attempt(), answer, late);
  }

  /** The tag keeps them together in a cluster. */
  private String[] keys(String key) {
    String tagged = prefix + "{" + key + "}";
    return new String[] {tagged + ":level", tagged + ":places"};
  }

  @Override
  public void close() {
    redis.link().close();
  }

  @Override
  public String toString() {
    return "limits in " + patience.where();
  }
}
