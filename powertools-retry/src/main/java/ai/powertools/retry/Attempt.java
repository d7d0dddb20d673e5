package ai.powertools.retry;

import ai.powertools.core.Deadline;
import java.util.Optional;

/**
 * One attempt of a call, as its work sees it.
 *
 * @param number which it is, from 1
 * @param previousFailure what the attempt before it failed with; empty for the first
 * @param deadline by when the whole call, not this attempt alone, wants its answer
 */
public record Attempt(int number, Optional<Throwable> previousFailure, Deadline deadline) {}
