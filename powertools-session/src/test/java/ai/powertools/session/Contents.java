package ai.powertools.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** All that can be read in a place, in lines, so that two places can be compared. */
final class Contents {
  private Contents() {}

  static List<String> of(Sessions sessions) {
    List<String> lines = new ArrayList<>();
    sessions.list().stream()
        .map(SessionInfo::name)
        .sorted()
        .forEach(name -> lines.addAll(of(sessions, name)));
    return lines;
  }

  static List<String> of(Sessions sessions, String name) {
    Session session = sessions.find(name).orElseThrow();
    List<String> lines = new ArrayList<>();
    lines.add(name + " version " + session.version() + " snapshots " + session.snapshots());
    sessions.look(name, view -> lines.addAll(of(view)));
    for (Snapshot snapshot : session.snapshots()) {
      of(session.at(snapshot.label())).forEach(line -> lines.add(snapshot.label() + " " + line));
    }
    return lines;
  }

  static List<String> of(SessionView view) {
    List<String> lines = new ArrayList<>();
    for (String key : view.keys()) {
      lines.add(key + " " + view.versioned(key, JsonNode.class));
    }
    for (String log : view.logs()) {
      lines.add(log + " " + view.last(log, Integer.MAX_VALUE, TypeOf.of(JsonNode.class)));
    }
    return lines;
  }
}
