package ai.powertools.examples;

import ai.powertools.session.Session;
import ai.powertools.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** State that is still there when the file is opened again, as after a crash. */
public final class SessionPersistence {
  private SessionPersistence() {}

  /** Any record will do. */
  public record Said(String who, String what) {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("example");
    Path file = folder.resolve("state.db");
    try (Sessions sessions = Sessions.at(file)) {
      Session session = sessions.open("project-name");
      session.set("language", "English");
      session.append("history", new Said("Ada", "Hello"));
      session.appendAll("history", List.of(new Said("model", "Hi"), new Said("Ada", "Bye")));
      session.update("visits", Integer.class, visits -> visits.orElse(0) + 1);
      session.snapshot("yesterday");
      session.set("language", "Deutsch");
    }
    try (Sessions sessions = Sessions.at(file)) {
      Session again = sessions.open("project-name");
      System.out.println(again.get("language", String.class));
      System.out.println(again.tail("history", 2, Said.class));
      System.out.println(again.get("visits", Integer.class));
      System.out.println("yesterday: " + again.at("yesterday").get("language", String.class));
    }
    try (var files = Files.list(folder)) {
      for (Path left : files.toList()) {
        Files.delete(left);
      }
    }
    Files.delete(folder);
  }
}
