package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import ai.powertools.testing.RedisProcess;
import ai.powertools.testing.VirtualClock;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is of Redis alone: scripts, keys, connections, and a Redis that is slow or away. */
class RedisLimitsIT {
  private static final Limit LIMIT =
      Limit.of(Dimension.REQUESTS, 60, Duration.ofMinutes(1)).burst(1);
  private static final Limits LIMITS = Limits.of(LIMIT).concurrency(2);

  private static RedisProcess redis;
  private static RedisClient client;
  private static StatefulRedisConnection<String, String> connection;
  private static RedisCommands<String, String> commands;

  private final String key = "key " + System.nanoTime();
  private final SharedTake take =
      SharedTake.of(key, LIMITS, Map.of(Dimension.REQUESTS, 1L))
          .holding("lease", Duration.ofSeconds(20));

  @BeforeAll
  static void start() {
    redis = RedisProcess.start();
    connect();
  }

  private static void connect() {
    client = RedisClient.create(redis.uri().toString());
    connection = client.connect();
    commands = connection.sync();
  }

  @AfterAll
  static void stop() {
    client.shutdown();
    redis.close();
  }

  private static RedisLimits open() {
    return RedisLimits.at(redis.uri()).timeout(Duration.ofSeconds(20)).open();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return SharedLimitsContract.get(future);
  }

  @Test
  void sendsAScriptThatRedisHasForgotten() throws Exception {
    try (RedisLimits shared = open()) {
      commands.scriptFlush();
      assertThat(get(shared.take(take)).granted()).isTrue();
      commands.scriptFlush();
      assertThat(get(shared.take(take)).granted()).isFalse();
    }
  }

  @Test
  void itsKeysAreInOneSlotAndLapse() throws Exception {
    try (RedisLimits shared =
        RedisLimits.at(redis.uri()).prefix("mine:").timeout(Duration.ofSeconds(20)).open()) {
      get(shared.take(take));
      assertThat(commands.keys("mine:*" + key + "*"))
          .containsExactlyInAnyOrder("mine:{" + key + "}:level", "mine:{" + key + "}:places");
      assertThat(commands.pttl("mine:{" + key + "}:level")).isBetween(1L, 2_001L);
      assertThat(commands.pttl("mine:{" + key + "}:places")).isBetween(10_000L, 21_001L);
      get(shared.backOff(key, Duration.ofMinutes(1)));
      assertThat(commands.pttl("mine:{" + key + "}:level")).isBetween(50_000L, 61_001L);
    }
  }

  @Test
  void worksWithAClientOrAConnectionOfOnesOwnAndLeavesItOpen() throws Exception {
    try (RedisLimits one = RedisLimits.at(client).timeout(Duration.ofSeconds(20)).open();
        RedisLimits other = RedisLimits.at(connection).timeout(Duration.ofSeconds(20)).open()) {
      assertThat(get(one.take(take)).granted()).isTrue();
      assertThat(get(other.take(take)).granted()).isFalse();
      assertThat(one).hasToString("limits in Redis");
    }
    assertThat(commands.ping()).isEqualTo("PONG");
    assertThat(client.connect().sync().ping()).isEqualTo("PONG");
  }

  @Test
  void failsWhileRedisIsAwayAndGoesOnWhenItIsBack() throws Exception {
    try (RedisLimits shared = open()) {
      assertThat(get(shared.take(take)).granted()).isTrue();
      redis.kill();
      try {
        assertThatThrownBy(() -> get(shared.take(take)))
            .cause()
            .isInstanceOf(SharedLimitsException.class)
            .hasMessageStartingWith("Could not take from \"" + key + "\" by Redis at 127.0.0.1:")
            .hasMessageEndingWith("Check that it is there and can be reached.");
      } finally {
        redis.restart();
        client.shutdown();
        connect();
      }
      assertThat(askUntilAnswered(shared).granted()).isTrue();
    }
  }

  /** The first question may find out that the old connection is dead. */
  private Grant askUntilAnswered(RedisLimits shared) throws Exception {
    for (int i = 0; ; i++) {
      try {
        return get(shared.take(take));
      } catch (ExecutionException e) {
        if (i == 100) {
          throw e;
        }
      }
    }
  }

  @Test
  void whatIsAnsweredTooLateIsUndone() throws Exception {
    VirtualClock clock = VirtualClock.create();
    try (RedisLimits shared = RedisLimits.at(redis.uri()).time(clock).open()) {
      get(shared.backOff("another", Duration.ZERO)); // connects
      commands.clientPause(300);
      CompletableFuture<Grant> late = shared.take(take);
      clock.advance(Duration.ofMillis(500));
      assertThatThrownBy(() -> get(late))
          .cause()
          .isInstanceOfSatisfying(
              SharedLimitsException.class, e -> assertThat(e.retryable()).isTrue())
          .hasMessageContaining("no answer in time");
      String tagged = "powertools:limit:{" + key + "}";
      await(() -> commands.exists(tagged + ":level") == 1);
      await(() -> commands.exists(tagged + ":places") == 0);
    }
  }

  /** Each question is a round trip, so it does not spin. */
  private static void await(BooleanSupplier condition) {
    for (int i = 0; i < 50_000 && !condition.getAsBoolean(); i++) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void doesNotSayThePassword() {
    URI address = URI.create("redis://user:s3cret@127.0.0.1:1/0");
    try (RedisLimits shared = RedisLimits.at(address).timeout(Duration.ofSeconds(20)).open()) {
      assertThat(shared).hasToString("limits in Redis at 127.0.0.1:1");
      assertThatThrownBy(() -> get(shared.take(take)))
          .cause()
          .hasMessageNotContaining("s3cret")
          .hasMessageContaining("127.0.0.1");
    }
    assertThatThrownBy(() -> RedisLimits.at(URI.create("http://user:s3cret@host:1")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("\"http:…\" is no address of a Redis: give redis://host:port.");
    assertThatThrownBy(() -> RedisLimits.at(address).timeout(Duration.ofNanos(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An answer takes 1 ms or more, not PT0.000000001S.");
  }
}
