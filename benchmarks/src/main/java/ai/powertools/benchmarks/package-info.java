/**
 * Comparisons of ours with bare calls and with peers, one class a comparison, in one JVM run each:
 * what is printed are medians and their ratios, since machines are noisy.
 */
@NullMarked
package ai.powertools.benchmarks;

import org.jspecify.annotations.NullMarked;
