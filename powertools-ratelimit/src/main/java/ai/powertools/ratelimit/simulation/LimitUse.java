package ai.powertools.ratelimit.simulation;

/**
 * How much of a limit was used.
 *
 * @param limit as in {@code "60 requests per minute"}
 * @param used units; of a concurrency, calls that ran at once on average
 * @param share of what the limit would have let through from the first call to the last that was
 *     let through: a burst and the inflow, or a window's worth for each window that was begun
 */
public record LimitUse(String limit, double used, double share) {}
