package ai.powertools.cli;

import ai.powertools.session.HistoryWindow;
import ai.powertools.session.Session;
import ai.powertools.session.Sessions;
import ai.powertools.session.Ttl;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A few sessions to look at, written between 12:00 and 12:02 on the first of November 2026. */
final class SmallSessions {
  static final Instant BEGIN = Instant.parse("2026-11-01T12:00:00Z");

  private SmallSessions() {}

  static void write(Path file) {
    VirtualClock clock = VirtualClock.at(BEGIN);
    try (Sessions sessions =
        Sessions.builder().at(file).time(clock).history(HistoryWindow.FOREVER).open()) {
      Session notes = sessions.open("notes");
      notes.set("language", "de");
      notes.set("about", Map.of("title", "A \u0007bell, a \u202eturn, and words ".repeat(3)));
      notes.appendAll("messages", List.of("one", "two", "three"));
      notes.snapshot("monday");
      clock.advance(Duration.ofMinutes(1));
      notes.set("language", "en");
      sessions.open("brief", Ttl.of(Duration.ofHours(1))).set("x", 1);
      clock.advance(Duration.ofMinutes(1));
      sessions.open("late \u001b[31m").set("y", 2);
    }
  }

  /** Overwrites a record as a disk might. */
  static void damage(Path file, String name) {
    try (Store store = Store.sqlite(file)) {
      store.update(
          sql ->
              sql.execute(
                  "UPDATE session_entry SET record = ? WHERE name = ?", new byte[32], name));
    }
  }
}
