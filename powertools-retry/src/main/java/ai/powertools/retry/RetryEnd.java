package ai.powertools.retry;

import java.time.Duration;
import java.util.Optional;

/**
 * A call has ended.
 *
 * @param attempts how many were made
 * @param error what it failed with; empty if it has an answer
 * @param kind what the error means; empty if the call has an answer
 * @param elapsed the time since the call began
 */
public record RetryEnd(
    int attempts, Optional<Throwable> error, Optional<ErrorKind> kind, Duration elapsed) {}
