package ai.powertools.ratelimit.shared;

import ai.powertools.core.Time;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * A process that takes as much as it can and prints what it was granted: one line per grant, before
 * it goes on, with the server's time in microseconds when it may be used, and the amount. Its own
 * clock plays no part.
 */
final class LimitedProcess {
  static final String KEY = "shared";
  static final Duration WINDOW = Duration.ofSeconds(1);
  static final Limit LIMIT = Limit.of(Dimension.TOKENS, 600, WINDOW).burst(60);
  static final int PLACES = 4;
  static final Duration TTL = Duration.ofMillis(1_500);
  static final Limits LIMITS = Limits.of(LIMIT).concurrency(PLACES);

  private LimitedProcess() {}

  static SharedLimits open(String where) {
    Duration patience = Duration.ofSeconds(10);
    if (where.startsWith("redis:")) {
      return RedisLimits.at(URI.create(where)).timeout(patience).open();
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(where);
    config.setMaximumPoolSize(2);
    return PostgresLimits.at(new HikariDataSource(config)).migrate().timeout(patience).open();
  }

  /**
   * @param arguments where the limits are; the name of the process
   */
  public static void main(String[] arguments) throws InterruptedException {
    SharedLimits shared = open(arguments[0]);
    Map<Dimension, Long> amounts = Map.of(Dimension.TOKENS, 7L);
    SharedTake take = SharedTake.of(KEY, LIMITS, amounts).within(Duration.ofMillis(200));
    System.out.println("started");
    for (long i = 0; ; i++) {
      String lease = arguments[1] + " " + i;
      try {
        Grant grant = shared.take(take.holding(lease, TTL)).join();
        if (grant.granted()) {
          // The stamp is when it may be used; it is later only where two share a microsecond.
          System.out.println("granted " + grant.stamp() + " " + amounts.get(Dimension.TOKENS));
          Time.system().sleep(grant.delay());
          shared.release(KEY, lease).join();
        } else {
          Time.system().sleep(Duration.ofMillis(3));
        }
      } catch (CompletionException e) {
        System.out.println("failed " + e.getMessage());
      }
    }
  }
}
