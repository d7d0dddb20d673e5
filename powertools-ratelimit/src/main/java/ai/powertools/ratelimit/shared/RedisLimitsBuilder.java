package ai.powertools.ratelimit.shared;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.function.Supplier;

/** How limits are kept in Redis. Immutable. */
public final class RedisLimitsBuilder {
  private final Supplier<RedisLink> link;
  private final String location;
  private final String prefix;
  private final Duration timeout;
  private final Time time;
  private final Supplier<String> clock;

  private RedisLimitsBuilder(
      Supplier<RedisLink> link,
      String location,
      String prefix,
      Duration timeout,
      Time time,
      Supplier<String> clock) {
    this.link = link;
    this.location = location;
    this.prefix = prefix;
    this.timeout = timeout;
    this.time = time;
    this.clock = clock;
  }

  static RedisLimitsBuilder of(Supplier<RedisLink> link, String location) {
    return new RedisLimitsBuilder(
        link,
        location,
        "powertools:limit:",
        Duration.ofMillis(500),
        Time.system(),
        RedisScripts.SERVER_TIME);
  }

  /** What its keys begin with, {@code powertools:limit:} unless it is said. */
  public RedisLimitsBuilder prefix(String prefix) {
    return new RedisLimitsBuilder(link, location, prefix, timeout, time, clock);
  }

  /**
   * How long an answer is waited for, 500 ms unless it is said. Not counted is the time to connect:
   * two seconds at most, beside what a busy machine needs to load Lettuce for the first time.
   *
   * @throws IllegalArgumentException if it is shorter than a millisecond
   */
  public RedisLimitsBuilder timeout(Duration timeout) {
    if (timeout.toMillis() < 1) {
      throw new IllegalArgumentException("An answer takes 1 ms or more, not " + timeout + ".");
    }
    return new RedisLimitsBuilder(link, location, prefix, timeout, time, clock);
  }

  /** What the timeout is measured by; the default is the system's time. */
  public RedisLimitsBuilder time(Time time) {
    return new RedisLimitsBuilder(link, location, prefix, timeout, time, clock);
  }

  /** In place of the server's time: microseconds, for tests that compare. */
  RedisLimitsBuilder clock(Supplier<String> clock) {
    return new RedisLimitsBuilder(link, location, prefix, timeout, time, clock);
  }

  /** The limits, also when Redis is not there: then what is asked fails until it is. */
  public RedisLimits open() {
    return new RedisLimits(
        new RedisScripts(link.get(), clock), prefix, new Patience(location, timeout, time));
  }
}
