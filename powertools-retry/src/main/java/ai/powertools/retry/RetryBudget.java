package ai.powertools.retry;

import ai.powertools.core.Time;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps retries below a share of calls. Shared by everybody who calls the same provider: while it
 * is down, each call by itself would be right to try again, and all of them together keep it down.
 *
 * <pre>{@code
 * RetryBudget budget = RetryBudget.share(0.1);   // a retry for ten calls
 * Retry chat = Retry.builder().budget(budget).build();
 * Retry embeddings = Retry.builder().budget(budget).build();
 * }</pre>
 *
 * <p>A token bucket: each call puts in the share, each retry takes out one. It begins with {@link
 * Builder#reserve} tokens and holds at most {@link Builder#burst}, so that over its whole life
 * there are no more retries than {@code reserve + share × calls}, and in any stretch of time no
 * more than {@code burst + share × calls}; {@link Builder#minPerSecond} comes on top. Without a
 * token a call that fails ends at once in an {@link AttemptsExhaustedException} that says so.
 *
 * <p>Safe for use by many threads. While it is full, which it is while all goes well, a call only
 * reads it.
 */
public final class RetryBudget {
  private static final long TOKEN = 1_000_000;
  private static final double NANOS = 1e9;

  private final double share;
  private final long deposit;
  private final long capacity;
  private final double unitsPerNano;
  private final Time time;
  private final AtomicLong units;
  private final AtomicLong filledAt;

  private RetryBudget(Builder builder) {
    this.share = builder.share;
    this.deposit = BigDecimal.valueOf(builder.share).movePointRight(6).longValue();
    this.capacity = Math.max(builder.reserve, builder.burst) * TOKEN;
    this.unitsPerNano = builder.minPerSecond * TOKEN / NANOS;
    this.time = builder.time;
    this.units = new AtomicLong(builder.reserve * TOKEN);
    this.filledAt = new AtomicLong(time.nanos());
  }

  /**
   * A retry for {@code 1 / share} calls; a reserve of 10, a burst of 100.
   *
   * @param share more than 0, as in 0.1 for ten percent
   * @throws IllegalArgumentException if it is less than a millionth or more than 10
   */
  public static RetryBudget share(double share) {
    return builder(share).build();
  }

  /** The same, to be changed. */
  public static Builder builder(double share) {
    return new Builder(share);
  }

  /** A call begins. */
  void onCall() {
    long before = units.get();
    while (before < capacity) {
      if (units.compareAndSet(before, Math.min(capacity, before + deposit))) {
        return;
      }
      before = units.get();
    }
  }

  /** Takes a token for a retry, if there is one. */
  boolean tryRetry() {
    refill();
    long before = units.get();
    while (before >= TOKEN) {
      if (units.compareAndSet(before, before - TOKEN)) {
        return true;
      }
      before = units.get();
    }
    return false;
  }

  /** Puts a token back that was taken for an attempt that was not made after all. */
  void giveBack() {
    units.updateAndGet(before -> Math.min(capacity, before + TOKEN));
  }

  /** How many retries it would allow now. */
  public long available() {
    refill();
    return units.get() / TOKEN;
  }

  /** Retries per call. */
  public double share() {
    return share;
  }

  private void refill() {
    if (unitsPerNano == 0) {
      return;
    }
    long from = filledAt.get();
    long now = time.nanos();
    long room = (long) ((now - from) * unitsPerNano); // the cast stops at the largest long
    if (room < 1) {
      return;
    }
    // What is less than a unit stays for later, or many small steps would add up to nothing.
    long until = from + (long) Math.ceil(room / unitsPerNano);
    if (filledAt.compareAndSet(from, Math.min(now, until))) {
      units.updateAndGet(before -> before + Math.min(capacity - before, room));
    }
  }

  @Override
  public String toString() {
    return "RetryBudget[share=" + share + ", available=" + available() + "]";
  }

  /** For one thread. */
  public static final class Builder {
    private static final int DEFAULT_RESERVE = 10;
    private static final int DEFAULT_BURST = 100;

    private final double share;
    private int reserve = DEFAULT_RESERVE;
    private int burst = DEFAULT_BURST;
    private double minPerSecond;
    private Time time = Time.system();

    private Builder(double share) {
      if (!(share >= 1.0 / TOKEN && share <= 10)) {
        throw new IllegalArgumentException(
            "The share of a retry budget is retries per call, as in 0.1, not " + share);
      }
      this.share = share;
    }

    /**
     * With how many retries it begins, so that the first calls of a process are not the only ones
     * never to be retried; 10 by default.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder reserve(int retries) {
      this.reserve = notNegative("reserve", retries);
      return this;
    }

    /**
     * How many retries it saves up at most; 100 by default, and no less than the reserve.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder burst(int retries) {
      this.burst = notNegative("burst", retries);
      return this;
    }

    /**
     * Retries that come with time and not with calls, for those who call seldom; 0 by default.
     *
     * @throws IllegalArgumentException if negative or not a finite number
     */
    public Builder minPerSecond(double retries) {
      if (!(retries >= 0 && retries <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException("Not a number of retries per second: " + retries);
      }
      this.minPerSecond = retries;
      return this;
    }

    /** The clock of {@link #minPerSecond}. */
    public Builder time(Time time) {
      this.time = time;
      return this;
    }

    /** The budget. */
    public RetryBudget build() {
      return new RetryBudget(this);
    }

    private static int notNegative(String what, int retries) {
      if (retries < 0) {
        throw new IllegalArgumentException("The " + what + " must not be negative: " + retries);
      }
      return retries;
    }
  }
}
