package ai.powertools.session;

import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.time.Instant;
import java.util.Optional;

/** Finds the head of a session that is in use. */
final class Access {
  private Access() {}

  /**
   * The head of the session of that name and id.
   *
   * @throws SessionException if it was deleted or has expired
   */
  static SessionRow existing(SessionRows rows, String name, long id, Instant now) {
    return existing(rows.session(name), name, id, now);
  }

  static SessionRow existing(Optional<SessionRow> found, String name, long id, Instant now) {
    if (found.isEmpty() || found.get().id() != id) {
      throw new SessionException(
          "Session \"" + name + "\" was deleted while it was in use. Open it again.", null);
    }
    if (Moments.isOver(found.get().expiresAt(), now)) {
      throw new SessionException(
          "Session \"" + name + "\" expired while it was in use. Open it again.", null);
    }
    return found.get();
  }
}
