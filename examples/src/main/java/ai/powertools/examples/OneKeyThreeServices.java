package ai.powertools.examples;

import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.Limits;
import ai.powertools.ratelimit.Permit;
import ai.powertools.ratelimit.Priority;
import ai.powertools.ratelimit.RateLimiter;
import ai.powertools.ratelimit.RateLimiterBuilder;
import ai.powertools.ratelimit.Sharing;
import ai.powertools.ratelimit.shared.InMemoryLimits;
import ai.powertools.ratelimit.shared.SharedLimits;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Three services with one key of a provider: each for itself, each with a third, and all by shared
 * limits. Ten minutes on a clock that is turned by hand. In the place of {@code InMemoryLimits}:
 * {@code RedisLimits.at(URI.create("redis://…")).open()}, or {@code PostgresLimits}.
 */
public final class OneKeyThreeServices {
  /** What the provider gives the key. */
  public static final Limits KEY = Limits.perMinute(600, 600_000);

  private OneKeyThreeServices() {}

  public static void main(String[] arguments) {
    VirtualClock clock = VirtualClock.create();
    System.out.println("each for itself: " + run(clock, limiter(KEY, clock)));
    System.out.println("a third each:    " + run(clock, limiter(KEY.scaled(1 / 3.0), clock)));
    try (SharedLimits shared = InMemoryLimits.on(clock)) {
      System.out.println("shared:          " + run(clock, sharing(shared, clock)));
    }
  }

  /** Limiters that know of no others. */
  public static Limiters limiter(Limits limits, VirtualClock clock) {
    return name -> builder(name, clock).limits(limits).build();
  }

  /** Limiters that share the limits of the key. */
  public static Limiters sharing(SharedLimits shared, VirtualClock clock) {
    return name ->
        builder(name, clock).limits(KEY).shared(shared, "openai", Sharing.locally(1 / 3.0)).build();
  }

  private static RateLimiterBuilder builder(String name, VirtualClock clock) {
    return RateLimiter.builder().name(name).time(clock).executor(Runnable::run);
  }

  /** Ten minutes of the three services, with such limiters. */
  public static String run(VirtualClock clock, Limiters limiters) {
    Vendor vendor = new Vendor(clock);
    Service chat = new Service(limiters.of("chat"), vendor, clock);
    Service search = new Service(limiters.of("search"), vendor, clock);
    Service reports = new Service(limiters.of("reports"), vendor, clock);
    chat.every(Duration.ofSeconds(1), Demand.tokens(500).priority(Priority.HIGH));
    search.every(Duration.ofMillis(250), Demand.tokens(500));
    reports.atOnce(10_000, Demand.tokens(500).priority(Priority.LOW));
    clock.advance(Duration.ofMinutes(10));
    return "%d answers a minute, %d refused; chat %s, search %s, reports %s"
        .formatted(vendor.answered / 10, vendor.refused / 10, chat, search, reports);
  }

  /** Makes the limiter of a service. */
  public interface Limiters {
    /** The one of this name. */
    RateLimiter of(String name);
  }

  /** The provider, which counts for itself, and says no with a 429. */
  public static final class Vendor {
    private final RateLimiter limiter;
    private int answered;
    private int refused;

    /** On this clock. */
    public Vendor(VirtualClock clock) {
      limiter = RateLimiter.builder().limits(KEY).time(clock).build();
    }

    /** Whether it answers. */
    boolean call(Demand demand) {
      boolean answers = limiter.tryTake(demand);
      answered += answers ? 1 : 0;
      refused += answers ? 0 : 1;
      return answers;
    }
  }

  /** A service that makes calls under its limiter. */
  public static final class Service {
    private final RateLimiter limiter;
    private final Vendor vendor;
    private final VirtualClock clock;
    private final List<Duration> waits = new ArrayList<>();

    /** One that has made no calls. */
    public Service(RateLimiter limiter, Vendor vendor, VirtualClock clock) {
      this.limiter = limiter;
      this.vendor = vendor;
      this.clock = clock;
    }

    /** A call now, and one after each gap for ten minutes. */
    public void every(Duration gap, Demand demand) {
      for (Duration at = Duration.ZERO; at.toMinutes() < 10; at = at.plus(gap)) {
        clock.after(at, () -> call(demand));
      }
    }

    /** So many calls now. */
    public void atOnce(int calls, Demand demand) {
      for (int i = 0; i < calls; i++) {
        call(demand);
      }
    }

    private void call(Demand demand) {
      long asked = clock.nanos();
      var unused = limiter.acquireAsync(demand).thenAccept(permit -> send(permit, demand, asked));
    }

    private void send(Permit permit, Demand demand, long asked) {
      waits.add(Duration.ofNanos(clock.nanos() - asked));
      if (vendor.call(demand)) {
        clock.after(Duration.ofSeconds(2), permit::close); // the answer takes a while
      } else {
        permit.close();
      }
    }

    /** How many calls it made in a minute, and the longest wait. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d (up to %.1f s)",
          waits.size() / 10,
          waits.isEmpty() ? 0 : Collections.max(waits).toMillis() / 1e3);
    }
  }
}
