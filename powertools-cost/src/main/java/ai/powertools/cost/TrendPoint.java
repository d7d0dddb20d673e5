package ai.powertools.cost;

import java.time.LocalDate;

/**
 * One day, week or month of a trend.
 *
 * @param start its first day, by the ledger's calendar. That of a week or month may lie before the
 *     first day that was asked for; the totals are then of its later days only
 * @param totals what the calls that began in it come to
 */
public record TrendPoint(LocalDate start, Totals totals) {}
