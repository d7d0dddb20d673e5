package ai.powertools.benchmarks;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.URI;
import java.time.Duration;

/** A bare count: one round trip a decision and nothing decided, the least that asking takes. */
final class CountingHotKey implements HotKey {
  private final RedisClient client;
  private final RedisCommands<String, String> commands;
  private final String key;

  private CountingHotKey(RedisClient client, RedisCommands<String, String> commands, String key) {
    this.client = client;
    this.commands = commands;
    this.key = key;
  }

  /** A connection of its own. */
  static CountingHotKey on(URI redis, String key) {
    RedisClient client = RedisClient.create(redis.toString());
    return new CountingHotKey(client, client.connect().sync(), key);
  }

  @Override
  public boolean take() {
    return commands.incr(key) <= HotKeys.BURST;
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }
}
