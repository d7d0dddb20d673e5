package ai.powertools.benchmarks;

import ai.powertools.session.Session;
import ai.powertools.session.Sessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A process that fills sessions with chat logs, says {@value #FULL} when there are so many bytes,
 * and goes on, a durable message at a time, until it is killed. Each of those it acknowledges on
 * standard output once it is durable, with its number.
 */
public final class SessionFiller {
  /** Said when the store is as large as wanted. */
  static final String FULL = "full";

  /** The session that is written at the end. */
  static final String LAST = "last";

  /** What every session has. */
  static final String TITLE = "title";

  private static final int ENTRIES = 200;

  private SessionFiller() {}

  /** {@code FILE BYTES}. */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    long bytes = Long.parseLong(arguments[1]);
    try (Sessions sessions = Sessions.at(file)) {
      fill(sessions, file, bytes);
      System.out.println(FULL);
      writeOn(sessions.open(LAST));
    }
  }

  private static void fill(Sessions sessions, Path file, long bytes) {
    SplittableRandom random = new SplittableRandom(5);
    // What is still in the log of the database is in the file soon, and not twice.
    for (int i = 0; size(file) < bytes; i++) {
      Session session = sessions.open("chat-" + i);
      session.set(TITLE, "Conversation " + i);
      List<ChatEntry> entries = new ArrayList<>();
      for (int j = 0; j < ENTRIES; j++) {
        entries.add(entry(random, j));
      }
      session.appendAll("chat", entries);
    }
  }

  private static void writeOn(Session session) {
    SplittableRandom random = new SplittableRandom();
    session.set(TITLE, "The last conversation");
    while (true) {
      long number = session.append("chat", entry(random, 0));
      System.out.println(number);
    }
  }

  private static ChatEntry entry(SplittableRandom random, int number) {
    int from = random.nextInt(Letters.LENGTH);
    return new ChatEntry(
        number % 2 == 0 ? "user" : "assistant",
        Letters.random(random).substring(from),
        "openai/gpt-5-mini",
        new ChatEntry.Used(from, number % 2 == 0 ? 0 : from),
        "2026-08-01T08:00:00Z");
  }

  private static long size(Path file) {
    return file.toFile().length();
  }
}
