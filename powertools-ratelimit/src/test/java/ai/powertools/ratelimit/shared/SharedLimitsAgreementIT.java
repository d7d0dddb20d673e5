package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.testing.PostgresExtension;
import ai.powertools.testing.RandomInput;
import ai.powertools.testing.RedisExtension;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The servers decide to the microsecond as memory does, whose law is proved by {@link
 * SharedLimitsProperties}: random takes, returns, pauses and places, on a clock that is sometimes
 * set back.
 */
@ExtendWith({RedisExtension.class, PostgresExtension.class})
class SharedLimitsAgreementIT {
  private static final int STEPS = 60;

  private final AtomicLong now = new AtomicLong(1_700_000_000_000_000L);

  @Test
  void redisDecidesAsMemoryDoes(URI redis) {
    try (SharedLimits server =
        RedisLimits.at(redis).timeout(Duration.ofSeconds(20)).clock(() -> "" + now.get()).open()) {
      compare(server, 60);
    }
  }

  @Test
  void postgresDecidesAsMemoryDoes(DataSource database) {
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(database);
    pool.setMaximumPoolSize(2);
    try (pool;
        SharedLimits server =
            PostgresLimits.at(pool)
                .migrate()
                .timeout(Duration.ofSeconds(20))
                .clock(now::get)
                .open()) {
      compare(server, 40);
    }
  }

  private void compare(SharedLimits server, int cases) {
    RandomInput.check(
        RandomInput.size("powertools.test.shared.agreement", cases),
        random -> {
          now.addAndGet(TimeUnit.DAYS.toMicros(1));
          compare(server, random, RandomTakes.of(random, "key " + System.nanoTime()));
        });
  }

  private void compare(SharedLimits server, RandomInput random, RandomTakes takes)
      throws Exception {
    SharedLimits memory = InMemoryLimits.on(now::get);
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      now.addAndGet(Question.micros(takes.pause()));
      if (random.chance(0.1)) {
        now.addAndGet(-Question.micros(takes.pause()));
      }
      String lease = "lease " + random.ints(0, 8);
      switch (random.ints(0, 12)) {
        case 0 -> {
          Duration pause = takes.pause();
          for (SharedLimits limits : List.of(memory, server)) {
            get(limits.backOff(takes.key(), pause));
          }
        }
        case 1 -> {
          for (SharedLimits limits : List.of(memory, server)) {
            get(limits.renew(takes.key(), List.of(lease), RandomTakes.TTL));
          }
        }
        case 2 -> {
          for (SharedLimits limits : List.of(memory, server)) {
            get(limits.release(takes.key(), lease));
          }
        }
        case 3, 4, 5 -> {
          if (!grants.isEmpty()) {
            Grant grant = random.oneOf(grants);
            Map<Dimension, Long> part = takes.part(grant.amounts());
            for (SharedLimits limits : List.of(memory, server)) {
              get(limits.giveBack(takes.key(), takes.limits(), part, grant.stamp()));
            }
          }
        }
        default -> {
          SharedTake take = takes.take(lease);
          Grant expected = get(memory.take(take));
          assertThat(get(server.take(take))).as("step %d: %s", i, take).isEqualTo(expected);
          if (expected.granted()) {
            grants.add(expected);
          }
        }
      }
    }
  }

  private static <T> T get(java.util.concurrent.CompletableFuture<T> future) throws Exception {
    return SharedLimitsContract.get(future);
  }
}
