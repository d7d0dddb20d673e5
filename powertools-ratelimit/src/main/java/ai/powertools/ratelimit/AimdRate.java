package ai.powertools.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the rate to seven tenths when the provider throttles, at most once in a reaction time, and
 * lets it grow while calls go through. Several processes with the same configured limits share a
 * provider's limit fairly so, without knowing of each other: who has more is cut by more.
 *
 * <p>It grows by time, not by calls, so that who makes few calls keeps up with who makes many; but
 * a pause counts only as one reaction time, since calls that nobody made prove nothing. Safe for
 * use by many threads.
 *
 * <p>The growth is the root of the factor times the configured one, so that many processes with
 * small shares do not push ten times as hard as one with all. Such a rule still ends in fair shares
 * (binomial congestion control, Bansal and Balakrishnan, 2001: k = −½, l = 1).
 */
public final class AimdRate implements RateControl {
  private final double least;
  private final double perSecond;
  private final double decrease;
  private final Duration reaction;
  private double factor = 1;
  private @Nullable Instant lastCut;
  private @Nullable Instant lastSuccess;

  private AimdRate(Builder builder) {
    this.least = builder.least;
    this.perSecond = builder.perSecond;
    this.decrease = builder.decrease;
    this.reaction = builder.reaction;
  }

  /** Down to a hundredth, back by a two-hundredth a second. */
  public static AimdRate create() {
    return builder().build();
  }

  /** With other numbers. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public synchronized double factor() {
    return factor;
  }

  @Override
  public synchronized void onSuccess(Instant now) {
    Duration since = lastSuccess == null ? Duration.ZERO : Duration.between(lastSuccess, now);
    lastSuccess = now;
    if (since.isNegative() || since.isZero() || isReacting(now)) {
      return;
    }
    Duration counted = since.compareTo(reaction) < 0 ? since : reaction;
    factor = Math.min(1, factor + perSecond * Math.sqrt(factor) * counted.toNanos() / 1e9);
  }

  @Override
  public synchronized void onThrottled(Instant now) {
    if (!isReacting(now)) {
      factor = Math.max(least, factor * decrease);
      lastCut = now;
    }
  }

  /** Whether what happens now may still be due to calls made before the last cut. */
  private boolean isReacting(Instant now) {
    Instant cut = lastCut;
    // A clock that was set back must not keep it from ever reacting again.
    return cut != null && !now.isBefore(cut) && now.isBefore(cut.plus(reaction));
  }

  /** As in {@code "0.70 of the limits"}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f of the limits", factor());
  }

  /** The numbers of an {@link AimdRate}. Not for use by several threads. */
  public static final class Builder {
    private static final Duration LONGEST = Duration.ofDays(1);

    private double least = 0.01;
    private double perSecond = 0.005;
    private double decrease = 0.7;
    private Duration reaction = Duration.ofSeconds(2);

    private Builder() {}

    /** Never a smaller share than this; 0.01 unless it is said. */
    public Builder least(double share) {
      least = share;
      return this;
    }

    /**
     * How much of the limits comes back in a second when nearly all is there, less when little is;
     * 0.005 unless it is said.
     */
    public Builder perSecond(double share) {
      perSecond = share;
      return this;
    }

    /** To what share of what it was the rate is cut; 0.7 unless it is said. */
    public Builder decrease(double share) {
      decrease = share;
      return this;
    }

    /**
     * How long a cut takes to show: no other cut and no growth in that time; two seconds unless it
     * is said. About a round trip.
     */
    public Builder reaction(Duration reaction) {
      this.reaction = reaction;
      return this;
    }

    /**
     * The control.
     *
     * @throws IllegalArgumentException if a share is not between 0 and 1, or the reaction is not
     *     positive and at most a day
     */
    public AimdRate build() {
      Bounds.requireShare("A least share", least);
      Bounds.requireShare("An increase per second", perSecond);
      Bounds.requireShare("A decrease", decrease);
      if (reaction.isNegative() || reaction.isZero() || reaction.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "A reaction time of " + reaction + " makes no sense: give 1 ns to a day.");
      }
      return new AimdRate(this);
    }
  }
}
