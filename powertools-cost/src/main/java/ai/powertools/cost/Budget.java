package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A hard limit on what calls may cost in a period.
 *
 * <p>What was spent is kept by the budget's name, so changing the limit keeps it, and renaming the
 * budget starts anew. Immutable.
 *
 * @param name what it is called in messages, and what its spending is kept under
 * @param limit the most that may be spent and reserved in one period; zero refuses all that costs
 * @param period how long one window lasts
 * @param zone whose calendar the windows follow
 */
public record Budget(String name, Usd limit, Period period, ZoneId zone) {
  /** Refuses a blank name and a negative limit. */
  public Budget {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A budget needs a name.");
    }
    if (limit.isNegative()) {
      throw new IllegalArgumentException(
          "The limit of budget \"" + name + "\" must not be negative: " + limit.format());
    }
  }

  /** Whole dollars, for all calls, once and for all, until {@link #per} says otherwise. */
  public static Budget usd(long dollars) {
    return of(Usd.of(Long.toString(dollars)));
  }

  /** Any exact amount, as in {@code "0.01"}. */
  public static Budget usd(String dollars) {
    return of(Usd.of(dollars));
  }

  /** Any exact amount, for all calls, once and for all. */
  public static Budget of(Usd limit) {
    return new Budget("all calls", limit, Period.EVER, ZoneOffset.UTC);
  }

  /** The same limit for each such period. */
  public Budget per(Period period) {
    return new Budget(name, limit, period, zone);
  }

  /** Under another name. */
  public Budget named(String name) {
    return new Budget(name, limit, period, zone);
  }

  /** By the calendar of another zone; the default is UTC. */
  public Budget in(ZoneId zone) {
    return new Budget(name, limit, period, zone);
  }

  /** As in {@code team=search, monthly}. */
  public String label() {
    return name + ", " + period.adverb();
  }

  /** When the window that {@code at} falls into began. */
  Instant windowStart(Instant at) {
    return period.windowStart(at, zone);
  }

  /** What the spending of each window is kept under, beside the window's start. */
  String key() {
    return name + "/" + period;
  }
}
