package ai.powertools.ratelimit;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a limiter looked like at one moment.
 *
 * @param availableRequests requests that could be made at once; empty without such a limit, the
 *     least of several
 * @param availableTokens tokens that could be taken at once, negative while calls that used more
 *     than they had reserved are paid off; empty without such a limit, the least of several
 * @param inFlight permits that are out
 * @param waiting calls that wait for one
 * @param closedFor how long nobody will be let through because of {@link RateLimiter#backOff}
 */
public record LimiterState(
    OptionalLong availableRequests,
    OptionalLong availableTokens,
    int inFlight,
    int waiting,
    Duration closedFor) {}
