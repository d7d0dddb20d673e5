package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.store.Migrations;
import ai.powertools.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OlderTablesTest {
  private static final Instant THEN = Instant.parse("2026-10-01T08:00:00Z");

  @Test
  void whatTheFirstVersionKeptIsThereAsIfItHadBeenWrittenToday() {
    try (Store store = Store.inMemory()) {
      store.migrate(Migrations.of("session").step(1, SqlTables.FIRST));
      store.update(
          sql -> {
            for (String name : List.of("one", "other")) {
              sql.execute("INSERT INTO session VALUES (?, ?, ?)", name, THEN, THEN);
              sql.execute(
                  "INSERT INTO session_value VALUES (?, 'plan', 3, ?)", name, "{\"step\": 7}");
              for (int i = 1; i <= 3; i++) {
                sql.execute(
                    "INSERT INTO session_log VALUES (?, 'log', ?, ?, ?)",
                    name,
                    i,
                    THEN.plusSeconds(i),
                    "\"entry " + i + "\"");
              }
            }
          });

      Sessions sessions = Sessions.on(store);
      assertThat(sessions.list()).extracting(SessionInfo::name).containsExactly("one", "other");
      Session session = sessions.find("other").orElseThrow();
      assertThat(session.get("plan", new TypeOf<Map<String, Integer>>() {}))
          .isEqualTo(Map.of("step", 7));
      assertThat(session.log("log", String.class)).containsExactly("entry 1", "entry 2", "entry 3");
      assertThat(session.page("log", 2, 1, String.class))
          .containsExactly(new LogEntry<>(2, 1, THEN.plusSeconds(2), "entry 2"));
      assertThat(session.append("log", "entry 4")).isEqualTo(4);
      assertThat(sessions.verify().problems()).isEmpty();

      sessions.delete("one");
      assertThat(Sessions.on(store).find("one")).as("moved only once").isEmpty();
    }
  }
}
