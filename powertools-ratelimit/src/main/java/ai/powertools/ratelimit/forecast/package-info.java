/**
 * How long a quota lasts: the burn rate, when it runs out, which rate is safe for the rest of the
 * window, and whether so many calls still fit.
 *
 * <pre>{@code
 * Quota daily = Quota.daily(Dimension.TOKENS, 2_000_000, ZoneId.of("America/Los_Angeles"));
 * QuotaMeter meter = QuotaMeter.of(daily, Time.system());
 * meter.record(answer.totalTokens());                       // after every call
 * QuotaForecast forecast = meter.forecast();
 * forecast.exhaustedAt();                                   // empty: it lasts until the reset
 * forecast.fits(400, Demand.tokens(1500), midnight).fits(); // will these calls fit?
 * }</pre>
 */
@NullMarked
package ai.powertools.ratelimit.forecast;

import org.jspecify.annotations.NullMarked;
