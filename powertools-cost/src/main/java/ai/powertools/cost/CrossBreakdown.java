package ai.powertools.cost;

/**
 * The calls that share the values of two attributes.
 *
 * @param first the value of the one; blank for the calls without it
 * @param second the value of the other; blank for the calls without it
 * @param totals what they come to
 */
public record CrossBreakdown(String first, String second, Totals totals) {}
