package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A hard limit on what calls may cost in a period.
 *
 * <p>What was spent is kept by the budget's name and period, so changing the limit keeps it, and
 * renaming the budget starts anew; so does another zone, where its windows begin at other moments.
 * Immutable.
 *
 * @param name what it is called in messages, and what its spending is kept under
 * @param limit the most that may be spent and reserved in one period; zero refuses all that costs
 * @param period how long one window lasts
 * @param zone whose calendar the windows follow
 */
public record Budget(String name, Usd limit, Period period, ZoneId zone) {
  /**
   * Refuses a blank name, and a limit that the ledger can't count up to.
   *
   * @throws IllegalArgumentException if the name is blank, or the limit negative, above
   *     $9,223,372.03 (where 64 bits of pico-dollars end), or finer than a pico-dollar
   */
  public Budget {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A budget needs a name.");
    }
    if (limit.isNegative()) {
      throw new IllegalArgumentException(
          "The limit of budget \"" + name + "\" must not be negative: " + limit.format());
    }
    if (!Picos.holds(limit)) {
      throw new IllegalArgumentException(
          "The limit of budget \"%s\" must be whole pico-dollars up to $9,223,372.03, not %s."
              .formatted(name, limit.format()));
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

  /** As in {@code team=search, monthly: at most $100.00}; with the zone where it is not UTC. */
  @Override
  public String toString() {
    String where = zone.equals(ZoneOffset.UTC) ? "" : " (" + zone + ")";
    return label() + where + ": at most " + limit.format();
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
