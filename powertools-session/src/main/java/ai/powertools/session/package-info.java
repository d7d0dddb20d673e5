/**
 * What was said before: named sessions whose values and logs are durable when the call returns, on
 * one SQLite file, on PostgreSQL, or in memory.
 *
 * <pre>{@code
 * try (Sessions sessions = Sessions.at(Path.of("state.db"))) {
 *   Session session = sessions.open("project-name");
 *   session.set("user_context", context);
 *   session.append("message_history", message);
 *   UserContext again = session.get("user_context", UserContext.class);
 * }
 * }</pre>
 */
@NullMarked
package ai.powertools.session;

import org.jspecify.annotations.NullMarked;
