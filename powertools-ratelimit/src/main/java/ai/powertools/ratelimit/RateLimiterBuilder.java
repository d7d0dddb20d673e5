package ai.powertools.ratelimit;

import ai.powertools.core.Threads;
import ai.powertools.core.Time;
import ai.powertools.ratelimit.shared.SharedLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sets a {@link RateLimiter} up. Without any limit it lets everything through. For one dimension
 * and one window the last limit given counts; several windows, such as a minute and a day, hold
 * together.
 *
 * <p>Not safe for use by several threads.
 */
public final class RateLimiterBuilder {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Map<Subject, Given> given = new LinkedHashMap<>();
  private final List<LevelRule> levels = new ArrayList<>();
  private String name = "limiter";
  private OptionalInt concurrency = OptionalInt.empty();
  private double share = Limit.DEFAULT_SHARE;
  private int mostKeys = 100_000;
  private int mostWaiting = 10_000;
  private Shed shed = Shed.NEWEST;
  private Weights weights = Weights.DEFAULT;
  private GateSettings.@Nullable SharedBy shared;
  private Optional<String> providers = Optional.empty();
  private @Nullable Supplier<? extends ConcurrencyControl> concurrencyControl;
  private @Nullable Supplier<? extends RateControl> rateControl;
  private Duration lease = Duration.ofHours(1);
  private Consumer<LimiterEvent> listener = Outbox.NOBODY;
  private Time time = Time.system();
  private Executor executor = task -> Callbacks.EXECUTOR.execute(task);

  RateLimiterBuilder() {}

  private record Subject(Dimension dimension, Duration window, Counting counting) {}

  /**
   * @param asGiven whether its burst was chosen, and is not to be the limiter's share
   */
  private record Given(Limit limit, boolean asGiven) {}

  /** Where futures complete: a task of theirs may take as long as it likes, and holds up nobody. */
  private static final class Callbacks {
    static final Executor EXECUTOR = Threads.perTask("limiter");
  }

  /** What the limiter is called in messages. */
  public RateLimiterBuilder name(String name) {
    this.name = name;
    return this;
  }

  /**
   * So many requests per second.
   *
   * @throws IllegalArgumentException if it is less than one; likewise for the other limits
   */
  public RateLimiterBuilder requestsPerSecond(long requests) {
    return requestsPer(requests, SECOND);
  }

  /** So many requests per minute. */
  public RateLimiterBuilder requestsPerMinute(long requests) {
    return requestsPer(requests, MINUTE);
  }

  /** So many requests per day. */
  public RateLimiterBuilder requestsPerDay(long requests) {
    return requestsPer(requests, DAY);
  }

  /** So many tokens per minute. */
  public RateLimiterBuilder tokensPerMinute(long tokens) {
    return tokensPer(tokens, MINUTE);
  }

  /** So many tokens per hour. */
  public RateLimiterBuilder tokensPerHour(long tokens) {
    return tokensPer(tokens, HOUR);
  }

  /** So many tokens per day. */
  public RateLimiterBuilder tokensPerDay(long tokens) {
    return tokensPer(tokens, DAY);
  }

  /** So many tokens of input per minute. */
  public RateLimiterBuilder inputTokensPerMinute(long tokens) {
    return share(Limit.of(Dimension.INPUT_TOKENS, tokens, MINUTE));
  }

  /** So many tokens of output per minute. */
  public RateLimiterBuilder outputTokensPerMinute(long tokens) {
    return share(Limit.of(Dimension.OUTPUT_TOKENS, tokens, MINUTE));
  }

  /**
   * So many requests per window.
   *
   * @throws IllegalArgumentException if {@code requests} is less than one, or the window is empty
   *     or longer than ten years
   */
  public RateLimiterBuilder requestsPer(long requests, Duration window) {
    return share(Limit.of(Dimension.REQUESTS, requests, window));
  }

  /** So many requests per window, up to {@code burst} of them at once. */
  public RateLimiterBuilder requestsPer(long requests, Duration window, long burst) {
    return limit(Limit.of(Dimension.REQUESTS, requests, window).burst(burst));
  }

  /** So many tokens per window. */
  public RateLimiterBuilder tokensPer(long tokens, Duration window) {
    return share(Limit.of(Dimension.TOKENS, tokens, window));
  }

  /** So many tokens per window, up to {@code burst} of them at once. */
  public RateLimiterBuilder tokensPer(long tokens, Duration window, long burst) {
    return limit(Limit.of(Dimension.TOKENS, tokens, window).burst(burst));
  }

  /** A limit as it is. */
  public RateLimiterBuilder limit(Limit limit) {
    given.put(
        new Subject(limit.dimension(), limit.window(), limit.counting()), new Given(limit, true));
    return this;
  }

  private RateLimiterBuilder share(Limit limit) {
    given.put(
        new Subject(limit.dimension(), limit.window(), limit.counting()), new Given(limit, false));
    return this;
  }

  /** These limits as they are, and their concurrency if they have one. */
  public RateLimiterBuilder limits(Limits limits) {
    limits.list().forEach(this::limit);
    if (limits.concurrency().isPresent()) {
      concurrency = limits.concurrency();
    }
    return this;
  }

  /**
   * So many calls at once.
   *
   * @throws IllegalArgumentException if {@code calls} is less than one
   */
  public RateLimiterBuilder concurrency(int calls) {
    this.concurrency = Limits.none().concurrency(calls).concurrency();
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

  /**
   * A level of keys below those given before, each with limits of its own: providers, then the
   * models of each, then the users of each model. A demand says its keys by {@link Demand#at}, and
   * is taken from all of them and from the limiter's own limits, or from none.
   *
   * @param name what such a key is called in messages, as in {@code "provider"}
   * @param limits what a key may; asked when it is used after a rest, so it must be quick, and safe
   *     for use by several threads
   * @throws IllegalArgumentException if there is a level of this name
   */
  public RateLimiterBuilder level(String name, Function<String, Limits> limits) {
    return level(new LevelRule(name, limits, false));
  }

  /**
   * A level of keys that stand for the same wherever they are used: a user, whichever provider's
   * model is called.
   *
   * @throws IllegalArgumentException if there is a level of this name
   */
  public RateLimiterBuilder levelApart(String name, Function<String, Limits> limits) {
    return level(new LevelRule(name, limits, true));
  }

  private RateLimiterBuilder level(LevelRule rule) {
    if (levels.stream().anyMatch(other -> other.name().equals(rule.name()))) {
      throw new IllegalArgumentException(
          "There is a level \"" + rule.name() + "\" already: give each a name of its own.");
    }
    levels.add(rule);
    return this;
  }

  /**
   * How many keys are kept at most, of all levels together; 100,000 without this. A key of which
   * nothing is missing is not kept. When there are more all the same, the new ones of a level share
   * one place.
   *
   * @throws IllegalArgumentException if it is less than one
   */
  public RateLimiterBuilder maxKeys(int most) {
    this.mostKeys = (int) Limit.requireCount("A number of keys", most, 1);
    return this;
  }

  /**
   * How many calls may wait, and who has to go when there are more; 10,000 and {@link Shed#NEWEST}
   * without this. Zero lets nobody wait.
   *
   * @throws IllegalArgumentException if {@code most} is negative
   */
  public RateLimiterBuilder queue(int most, Shed shed) {
    this.mostWaiting = (int) Limit.requireCount("A queue", most, 0);
    this.shed = shed;
    return this;
  }

  /**
   * How what comes in is shared among the priorities that wait; 16, 4 and 1 without this.
   *
   * @throws IllegalArgumentException if one of them is less than one
   */
  public RateLimiterBuilder weights(int high, int normal, int low) {
    this.weights = new Weights(high, normal, low, weights.tenants());
    return this;
  }

  /**
   * How the share of a priority is divided among the tenants that wait; evenly without this.
   *
   * @param weight that of a tenant, at least one, asked for when a call has to wait, which fails if
   *     it is less; must be quick, and safe for use by several threads
   */
  public RateLimiterBuilder tenantWeights(ToIntFunction<String> weight) {
    this.weights = new Weights(weights.high(), weights.normal(), weights.low(), weight);
    return this;
  }

  /**
   * How long a permit lasts that is neither closed nor renewed: its place is given to others then,
   * what it was charged stays charged. An hour without this.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public RateLimiterBuilder leases(Duration lease) {
    if (lease.isNegative() || lease.isZero()) {
      throw new IllegalArgumentException("A lease must be positive, not " + lease + ".");
    }
    this.lease = lease;
    return this;
  }

  /**
   * Shares the limits of the whole limiter with all processes that use the same key at the same
   * place; those of levels stay this process's own. Each has to give the same limits. {@link
   * RateLimiter#tryAcquire} may then wait for the server's answer, and {@link RateLimiter#state}
   * knows nothing of levels.
   *
   * @param limits where they are kept; stays open, the caller closes it
   * @param key whose limits they are, such as the name of a provider's key; not the key itself
   * @param sharing among others what to do while the server does not answer
   */
  public RateLimiterBuilder shared(SharedLimits limits, String key, Sharing sharing) {
    this.shared = new GateSettings.SharedBy(limits, key, sharing);
    return this;
  }

  /**
   * The level whose keys are providers, or models, or whatever else a provider counts by itself: it
   * is what a 429 closes, and what adapts. The first level without this, or the whole limiter when
   * there are no levels.
   */
  public RateLimiterBuilder providers(String level) {
    this.providers = Optional.of(level);
    return this;
  }

  /**
   * Finds out how many calls at once each provider bears, within the limits that are given.
   *
   * @param control makes one for each provider, as in {@code Aimd::create}. Controls are asked
   *     while the limiter decides: they must be quick, and not use the limiter
   */
  public RateLimiterBuilder adaptConcurrency(Supplier<? extends ConcurrencyControl> control) {
    this.concurrencyControl = control;
    return this;
  }

  /**
   * Finds out what share of the limits that are given it gets from each provider: with a key that
   * others use too, or limits that are only guessed.
   *
   * @param control makes one for each provider, as in {@code AimdRate::create}. Controls are asked
   *     while the limiter decides: they must be quick, and not use the limiter
   */
  public RateLimiterBuilder adaptRate(Supplier<? extends RateControl> control) {
    this.rateControl = control;
    return this;
  }

  /** Somebody who is told what happens, after those told before. */
  public RateLimiterBuilder onEvent(Consumer<LimiterEvent> listener) {
    this.listener = this.listener == Outbox.NOBODY ? listener : this.listener.andThen(listener);
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

  /**
   * The limiter, all of its bursts there for the taking.
   *
   * @throws IllegalArgumentException if nobody may wait, but limits are shared: who asks waits for
   *     the answer
   */
  public RateLimiter build() {
    if (shared != null && mostWaiting == 0) {
      throw new IllegalArgumentException(
          "Limiter \"%s\" shares its limits, so calls wait for an answer, but its queue is 0 long. Give it room, and Demand.within(Duration.ZERO) to those who should not wait."
              .formatted(name));
    }
    long leaseNanos =
        lease.compareTo(Duration.ofNanos(Level.FAR)) >= 0 ? Level.NEVER : lease.toNanos();
    GateSettings settings =
        new GateSettings(
            name,
            allLimits(),
            levels,
            mostKeys,
            weights,
            new Adaption(providers, concurrencyControl, rateControl),
            shared,
            mostWaiting,
            shed,
            leaseNanos,
            listener,
            time);
    return new RateLimiter(new Gate(settings), executor);
  }

  private Limits allLimits() {
    Limits all = Limits.none();
    for (Given each : given.values()) {
      Limit limit = each.limit();
      all = all.with(each.asGiven() ? limit : limit.burst(Limit.share(limit.amount(), share)));
    }
    return concurrency.isPresent() ? all.concurrency(concurrency.getAsInt()) : all;
  }
}
