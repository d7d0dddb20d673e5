package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A limit on what certain calls may cost over a time.
 *
 * <pre>{@code
 * Budget.usd(100).per(Period.MONTH).hardLimit().alertAt(50, 80, 95);        // all calls together
 * Budget.usd(5).per(Period.DAY).where("team", "search").forEach("user");    // each user of a team
 * Budget.usd("0.50").forEach("session");                                    // each conversation
 * Budget.usd(20).rolling(Duration.ofHours(24)).softLimit();                 // tells, refuses nothing
 * }</pre>
 *
 * <p>What was spent is not kept here but worked out from the ledger, so that changing a budget, or
 * giving one to a ledger that is there already, loses and resets nothing. Immutable.
 *
 * @param name what it is called in messages
 * @param limit the most that may be spent and reserved in one window; zero refuses all that costs
 * @param scope which calls it is for
 * @param window over which time
 * @param atLimit what happens to a call that does not fit
 * @param alerts at which percentages of the limit whoever listens is told, ascending
 */
public record Budget(
    String name, Usd limit, Scope scope, Window window, AtLimit atLimit, List<Integer> alerts) {

  private static final int LARGEST_PERCENTAGE = 1_000;

  /**
   * Refuses a limit that the ledger can't count up to, and alerts that can't come.
   *
   * @throws IllegalArgumentException if the limit is negative, above $9,223,372.03 (where 64 bits
   *     of pico-dollars end), or finer than a pico-dollar, or an alert is not from 1 to 1000 %
   */
  public Budget {
    if (limit.isNegative()) {
      throw new IllegalArgumentException(
          "The limit of budget \"" + name + "\" must not be negative: " + limit.format());
    }
    if (!Picos.holds(limit)) {
      throw new IllegalArgumentException(
          "The limit of budget \"%s\" must be whole pico-dollars up to $9,223,372.03, not %s."
              .formatted(name, limit.format()));
    }
    for (int percent : alerts) {
      if (percent < 1 || percent > LARGEST_PERCENTAGE) {
        throw new IllegalArgumentException(
            "Budget \"%s\" can alert at 1 to %d %% of its limit, not at %d."
                .formatted(name, LARGEST_PERCENTAGE, percent));
      }
    }
    alerts = alerts.stream().distinct().sorted().toList();
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
    Window ever = new Window.Calendar(Period.EVER, ZoneOffset.UTC, DayOfWeek.MONDAY, 1);
    return new Budget(Scope.ALL.toString(), limit, Scope.ALL, ever, AtLimit.REFUSE, List.of());
  }

  /** The same limit for each such period of the calendar. */
  public Budget per(Period period) {
    Window.Calendar now = calendar();
    return over(new Window.Calendar(period, now.zone(), now.weekStart(), now.monthStart()));
  }

  /**
   * The same limit for any stretch of time of this length.
   *
   * @throws IllegalArgumentException if it is not from a minute to ten years
   */
  public Budget rolling(Duration length) {
    return over(new Window.Rolling(length));
  }

  /** By the calendar of another zone; the default is UTC. A rolling window is the same in all. */
  public Budget in(ZoneId zone) {
    return window instanceof Window.Calendar now
        ? over(new Window.Calendar(now.period(), zone, now.weekStart(), now.monthStart()))
        : this;
  }

  /** Weeks begin on that day; the default is Monday. Means nothing for a rolling window. */
  public Budget startingOn(DayOfWeek day) {
    return window instanceof Window.Calendar now
        ? over(new Window.Calendar(now.period(), now.zone(), day, now.monthStart()))
        : this;
  }

  /**
   * Months begin on that day, as a bill does; the default is the first.
   *
   * @throws IllegalArgumentException if it is not from 1 to 28
   */
  public Budget startingOnDay(int dayOfMonth) {
    Window.Calendar now = calendar();
    Budget other = over(new Window.Calendar(now.period(), now.zone(), now.weekStart(), dayOfMonth));
    return window instanceof Window.Rolling ? this : other;
  }

  /**
   * Only for calls with this attribute; with several, for calls that have all of them.
   *
   * @param attribute as in {@link Attributes#TEAM}, or a tag
   * @throws IllegalArgumentException if it can't be an attribute, see {@link Attributes#with}
   */
  public Budget where(String attribute, String value) {
    return within(scope.with(attribute, value));
  }

  /**
   * The same limit for each value of the attribute on its own, or each combination of several.
   * Calls without the attribute share one.
   *
   * @throws IllegalArgumentException if a name can't be that of an attribute
   */
  public Budget forEach(String... attributes) {
    return within(scope.forEach(attributes));
  }

  /** What does not fit is refused: the default. */
  public Budget hardLimit() {
    return new Budget(name, limit, scope, window, AtLimit.REFUSE, alerts);
  }

  /** What does not fit is let through, and {@link CostListener} told. */
  public Budget softLimit() {
    return new Budget(name, limit, scope, window, AtLimit.ALLOW, alerts);
  }

  /**
   * Tells {@link CostListener}, once in each window, when so many percent of the limit are spent.
   *
   * @throws IllegalArgumentException if one is not from 1 to 1000
   */
  public Budget alertAt(int... percentages) {
    return new Budget(
        name, limit, scope, window, atLimit, IntStream.of(percentages).boxed().toList());
  }

  /**
   * Under another name; without one it is named for its calls.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public Budget named(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A budget needs a name.");
    }
    return new Budget(name, limit, scope, window, atLimit, alerts);
  }

  /**
   * With another limit.
   *
   * @throws IllegalArgumentException as the constructor does
   */
  public Budget limit(Usd limit) {
    return new Budget(name, limit, scope, window, atLimit, alerts);
  }

  /** As in {@code team=search, monthly}. */
  public String label() {
    return name + ", " + window.adverb();
  }

  /** As in {@code team=search, monthly: at most $100.00}; with the zone where it is not UTC. */
  @Override
  public String toString() {
    String where =
        window instanceof Window.Calendar calendar && !calendar.zone().equals(ZoneOffset.UTC)
            ? " (" + calendar.zone() + ")"
            : "";
    return label() + where + ": at most " + limit.format();
  }

  private Budget over(Window other) {
    return new Budget(name, limit, scope, other, atLimit, alerts);
  }

  private Budget within(Scope other) {
    String renamed = name.equals(scope.toString()) ? other.toString() : name;
    return new Budget(renamed, limit, other, window, atLimit, alerts);
  }

  private Window.Calendar calendar() {
    return window instanceof Window.Calendar calendar
        ? calendar
        : new Window.Calendar(Period.EVER, ZoneOffset.UTC, DayOfWeek.MONDAY, 1);
  }
}
