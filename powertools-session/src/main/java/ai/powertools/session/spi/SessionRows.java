package ai.powertools.session.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rows of all sessions within one transaction. Valid only while it runs, on its thread. Names
 * are told apart by every character and come in one order that is always the same.
 */
public interface SessionRows {
  /** The head of the session of that name, also if it has expired. */
  Optional<SessionRow> session(String name);

  /** The head of the session with that id, also if it has expired. */
  Optional<SessionRow> sessionOf(long id);

  /**
   * Heads by name.
   *
   * @param after the name that comes before the first; blank to begin with
   */
  List<SessionRow> sessions(String after, int limit);

  /** Heads whose {@code expiresAt} is not after {@code now}, the one that expired first first. */
  List<SessionRow> expiredSessions(Instant now, int limit);

  /** Adds a head, or replaces the one with the same id. */
  void put(SessionRow session);

  /** Removes a head and all that belongs to it. */
  void delete(long session);

  /** One entry, also if it has expired. */
  Optional<EntryRow> entry(long session, String name, long seq);

  /**
   * Entries of one name from one number to another, both included.
   *
   * @param newestFirst whether the highest number comes first
   */
  List<EntryRow> entries(
      long session, String name, long fromSeq, long toSeq, int limit, boolean newestFirst);

  /** The highest number that an entry of that name has; 0 when none has a number of 1 or more. */
  long last(long session, String name);

  /** The names that have entries with a number in that range, both ends included. */
  List<String> names(long session, long fromSeq, long toSeq, Instant unexpiredAt);

  /** How many entries of one name have a number of 1 or more and have not expired. */
  long count(long session, String name, Instant unexpiredAt);

  /** All entries of a session by name and number, from behind the one named. */
  List<EntryRow> scan(long session, String afterName, long afterSeq, int limit);

  /**
   * Entries of all sessions whose {@code expiresAt} is not after {@code now}, the one that expired
   * first first, of the same moment by session, name and number.
   */
  List<EntryRow> expiredEntries(Instant now, int limit);

  /** Adds an entry, or replaces the one with the same session, name and number. */
  void put(EntryRow entry);

  /** Removes an entry; false when there was none. */
  boolean remove(long session, String name, long seq);

  /** Adds to the past. */
  void keep(PastRow past);

  /** What stood at that version and does no longer, of one name. */
  List<PastRow> past(long session, String name, long version);

  /** All that is past of a session, by name, number and version, from behind the one named. */
  List<PastRow> scanPast(
      long session, String afterName, long afterSeq, long afterVersion, int limit);

  /** Removes from the past. */
  void forget(PastRow past);

  /** The highest version of a session that came to be no later than that; 0 when none did. */
  long versionAt(long session, Instant at);

  /** Something that belongs to all sessions, by its name. */
  Optional<byte[]> shared(String name);

  /** The names of what belongs to all sessions. */
  List<String> sharedNames();

  /** Keeps something that belongs to all sessions. */
  void putShared(String name, byte[] value);

  /** Puts a damaged row aside, as it is, with what is wrong with it; then it can be removed. */
  void setAside(EntryRow damaged, String why);
}
