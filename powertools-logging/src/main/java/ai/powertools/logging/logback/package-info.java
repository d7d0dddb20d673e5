/**
 * How events look in Logback: encoders that write JSON for machines and short lines for people,
 * both without secrets. Everything that needs Logback is here, so that the rest does not.
 *
 * <pre>{@code
 * <appender name="FILE" class="ch.qos.logback.core.FileAppender">
 *   <file>app.ndjson</file>
 *   <encoder class="ai.powertools.logging.logback.JsonEncoder"/>
 * </appender>
 * <appender name="CONSOLE" class="ch.qos.logback.core.ConsoleAppender">
 *   <encoder class="ai.powertools.logging.logback.PrettyEncoder"><colour>true</colour></encoder>
 * </appender>
 * }</pre>
 */
@NullMarked
package ai.powertools.logging.logback;

import org.jspecify.annotations.NullMarked;
