/**
 * What failed, kept beyond the end of the process: dead letters that are driven again later, and
 * the errors that a report is made of. Needs {@code ai.powertools:powertools-store}.
 *
 * <pre>{@code
 * DeadLetters letters = DeadLetters.at(Path.of("letters.db"));
 * ErrorHandler handler = ErrorHandler.builder().deadLetters(letters).build();
 * handler.call(CallOptions.of("openai").input("summarize", json), attempt -> summarize(json));
 *
 * letters.redrive(
 *     LetterFilter.all(),
 *     Redrivers.of("summarize", (letter, attempt) -> summarize(letter.payload())));
 * }</pre>
 */
@NullMarked
package ai.powertools.retry.kept;

import org.jspecify.annotations.NullMarked;
