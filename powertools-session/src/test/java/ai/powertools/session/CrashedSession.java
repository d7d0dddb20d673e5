package ai.powertools.session;

import ai.powertools.session.WritingProcess.Entry;
import ai.powertools.testing.Survivors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is left of what {@link WritingProcess} wrote. */
final class CrashedSession {
  private CrashedSession() {}

  static Survivors survivors(Path file) {
    List<String> ids = new ArrayList<>();
    List<String> torn = new ArrayList<>();
    try (Sessions sessions = WritingProcess.open(file)) {
      sessions.verify().problems().forEach(problem -> torn.add(problem.toString()));
      Optional<Session> found = sessions.find(WritingProcess.SESSION);
      if (found.isPresent()) {
        for (String log : found.get().logs()) {
          look(found.get(), log, ids, torn);
        }
      }
    }
    return Survivors.of(ids).torn(torn);
  }

  private static void look(Session session, String log, List<String> ids, List<String> torn) {
    String writer = log.substring("log ".length());
    List<Entry> entries = session.log(log, Entry.class);
    for (int i = 0; i < entries.size(); i++) {
      Entry expected = Entry.of(writer + "/" + (i + 1));
      if (!entries.get(i).equals(expected)) {
        torn.add(expected.id() + " is " + entries.get(i).id());
      }
      ids.add(entries.get(i).id());
    }
    if (!session.get("last " + writer, Entry.class).equals(entries.get(entries.size() - 1))) {
      torn.add("the value of writer " + writer + " is not that of its last append");
    }
  }
}
