package ai.powertools.cli;

import ai.powertools.ratelimit.Limits;
import java.util.Optional;

/**
 * What somebody lets through.
 *
 * @param provider whose limits they are
 * @param model for which models; a star stands for any part of a name
 * @param tier for which customers; empty: for all
 * @param limits what they are
 * @param asOf when that was so
 * @param source who says so; empty: the user
 */
record LimitRow(
    String provider,
    String model,
    String tier,
    Limits limits,
    Optional<String> asOf,
    Optional<String> source) {}
