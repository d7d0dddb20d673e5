package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import ai.powertools.testing.PostgresExtension;
import ai.powertools.testing.RedisExtension;
import ai.powertools.testing.VirtualClock;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients whose clocks are years apart, run fast, or stand, share a limit by the server's. */
class ClockSkewIT {
  private static final Limit LIMIT =
      Limit.of(Dimension.REQUESTS, 1_000, Duration.ofSeconds(1)).burst(20);

  @Test
  @ExtendWith(RedisExtension.class)
  void doesNotMatterToRedis(URI redis) throws Exception {
    prove(clock -> RedisLimits.at(redis).time(clock).open());
  }

  @Test
  @ExtendWith(PostgresExtension.class)
  void doesNotMatterToPostgres(DataSource database) throws Exception {
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setDataSource(database);
      pool.setMaximumPoolSize(3);
      PostgresLimitsBuilder limits = PostgresLimits.at(pool).migrate();
      prove(clock -> limits.time(clock).open());
    }
  }

  private static void prove(Function<VirtualClock, SharedLimits> client) throws Exception {
    List<VirtualClock> clocks =
        List.of(
            VirtualClock.at(Instant.parse("1990-01-01T00:00:00Z")),
            VirtualClock.at(Instant.parse("2026-01-01T00:00:00Z")),
            VirtualClock.at(Instant.parse("2090-01-01T00:00:00Z")));
    List<SharedLimits> clients = clocks.stream().map(client).toList();
    SharedTake take =
        SharedTake.of("skew", Limits.of(LIMIT), Map.of(Dimension.REQUESTS, 1L))
            .within(Duration.ofMillis(5));
    List<Long> stamps = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Grant grant = SharedLimitsContract.get(clients.get(i % clients.size()).take(take));
      clocks.get(2).advance(Duration.ofHours(3));
      if (grant.granted()) {
        stamps.add(grant.stamp());
      }
    }
    clients.forEach(SharedLimits::close);
    assertThat(stamps).isSorted().hasSizeGreaterThan(20);
    for (int last = 0; last < stamps.size(); last++) {
      for (int first = 0; first <= last; first++) {
        long span = stamps.get(last) - stamps.get(first);
        assertThat((long) last - first + 1)
            .as("in %d µs of the server", span)
            .isLessThanOrEqualTo(20 + span / 1_000);
      }
    }
  }
}
