package ai.powertools.orchestrator;

import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Message;
import ai.powertools.router.Role;
import ai.powertools.session.Session;
import ai.powertools.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was said before, kept in sessions: read before a question, added to after its answer. */
final class Conversations {
  private static final String LOG = "messages";

  /** So many of the last messages are sent along; what lies further back stays in the session. */
  static final int MESSAGES_SENT_ALONG = 40;

  private final Sessions sessions;

  Conversations(Sessions sessions) {
    this.sessions = sessions;
  }

  /** A message as the session keeps it. */
  record Said(String role, List<SaidPart> content) {
    static Said of(Message message) {
      return new Said(message.role().name(), message.content().stream().map(SaidPart::of).toList());
    }

    Message message() {
      return new Message(Role.valueOf(role), content.stream().map(SaidPart::content).toList());
    }
  }

  /** The session that the question continues, if anything was said in it yet. */
  Optional<Session> find(Question question) {
    return question.session().flatMap(sessions::find);
  }

  /** The request with what was said before in front of what is said now. */
  ChatRequest continued(Question question, Optional<Session> session) {
    if (session.isEmpty()) {
      return question.request();
    }
    List<Message> all = new ArrayList<>(system(question.request()));
    session
        .get()
        .tail(LOG, MESSAGES_SENT_ALONG, Said.class)
        .forEach(said -> all.add(said.message()));
    all.addAll(said(question.request()));
    return question.request().toBuilder().messages(all).build();
  }

  /** Adds the question and its answer to the session, both or none. */
  void remember(Question question, Optional<Session> session, ChatResponse answer) {
    question
        .session()
        .ifPresent(
            id -> {
              List<Said> exchange = new ArrayList<>();
              said(question.request()).forEach(message -> exchange.add(Said.of(message)));
              if (!answer.content().isEmpty()) {
                exchange.add(Said.of(answer.message()));
              }
              session.orElseGet(() -> sessions.open(id)).appendAll(LOG, exchange);
            });
  }

  /** The whole conversation so far, oldest first. */
  List<Message> messages(String session) {
    return sessions
        .find(session)
        .map(found -> found.log(LOG, Said.class).stream().map(Said::message).toList())
        .orElse(List.of());
  }

  /** Rules come first and are not part of what was said: the next question brings its own. */
  private static List<Message> system(ChatRequest request) {
    return request.messages().stream().filter(m -> m.role() == Role.SYSTEM).toList();
  }

  private static List<Message> said(ChatRequest request) {
    return request.messages().stream().filter(m -> m.role() != Role.SYSTEM).toList();
  }
}
