package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import java.time.Duration;

/**
 * Finds the number of calls at once beyond which a provider only queues, by how long calls take:
 * the limit follows the ratio of the time that calls take unhurried to the time they take now. For
 * servers that slow down long before they refuse, such as a model of one's own on a few GPUs.
 *
 * <p>How long a model takes depends on how much it says. Give it the time until the first token, or
 * {@link #perToken}; with whole round trips of answers of all lengths it sees noise.
 *
 * <p>Safe for use by many threads.
 *
 * <p>In the manner of Netflix' Gradient2: {@code limit · clamp(tolerance · unhurried / now, ½, 1) +
 * √limit}, smoothed, here over rounds of at least twenty calls. Gradient2 takes a long average for
 * the unhurried time, which creeps up while the server is kept busy, and the limit after it. Here
 * it is measured, as in BBR: every forty rounds one is done with half the limit, and if that is
 * faster than it should be, one with a quarter, and so on until fewer calls are no faster.
 */
public final class Gradient implements ConcurrencyControl {
  private static final int FEWEST_CALLS = 20;
  private static final int ROUNDS_BETWEEN_PROBES = 40;
  private static final double LEAST_GRADIENT = 0.5;
  private static final double SMOOTHING = 0.2;
  private static final double DECREASE = 0.7;
  private static final double UNKNOWN = -1;

  /** How far the averages of two rounds differ by chance. */
  private static final double NOISE = 0.1;

  private final int least;
  private final int most;
  private final double tolerance;
  private final LastCut lastCut;
  private final LastCut lastProbe;
  private double limit;
  private double unhurried = UNKNOWN; // seconds
  private double before; // what the round before a probe took, in seconds
  private int halvings; // of the limit, in a probe; 0 outside
  private int rounds;
  private int calls;
  private double seconds;
  private long inFlight;

  private Gradient(Builder builder) {
    this.least = builder.least;
    this.most = builder.most;
    this.tolerance = builder.tolerance;
    this.lastCut = new LastCut(builder.time);
    this.lastProbe = new LastCut(builder.time);
    this.limit = builder.initial;
  }

  /** From 1 to 1000 calls at once, 8 to begin with. */
  public static Gradient create() {
    return builder().build();
  }

  /** With other numbers. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The time per token of an answer, to be given as the round trip where answers differ in length.
   *
   * @param tokens how many were generated; an answer of none counts as one
   */
  public static Duration perToken(Duration roundTrip, long tokens) {
    return roundTrip.dividedBy(Math.max(1, tokens));
  }

  @Override
  public synchronized int limit() {
    return Math.max(least, (int) limit >> halvings);
  }

  @Override
  public synchronized void onEnd(Duration roundTrip, int inFlightAtStart, Outcome outcome) {
    switch (outcome) {
      case SUCCESS -> {
        // What began before a probe tells about the load before it.
        if (halvings == 0 || lastProbe.isBeforeStartOf(roundTrip)) {
          calls++;
          seconds += roundTrip.toNanos() / 1e9;
          inFlight += inFlightAtStart;
        }
        if (calls >= Math.max(FEWEST_CALLS, limit())) {
          endRound(seconds / calls, (double) inFlight / calls);
        }
      }
      case THROTTLED, TIMED_OUT -> {
        if (lastCut.isBeforeStartOf(roundTrip)) {
          limit = Math.max(least, limit * DECREASE);
          lastCut.now();
        }
      }
      case UNRELATED -> {}
    }
  }

  private void endRound(double now, double inFlightOnAverage) {
    calls = 0;
    seconds = 0;
    inFlight = 0;
    if (halvings > 0) {
      endProbe(now);
    } else {
      rounds++;
      if (unhurried != UNKNOWN) {
        follow(now, inFlightOnAverage);
      }
      if (unhurried == UNKNOWN || rounds % ROUNDS_BETWEEN_PROBES == 0) {
        probe(now, 1);
      }
    }
  }

  private void probe(double roundBefore, int depth) {
    before = roundBefore;
    halvings = depth;
    lastProbe.now();
  }

  private void endProbe(double now) {
    boolean isAsUsual = now < unhurried * (1 + NOISE);
    boolean isNoFaster = now > before * (1 - NOISE);
    if (isAsUsual || isNoFaster || limit() == least) {
      unhurried = now;
      halvings = 0;
    } else {
      probe(now, halvings + 1);
    }
  }

  private void follow(double now, double inFlightOnAverage) {
    double gradient =
        now == 0 ? 1 : Math.max(LEAST_GRADIENT, Math.min(1, tolerance * unhurried / now));
    double target = limit * gradient + Math.sqrt(limit);
    // What nobody asks for proves nothing: with calls to spare, it only goes down.
    boolean isBottleneck = inFlightOnAverage > limit / 2;
    if (isBottleneck || target < limit) {
      limit = Math.max(least, Math.min(most, limit + SMOOTHING * (target - limit)));
    }
  }

  /** As in {@code "at most 8 calls at once (gradient, 1 to 1000)"}. */
  @Override
  public String toString() {
    return "at most %d calls at once (gradient, %d to %d)".formatted(limit(), least, most);
  }

  /** The numbers of a {@link Gradient}. Not for use by several threads. */
  public static final class Builder {
    private int least = 1;
    private int most = 1000;
    private int initial = 8;
    private double tolerance = 1.3;
    private Time time = Time.system();

    private Builder() {}

    /** Never fewer calls at once than this; 1 unless it is said. */
    public Builder least(int calls) {
      least = calls;
      return this;
    }

    /** Never more calls at once than this; 1000 unless it is said. */
    public Builder most(int calls) {
      most = calls;
      return this;
    }

    /** What to begin with; 8 unless it is said, or as near to it as the bounds allow. */
    public Builder initial(int calls) {
      initial = calls;
      return this;
    }

    /** How many times the unhurried time calls may take; 1.3 unless it is said. */
    public Builder tolerance(double times) {
      tolerance = times;
      return this;
    }

    /** Whose nanoseconds tell which calls began after a cut; the system's unless it is said. */
    public Builder time(Time time) {
      this.time = time;
      return this;
    }

    /**
     * The control.
     *
     * @throws IllegalArgumentException if the bounds are less than one or crossed, or the tolerance
     *     is not from 1 to 10
     */
    public Gradient build() {
      Bounds.require(least, most);
      if (!(tolerance >= 1 && tolerance <= 10)) {
        throw new IllegalArgumentException(
            "A tolerance of %s makes no sense: give 1 to 10.".formatted(tolerance));
      }
      initial = Bounds.nearest(initial, least, most);
      return new Gradient(this);
    }
  }
}
