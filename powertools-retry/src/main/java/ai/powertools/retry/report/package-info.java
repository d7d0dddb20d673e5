/**
 * What went wrong, how often, and is it getting worse: errors of calls as events without secrets,
 * sinks that take them, and reports that group what is the same.
 *
 * <pre>{@code
 * ErrorReports reports = ErrorReports.create();
 * ErrorSink sink = reports.and(ErrorSink.logging());
 *
 * CallResult<String> result = retry.run(deadline, attempt -> llm.generate(prompt));
 * ErrorEvent.of("openai/gpt-5", result, Instant.now()).ifPresent(sink::report);
 *
 * Files.writeString(page, reports.snapshot().toHtml());
 * }</pre>
 */
@NullMarked
package ai.powertools.retry.report;

import org.jspecify.annotations.NullMarked;
