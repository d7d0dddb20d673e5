package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.LocalDate;

/**
 * What one day is expected to cost.
 *
 * @param day which
 * @param expected on average; that of today has in it what is spent already
 * @param low one day in ten costs less, as likely as can be told
 * @param high one day in ten costs more
 */
public record DayForecast(LocalDate day, Usd expected, Usd low, Usd high) {}
