package ai.powertools.cli;

import ai.powertools.session.Backup;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is said of a backup. */
final class BackupText {
  private BackupText() {}

  static String line(Backup backup, String file) {
    return "%s: %s, %s, %s, %s, taken at %s."
        .formatted(
            file,
            backup.isIncrement() ? "an increment" : "a full backup",
            counted(backup.sessions(), "session", "sessions"),
            counted(backup.entries(), "entry", "entries"),
            ByteSize.text(backup.bytes()),
            backup.takenAt());
  }

  static String json(Backup backup) {
    ObjectNode json = SessionJson.object();
    json.put("id", backup.id())
        .put("parent", backup.parent().orElse(null))
        .put("taken_at", backup.takenAt().toString())
        .put("sessions", backup.sessions())
        .put("entries", backup.entries())
        .put("bytes", backup.bytes());
    return SessionJson.text(json);
  }

  static String counted(long count, String one, String many) {
    return ModelText.number(count) + " " + (count == 1 ? one : many);
  }
}
