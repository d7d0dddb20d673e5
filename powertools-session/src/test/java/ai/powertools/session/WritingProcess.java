package ai.powertools.session;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The process that {@link SessionCrashIT} and {@link SessionPowerCutIT} kill: threads that append,
 * set, and do both in one transaction, and say what is durable. A write has an id, {@code
 * writer/n}; all of a writer go into its own log and value, so that a part that is missing shows.
 */
final class WritingProcess {
  static final String SESSION = "crashing";

  private WritingProcess() {}

  /** File, number of threads. */
  public static void main(String[] args) throws InterruptedException {
    Sessions sessions = open(Path.of(args[0]));
    Session session = sessions.open(SESSION);
    say("ready");
    int threads = Integer.parseInt(args[1]);
    for (int writer = 0; writer < threads; writer++) {
      int mine = writer;
      new Thread(() -> write(session, mine)).start();
    }
    Thread.currentThread().join();
  }

  /** As both the process and the one that looks afterwards open them. */
  static Sessions open(Path file) {
    return Sessions.builder()
        .at(file)
        .compression(Compression.zstd())
        .encryption(EncryptionKeys.of("test", new byte[32]))
        .history(HistoryWindow.FOREVER)
        .open();
  }

  private static void write(Session session, int writer) {
    long n = session.size("log " + writer);
    while (true) {
      n++;
      String id = writer + "/" + n;
      say("try " + id);
      Entry entry = Entry.of(id);
      session.transaction(
          tx -> {
            tx.append("log " + writer, entry);
            tx.set("last " + writer, entry);
            tx.set("sums " + writer, Map.of("count", tx.version()));
            return true;
          });
      say("ack " + id);
    }
  }

  /** One call, so that the lines of several threads don't mix. */
  private static void say(String line) {
    synchronized (System.out) {
      System.out.println(line);
    }
  }

  /** What is appended; its length differs from one to the next. */
  record Entry(String id, List<String> words) {
    static Entry of(String id) {
      int length = 1 + Math.floorMod(id.hashCode(), 90);
      return new Entry(id, Collections.nCopies(length, "word of " + id));
    }
  }
}
