package ai.powertools.ratelimit;

import ai.powertools.core.Threads;
import ai.powertools.core.Time;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Sets a {@link RateLimiter} up. Without any limit it lets everything through. For one kind and one
 * window the last limit given counts; several windows, such as a minute and a day, hold together.
 *
 * <p>Not safe for use by several threads.
 */
public final class RateLimiterBuilder {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Map<Key, Rate> rates = new LinkedHashMap<>();
  private String name = "limiter";
  private int concurrency = Integer.MAX_VALUE;
  private double share = 1.0 / 60;
  private Time time = Time.system();
  private Executor executor = task -> Callbacks.EXECUTOR.execute(task);

  RateLimiterBuilder() {}

  private record Key(Limit.Kind kind, Duration window) {}

  /**
   * @param burst in units; zero for the limiter's share
   */
  private record Rate(long amount, long burst) {}

  /** Where futures complete: a task of theirs may take as long as it likes, and holds up nobody. */
  private static final class Callbacks {
    static final Executor EXECUTOR = Threads.perTask("limiter");
  }

  /** What the limiter is called in messages. */
  public RateLimiterBuilder name(String name) {
    this.name = name;
    return this;
  }

  /** So many requests per minute. */
  public RateLimiterBuilder requestsPerMinute(long requests) {
    return requestsPer(requests, MINUTE);
  }

  /** So many tokens per minute. */
  public RateLimiterBuilder tokensPerMinute(long tokens) {
    return tokensPer(tokens, MINUTE);
  }

  /**
   * So many requests per window.
   *
   * @throws IllegalArgumentException if {@code requests} is less than one, or the window is empty
   *     or longer than ten years; likewise for the other limits
   */
  public RateLimiterBuilder requestsPer(long requests, Duration window) {
    return limit(Limit.Kind.REQUESTS, requests, window, 0);
  }

  /** So many requests per window, up to {@code burst} of them at once. */
  public RateLimiterBuilder requestsPer(long requests, Duration window, long burst) {
    return limit(Limit.Kind.REQUESTS, requests, window, Limit.requireCount("A burst", burst, 1));
  }

  /** So many tokens per window. */
  public RateLimiterBuilder tokensPer(long tokens, Duration window) {
    return limit(Limit.Kind.TOKENS, tokens, window, 0);
  }

  /** So many tokens per window, up to {@code burst} of them at once. */
  public RateLimiterBuilder tokensPer(long tokens, Duration window, long burst) {
    return limit(Limit.Kind.TOKENS, tokens, window, Limit.requireCount("A burst", burst, 1));
  }

  private RateLimiterBuilder limit(Limit.Kind kind, long amount, Duration window, long burst) {
    Limit checked = new Limit(kind, amount, window, Math.max(1, burst));
    rates.put(new Key(kind, checked.window()), new Rate(amount, burst));
    return this;
  }

  /**
   * So many calls at once.
   *
   * @throws IllegalArgumentException if {@code calls} is less than one
   */
  public RateLimiterBuilder concurrency(int calls) {
    this.concurrency = (int) Limit.requireCount("A concurrency", calls, 1);
    return this;
  }

  /**
   * How much of a limit may be taken at once, for limits without a burst of their own; at least one
   * request or token. The default is a sixtieth, what a limit per minute lets through in a second:
   * OpenAI warns that "60,000 requests/minute may be enforced as 1,000 requests/second". One, for
   * vendors who let a whole window's worth come at once, means up to twice the limit within one
   * window, once, after a rest.
   *
   * @param share more than zero, one at most
   * @throws IllegalArgumentException if it is anything else
   */
  public RateLimiterBuilder burst(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("A burst is a share of (0, 1], not " + share + ".");
    }
    this.share = share;
    return this;
  }

  /** The clock to go by; the default is the system's. */
  public RateLimiterBuilder time(Time time) {
    this.time = time;
    return this;
  }

  /**
   * Where the futures of {@link RateLimiter#acquireAsync} complete, when they had to wait, and so
   * where what was hung on them runs. The default is a thread of its own for each. On {@code
   * Runnable::run} they complete on the thread that turned the clock or closed a permit; what hangs
   * on them must then be short.
   */
  public RateLimiterBuilder executor(Executor executor) {
    this.executor = executor;
    return this;
  }

  /** The limiter, all of its bursts there for the taking. */
  public RateLimiter build() {
    List<Limit> limits =
        rates.entrySet().stream().map(entry -> limit(entry.getKey(), entry.getValue())).toList();
    return new RateLimiter(new Gate(name, limits, concurrency, time), executor);
  }

  private Limit limit(Key key, Rate rate) {
    long burst = rate.burst() > 0 ? rate.burst() : Math.max(1, (long) (rate.amount() * share));
    return new Limit(key.kind(), rate.amount(), key.window(), burst);
  }
}
