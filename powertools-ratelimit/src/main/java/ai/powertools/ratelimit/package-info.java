/**
 * Will the provider let me: requests and tokens per window and calls at once, reserved before a
 * call, all or nothing, and corrected after it. As fast as allowed, never faster.
 *
 * <pre>{@code
 * RateLimiter limiter =
 *     RateLimiter.builder().requestsPerMinute(60).tokensPerMinute(100_000).concurrency(8).build();
 * Demand demand = Demand.tokens(1500).within(Duration.ofSeconds(20));
 * try (Permit permit = limiter.acquire(demand)) {
 *   var answer = llm.call(prompt);
 *   permit.used(answer.totalTokens());            // the estimate is corrected, the rest goes back
 * } catch (RateLimitExceededException e) {
 *   retryIn(e.retryAfter());                      // thrown at once, not after twenty seconds
 * }
 * }</pre>
 *
 * <p>Inside, a call goes through {@code Gate} (one guard for all) and {@code Admission} (who may
 * go, who waits where, who is next), past one {@code Node} for each of its keys, that {@code
 * Places} keeps. How much is there is a {@code Level}: {@code TokenBucket} or {@code
 * SlidingWindow}; what is charged and comes back, {@code Accounts}; whose turn it is, {@code
 * FairLine}; who would be too late, {@code Outlook}; what providers say and how they bear it,
 * {@code Steering}, {@code Lesson} and {@code Pace}; what comes from other processes, {@code
 * Supply}.
 */
@NullMarked
package ai.powertools.ratelimit;

import org.jspecify.annotations.NullMarked;
