package ai.powertools.session;

import java.time.Instant;
import java.util.List;

/**
 * Something was written to a session, and is durable.
 *
 * @param session its name
 * @param version the version that came of it; 0 when the session was deleted
 * @param at when
 * @param names the values and logs that changed, in the order of the change, each once; empty when
 *     another process wrote them and they are not known
 */
public record SessionChange(String session, long version, Instant at, List<String> names) {
  /** Makes it; the list is copied. */
  public SessionChange {
    names = List.copyOf(names);
  }
}
