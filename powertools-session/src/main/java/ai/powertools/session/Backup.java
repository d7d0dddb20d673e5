package ai.powertools.session;

import java.time.Instant;
import java.util.Optional;

/**
 * One file of a backup, as {@link Sessions#backup(java.nio.file.Path)} wrote it.
 *
 * @param id unique for ever
 * @param parent the id of the backup that it adds to; empty when it is a full one
 * @param takenAt the moment whose state it holds
 * @param sessions how many there were then
 * @param entries how many values, entries of logs and of the past are in this file
 * @param bytes how long the file is
 */
public record Backup(
    String id, Optional<String> parent, Instant takenAt, long sessions, long entries, long bytes) {

  static Backup of(BackupHeader header, BackupCounts counts, long bytes) {
    return new Backup(
        header.id(),
        header.parent().map(BackupHeader.Parent::id),
        header.takenAt(),
        counts.sessions(),
        counts.entries(),
        bytes);
  }

  /** Whether it holds only what changed since its parent. */
  public boolean isIncrement() {
    return parent.isPresent();
  }
}
