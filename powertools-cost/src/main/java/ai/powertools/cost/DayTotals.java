package ai.powertools.cost;

import java.time.LocalDate;

/**
 * What the attempts of one day come to that share all their attributes.
 *
 * @param day by the ledger's calendar; the day on which the calls began
 * @param attributes all but the session; the model that served and its provider are among them
 * @param totals over them
 */
record DayTotals(LocalDate day, Attributes attributes, Totals totals) {}
