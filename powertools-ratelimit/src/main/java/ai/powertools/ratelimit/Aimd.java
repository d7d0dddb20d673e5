package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import java.time.Duration;

/**
 * Additive increase, multiplicative decrease: one call more with every round trip that the limit
 * was used up and all went well, and a cut to seven tenths when the provider throttles. Several
 * processes that do so share an unknown limit fairly, without knowing of each other.
 *
 * <p>It grows only while the limit is what holds calls back, since calls that nobody makes prove
 * nothing, and cuts at most once in a round trip. The rule is TCP's (Chiu and Jain, 1989); the
 * factor of 0.7 is that of CUBIC (RFC 9438, 4.6). Safe for use by many threads.
 */
public final class Aimd implements ConcurrencyControl {
  private final int least;
  private final int most;
  private final double increase;
  private final double decrease;
  private final LastCut lastCut;
  private double limit;

  private Aimd(Builder builder) {
    this.least = builder.least;
    this.most = builder.most;
    this.increase = builder.increase;
    this.decrease = builder.decrease;
    this.lastCut = new LastCut(builder.time);
    this.limit = builder.initial;
  }

  /** From 1 to 1000 calls at once, 4 to begin with. */
  public static Aimd create() {
    return builder().build();
  }

  /** With other numbers. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public synchronized int limit() {
    return (int) limit;
  }

  @Override
  public synchronized void onEnd(Duration roundTrip, int inFlightAtStart, Outcome outcome) {
    switch (outcome) {
      case SUCCESS -> {
        if (inFlightAtStart >= (int) limit) {
          limit = Math.min(most, limit + increase / limit);
        }
      }
      case THROTTLED, TIMED_OUT -> {
        if (lastCut.isBeforeStartOf(roundTrip)) {
          limit = Math.max(least, limit * decrease);
          lastCut.now();
        }
      }
      case UNRELATED -> {}
    }
  }

  /** As in {@code "at most 8 calls at once (AIMD, 1 to 1000)"}. */
  @Override
  public String toString() {
    return "at most %d calls at once (AIMD, %d to %d)".formatted(limit(), least, most);
  }

  /** The numbers of an {@link Aimd}. Not for use by several threads. */
  public static final class Builder {
    private int least = 1;
    private int most = 1000;
    private int initial = 4;
    private double increase = 1;
    private double decrease = 0.7;
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

    /** What to begin with; 4 unless it is said, or as near to it as the bounds allow. */
    public Builder initial(int calls) {
      initial = calls;
      return this;
    }

    /** How many calls more with every round trip; 1 unless it is said. */
    public Builder increase(double calls) {
      increase = calls;
      return this;
    }

    /** To what share the limit is cut; 0.7 unless it is said. */
    public Builder decrease(double share) {
      decrease = share;
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
     * @throws IllegalArgumentException if the bounds are less than one or crossed, the increase is
     *     not positive, or the decrease is not between 0 and 1
     */
    public Aimd build() {
      Bounds.require(least, most);
      Bounds.requireShare("A decrease", decrease);
      if (!(increase > 0 && increase <= most)) {
        throw new IllegalArgumentException(
            "An increase of %s makes no sense: give more than 0 and at most %d."
                .formatted(increase, most));
      }
      initial = Bounds.nearest(initial, least, most);
      return new Aimd(this);
    }
  }
}
