package ai.powertools.testing;

import java.util.Set;

/**
 * What a {@link CrashHarness} knows of the writer when it has killed it. The sets can't be changed,
 * and change with the next cycle.
 *
 * @param number counted from 1
 * @param whileStarting whether it was killed before it had printed a line
 * @param acknowledged the ids that must be there: acknowledged in this or an earlier life, or found
 *     after an earlier kill
 * @param inFlight the ids that this life had begun and not acknowledged: each may be there whole,
 *     or not at all
 */
public record CrashCycle(
    int number, boolean whileStarting, Set<String> acknowledged, Set<String> inFlight) {}
