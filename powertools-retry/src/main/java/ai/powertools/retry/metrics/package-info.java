/** Counts and times retries where an application keeps its metrics already, in Micrometer. */
@NullMarked
package ai.powertools.retry.metrics;

import org.jspecify.annotations.NullMarked;
