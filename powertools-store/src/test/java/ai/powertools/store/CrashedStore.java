package ai.powertools.store;

import ai.powertools.testing.Survivors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is left of what {@link CrashingWriter} wrote. */
final class CrashedStore {
  private static final String TORN =
      """
      SELECT 'writer ' || total.writer || ': total ' || total.n AS torn
        FROM total LEFT JOIN head USING (writer)
        GROUP BY total.writer, total.n
        HAVING COUNT(head.n) <> total.n OR MIN(head.n) <> 1 OR MAX(head.n) <> total.n
      UNION ALL
      SELECT 'no whole body of ' || head.writer || '/' || head.n
        FROM head LEFT JOIN body USING (writer, n)
        WHERE body.text IS NULL OR length(body.text) <> head.size
      UNION ALL
      SELECT 'no head of ' || body.writer || '/' || body.n
        FROM body LEFT JOIN head USING (writer, n) WHERE head.n IS NULL
      UNION ALL
      SELECT 'no total of ' || head.writer
        FROM head LEFT JOIN total USING (writer) WHERE total.n IS NULL
      """;

  private CrashedStore() {}

  static Survivors survivors(Path file) {
    try (Store store = Store.sqlite(file)) {
      store.migrate(CrashingWriter.TABLES);
      List<String> torn = new ArrayList<>(strings(store, TORN, "torn"));
      for (String line : strings(store, "PRAGMA integrity_check", "integrity_check")) {
        if (!line.equals("ok")) {
          torn.add(line);
        }
      }
      return Survivors.of(strings(store, "SELECT writer || '/' || n AS id FROM head", "id"))
          .torn(torn);
    }
  }

  private static List<String> strings(Store store, String query, String column) {
    return store.read(sql -> sql.query(query, r -> r.string(column)));
  }
}
