package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.session.Session;
import ai.powertools.session.SessionView;
import ai.powertools.session.Sessions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** At which of its states a session is looked at. */
final class AtOption {
  @Option(
      names = "--at",
      paramLabel = "STATE",
      description =
          "As it was: a version as in 7, a moment as in 2026-11-01T12:00:00Z, or a snapshot.")
  private @Nullable String at;

  /**
   * Asks something of a session; that is no use of it.
   *
   * @throws ConfigurationException if there is no such session
   * @throws ai.powertools.session.SessionException if that state is not kept
   */
  <T> T ask(Sessions sessions, String name, Function<SessionView, T> question) {
    if (at != null) {
      Session session = sessions.find(name).orElseThrow(() -> missing(sessions, name));
      return question.apply(then(session, at));
    }
    return sessions.look(name, question).orElseThrow(() -> missing(sessions, name));
  }

  private static SessionView then(Session session, String at) {
    if (at.matches("[0-9]{1,18}")) {
      return session.at(Long.parseLong(at));
    }
    try {
      return session.at(Instant.parse(at));
    } catch (DateTimeException e) {
      return session.at(at);
    }
  }

  private static ConfigurationException missing(Sessions sessions, String name) {
    return new ConfigurationException(
        "There is no session \"%s\" in %s. See powertools session list."
            .formatted(name, sessions.location()));
  }
}
