/**
 * What happened: events with a name and typed fields, the context they happened in, and no secrets.
 * On SLF4J 2, so that any backend gets them; Logback gets JSON files, a console and redaction.
 *
 * <pre>{@code
 * StructuredLogger log = StructuredLogger.of("module_name");
 * try (LogFile file = LogFile.attach(Path.of("logs/app.ndjson"), "module_name");
 *     LogContext.Scope s = LogContext.with("trace_id", TraceId.fresh()).and("user_id", user)) {
 *   log.info("api_call")
 *       .with("provider", "openai")
 *       .with("tokens", 1500)
 *       .with("latency_ms", 2300)
 *       .log();
 * }
 * }</pre>
 */
@NullMarked
package ai.powertools.logging;

import org.jspecify.annotations.NullMarked;
