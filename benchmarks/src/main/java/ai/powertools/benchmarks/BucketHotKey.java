package ai.powertools.benchmarks;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Bucket4j's bucket on Redis, by its client for Lettuce: read, compare and swap, again if lost. */
final class BucketHotKey implements HotKey {
  private final RedisClient client;
  private final Bucket bucket;

  private BucketHotKey(RedisClient client, Bucket bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /**
   * A connection of its own.
   *
   * @param optimization what is decided without asking Redis each time
   */
  static BucketHotKey on(URI redis, String key, Optimization optimization) {
    RedisClient client = RedisClient.create(redis.toString());
    ProxyManager<byte[]> buckets = Bucket4jLettuce.casBasedBuilder(client).build();
    Bucket bucket =
        buckets
            .builder()
            .withOptimization(optimization)
            .build(key.getBytes(StandardCharsets.UTF_8), BucketHotKey::plenty);
    return new BucketHotKey(client, bucket);
  }

  private static BucketConfiguration plenty() {
    return BucketConfiguration.builder()
        .addLimit(
            limit ->
                limit.capacity(HotKeys.BURST).refillGreedy(HotKeys.AMOUNT, Duration.ofSeconds(1)))
        .build();
  }

  @Override
  public boolean take() {
    return bucket.tryConsume(1);
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }
}
