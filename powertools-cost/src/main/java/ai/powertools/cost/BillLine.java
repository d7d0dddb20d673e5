package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.LocalDate;

/**
 * What one day cost for one model, or for whatever else a bill is divided by.
 *
 * @param day by the calendar of the bill, which is UTC with most vendors
 * @param model the model or another key, compared letter by letter
 * @param amount may be negative: a credit
 */
public record BillLine(LocalDate day, String model, Usd amount) {}
