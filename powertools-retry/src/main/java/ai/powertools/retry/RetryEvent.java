package ai.powertools.retry;

import java.time.Duration;

/**
 * An attempt failed, and another will follow.
 *
 * @param attempt the number of the attempt that failed, from 1
 * @param error what it failed with
 * @param verdict what the classifier made of the error
 * @param delay how long until the next
 * @param elapsed the time since the call began
 */
public record RetryEvent(
    int attempt, Throwable error, Verdict verdict, Duration delay, Duration elapsed) {}
