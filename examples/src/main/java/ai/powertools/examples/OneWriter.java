package ai.powertools.examples;

import ai.powertools.session.Session;
import ai.powertools.session.SessionLock;
import ai.powertools.session.SessionLockedException;
import ai.powertools.session.Sessions;
import ai.powertools.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A session that one process at a time writes to, also when the one that does is killed. */
public final class OneWriter {
  private OneWriter() {}

  /** With a file: the process that takes the lock, and is killed with it. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 0) {
      hold(Path.of(arguments[0]));
      return;
    }
    Path folder = Files.createTempDirectory("example");
    Path file = folder.resolve("state.db");
    try (JavaProcess other = JavaProcess.start(OneWriter.class, file.toString());
        Sessions sessions = Sessions.at(file)) {
      other.awaitLine("locked");
      Session session = sessions.open("nightly");
      try {
        session.set("step", "send");
        System.out.println("not reached");
      } catch (SessionLockedException e) {
        System.out.println("refused: held by " + e.holder());
      }
      other.kill(); // its lease ends all the same
      try (SessionLock lock = session.lock(Duration.ofMinutes(1))) { // waits for that
        System.out.println("goes on after: " + lock.session().get("step", String.class));
        lock.session().set("step", "send");
        System.out.println("token: " + lock.token());
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path left : files.toList()) {
        Files.delete(left);
      }
    }
    Files.delete(folder);
  }

  private static void hold(Path file) throws IOException {
    try (Sessions sessions = Sessions.builder().at(file).holder("the first").open();
        SessionLock lock = sessions.open("nightly").lock(Duration.ofSeconds(3))) {
      lock.session().set("step", "fetch");
      System.out.println("locked");
      int unused = System.in.read(); // until it is killed
    }
  }
}
