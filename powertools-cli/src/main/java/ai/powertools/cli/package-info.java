/**
 * The toolkit from a terminal: {@code ask}, {@code run} and {@code doctor}, with a receipt for
 * every call, text as it arrives, and exit codes that scripts can rely on; {@code models} and
 * {@code cost} say what models charge and what calls cost, without calling any.
 *
 * <pre>{@code
 * powertools run summarize --input README.md
 * powertools ask "Where is the ledger kept?" --file README.md --session notes
 * powertools doctor
 * powertools cost price calls.ndjson
 * }</pre>
 */
@NullMarked
package ai.powertools.cli;

import org.jspecify.annotations.NullMarked;
