package ai.powertools.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What models are told of earlier messages: one session a conversation, in the shape of
 * LangChain4j's {@code ChatMemoryStore}, which hands over the whole list each time. What is already
 * there stays as it was written, and only what is new is appended; what their window dropped is
 * trimmed. Messages are texts, usually JSON.
 *
 * <pre>{@code
 * ChatMemories memories = ChatMemories.in(sessions);
 * memories.update("user-17", List.of("{\"type\":\"USER\"}"));
 * List<String> messages = memories.messages("user-17");
 * }</pre>
 *
 * <p>Immutable, and safe for use by many threads and processes; an update is kept whole or not at
 * all, and of two updates at the same time the last one wins.
 */
public final class ChatMemories {
  private static final String LOG = "messages";
  private static final String WINDOW = "window";

  /** So many entries may lie about that are in no window any more, besides as many as are in it. */
  private static final int SLACK = 16;

  private final Sessions sessions;
  private final String prefix;
  private final Ttl ttl;

  private ChatMemories(Sessions sessions, String prefix, Ttl ttl) {
    this.sessions = sessions;
    this.prefix = prefix;
    this.ttl = ttl;
  }

  /** Kept in sessions named {@code chat:} and the id. */
  public static ChatMemories in(Sessions sessions) {
    return new ChatMemories(sessions, "chat:", Ttl.NEVER);
  }

  /** The same with another begin of the names; blank for none. */
  public ChatMemories prefix(String prefix) {
    return new ChatMemories(sessions, prefix, ttl);
  }

  /** The same; conversations that begin from now on live for that time. */
  public ChatMemories ttl(Ttl ttl) {
    return new ChatMemories(sessions, prefix, ttl);
  }

  /**
   * The messages of a conversation, oldest first; empty when there is none.
   *
   * @param id whose text names it
   * @throws IllegalArgumentException if that is no name of a session: see {@link Sessions#open}
   * @throws SessionException if messages are missing that should be there
   */
  public List<String> messages(Object id) {
    return sessions.find(name(id)).map(ChatMemories::read).orElse(List.of());
  }

  /**
   * Keeps these messages in place of those that were there.
   *
   * @param id whose text names the conversation, which begins if there is none
   * @param messages all of them, oldest first
   * @throws IllegalArgumentException if the text is no name of a session
   */
  public void update(Object id, List<String> messages) {
    List<String> wanted = List.copyOf(messages);
    sessions.open(name(id), ttl).transaction(tx -> write(tx, wanted));
  }

  /** Forgets a conversation; false when there was none. */
  public boolean delete(Object id) {
    return sessions.delete(name(id));
  }

  private String name(Object id) {
    return Names.check("A conversation", prefix + id);
  }

  private static List<String> read(Session session) {
    long last = -1;
    while (true) {
      Optional<Versioned<ChatWindow>> window = session.versioned(WINDOW, ChatWindow.class);
      if (window.isEmpty()) {
        return List.of();
      }
      ChatWindow numbers = window.get().value();
      Optional<List<String>> found = pick(session, numbers);
      if (found.isPresent()) {
        return found.get();
      }
      // Somebody may have trimmed in between; then there is another window by now.
      if (window.get().version() == last) {
        throw new SessionException(
            "Messages of session \""
                + session.name()
                + "\" are missing. Look with sessions.verify() what is damaged.",
            null);
      }
      last = window.get().version();
    }
  }

  /** Numbers are never given twice, so that what is found is what the window means. */
  private static Optional<List<String>> pick(SessionView session, ChatWindow window) {
    List<Long> numbers = window.numbers();
    Map<Long, String> entries = new TreeMap<>();
    if (!numbers.isEmpty()) {
      session
          .page(LOG, window.lowest(), Integer.MAX_VALUE, String.class)
          .forEach(entry -> entries.put(entry.seq(), entry.value()));
    }
    return entries.keySet().containsAll(numbers)
        ? Optional.of(numbers.stream().map(entries::get).toList())
        : Optional.empty();
  }

  private static boolean write(SessionTransaction tx, List<String> wanted) {
    ChatWindow before = tx.find(WINDOW, ChatWindow.class).orElse(ChatWindow.EMPTY);
    List<String> there = pick(tx, before).orElse(List.of());
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < there.size() && numbers.size() < wanted.size(); i++) {
      if (there.get(i).equals(wanted.get(numbers.size()))) {
        numbers.add(before.numbers().get(i));
      }
    }
    if (numbers.size() == before.numbers().size() && numbers.size() == wanted.size()) {
      return false; // as it was
    }
    append(tx, numbers, wanted.subList(numbers.size(), wanted.size()));
    trim(tx, numbers, wanted);
    tx.set(WINDOW, ChatWindow.of(numbers));
    return true;
  }

  private static void append(SessionTransaction tx, List<Long> numbers, List<String> messages) {
    if (!messages.isEmpty()) {
      long last = tx.appendAll(LOG, messages);
      for (int i = messages.size() - 1; i >= 0; i--) {
        numbers.add(last - i);
      }
    }
  }

  private static void trim(SessionTransaction tx, List<Long> numbers, List<String> wanted) {
    if (numbers.isEmpty()) {
      tx.removeLog(LOG);
      return;
    }
    trimBelow(tx, ChatWindow.of(numbers).lowest());
    if (tx.size(LOG) <= 2L * numbers.size() + SLACK) {
      return;
    }
    // A message that stays for ever, such as the one of the system, keeps all behind it: move it.
    long gap = ChatWindow.of(numbers).behindLargestGap();
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) < gap) {
        numbers.set(i, tx.append(LOG, wanted.get(i)));
      }
    }
    trimBelow(tx, ChatWindow.of(numbers).lowest());
  }

  private static void trimBelow(SessionTransaction tx, long lowest) {
    int keep = tx.page(LOG, lowest, Integer.MAX_VALUE, String.class).size();
    tx.trim(LOG, keep);
  }
}
