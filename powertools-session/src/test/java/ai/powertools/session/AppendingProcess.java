package ai.powertools.session;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The process that {@link SessionCrashIT} kills: threads that append to one log, each its own
 * numbers in pairs, and say so on standard output once it is durable.
 */
final class AppendingProcess {
  static final String SESSION = "crash";

  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private AppendingProcess() {}

  /**
   * What stands in the log.
   *
   * @param writer which thread
   * @param n its own count
   */
  record Entry(int writer, long n) {}

  /** {@code file writer=n…}: where, and how far each thread had come in an earlier life. */
  public static void main(String[] args) {
    Session session = Sessions.at(Path.of(args[0])).open(SESSION);
    say("ready;");
    for (int i = 1; i < args.length; i++) {
      int writer = i - 1;
      long last = Long.parseLong(args[i]);
      new Thread(() -> append(session, writer, last)).start();
    }
  }

  private static void append(Session session, int writer, long last) {
    for (long n = last; ; n += 2) {
      long seq =
          session.appendAll("log", List.of(new Entry(writer, n + 1), new Entry(writer, n + 2)));
      session.set("writer " + writer, Map.of("n", n + 2, "seq", seq));
      say("ack " + writer + " " + (n + 2) + " " + seq + ";");
    }
  }

  /** One system call for one line: what is killed leaves no half of it in front of another. */
  private static void say(String line) {
    try {
      OUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
