/**
 * One file each, each with a {@code main} that runs offline: no key, no server. Where a model would
 * answer, {@code ScriptedProvider} or {@code ProviderSimulator} stands in, and a comment says what
 * to put in its place.
 */
@NullMarked
package ai.powertools.examples;

import org.jspecify.annotations.NullMarked;
