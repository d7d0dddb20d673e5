/**
 * Limits that several processes share: one decision is one call to a server that all of them reach,
 * on that server's clock, so that theirs do not matter.
 *
 * <pre>{@code
 * SharedLimits limits = RedisLimits.at(URI.create("redis://localhost")).open();
 * RateLimiter limiter =
 *     RateLimiter.builder()
 *         .requestsPerMinute(600)
 *         .shared(limits, "openai", Sharing.locally(0.25)) // one of four processes
 *         .build();
 * }</pre>
 */
@NullMarked
package ai.powertools.ratelimit.shared;

import org.jspecify.annotations.NullMarked;
