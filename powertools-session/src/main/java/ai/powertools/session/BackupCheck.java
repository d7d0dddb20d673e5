package ai.powertools.session;

import java.util.List;

/**
 * What was found when files of a backup were looked at.
 *
 * @param backups those that can be read, in their order
 * @param problems what is damaged or missing, with the file; empty when all can be restored
 */
public record BackupCheck(List<Backup> backups, List<String> problems) {
  /** Makes it; the lists are copied. */
  public BackupCheck {
    backups = List.copyOf(backups);
    problems = List.copyOf(problems);
  }

  /** Whether all of it can be restored. */
  public boolean isIntact() {
    return problems.isEmpty();
  }
}
