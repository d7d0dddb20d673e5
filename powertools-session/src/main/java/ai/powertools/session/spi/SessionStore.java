package ai.powertools.session.spi;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A place where sessions are kept. Implementations are safe for use by many threads; {@code
 * SessionStoreContract} in the tests of this module says what they have to hold.
 */
public interface SessionStore extends AutoCloseable {
  /**
   * Runs a transaction and returns when it is durable: all of it, or nothing if it throws. As if it
   * ran alone, also among processes. The work may be run more than once before it is kept, so it
   * has no effect but on the rows.
   */
  <T> T write(Function<SessionRows, T> work);

  /** Runs a transaction that only reads, on one consistent state: all that was acknowledged. */
  <T> T read(Function<SessionRows, T> work);

  /**
   * A value with the head of its session, also if they have expired; empty when there is no such
   * session. The way of most reads.
   */
  default Optional<FoundValue> find(String session, String name) {
    return read(
        rows ->
            rows.session(session)
                .map(head -> new FoundValue(head, rows.entry(head.id(), name, 0))));
  }

  /**
   * Looks whether the place as a whole is damaged, which may take its time.
   *
   * @return what is wrong, in words; empty when nothing was found, or nothing can be looked at
   */
  default List<String> problems() {
    return List.of();
  }

  /** What an earlier crash left when the place was opened, in words; empty when nothing. */
  default List<String> leftByACrash() {
    return List.of();
  }

  /** Where it is, for messages; without a password. */
  String location();

  /** Closes what it opened. Harmless twice. */
  @Override
  void close();

  /**
   * A value and the session that it is in.
   *
   * @param session the head
   * @param entry the value, if there is one
   */
  record FoundValue(SessionRow session, Optional<EntryRow> entry) {}
}
