/**
 * The toolkit from a terminal: {@code ask}, {@code run} and {@code doctor}, with a receipt for
 * every call, text as it arrives, and exit codes that scripts can rely on.
 *
 * <pre>{@code
 * powertools run summarize --input README.md
 * powertools ask "Where is the ledger kept?" --file README.md --session notes
 * powertools doctor
 * }</pre>
 */
@NullMarked
package ai.powertools.cli;

import org.jspecify.annotations.NullMarked;
