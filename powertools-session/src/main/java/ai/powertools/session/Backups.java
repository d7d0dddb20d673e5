package ai.powertools.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at files of backups. Nothing is restored, and no key is needed: records stay as they are.
 */
public final class Backups {
  private Backups() {}

  /**
   * Looks at every byte of a full backup and of the increments on it: each frame's checksum, each
   * file's digest and counts, whether each file follows the one before, and whether each session
   * can be put together.
   *
   * @param chain the full backup first, then its increments in their order
   * @throws IllegalArgumentException if there is none
   */
  public static BackupCheck verify(Path... chain) {
    List<String> problems = new ArrayList<>();
    List<BackupFile> files = scan(List.of(chain), problems);
    if (problems.isEmpty()) {
      BackupChain whole = BackupChain.of(files, problems);
      if (problems.isEmpty()) {
        putTogether(whole, problems);
      }
    }
    return new BackupCheck(files.stream().map(BackupFile::backup).toList(), problems);
  }

  /**
   * What is in one file, all of which is looked at.
   *
   * @throws SessionException if it is damaged or no backup
   */
  public static Backup read(Path file) {
    return BackupFile.intact(file).backup();
  }

  /**
   * The same as {@link #verify}, to go on with.
   *
   * @throws SessionException with the first problems, if there are any
   */
  static BackupChain intact(List<Path> chain) {
    List<String> problems = new ArrayList<>();
    List<BackupFile> files = scan(chain, problems);
    if (problems.isEmpty()) {
      BackupChain whole = BackupChain.of(files, problems);
      if (problems.isEmpty()) {
        return whole;
      }
    }
    throw new SessionException(
        "The backup can't be used: %s. Nothing was restored. Name the full backup first and then its increments in their order, or take another copy."
            .formatted(String.join("; ", problems)),
        null);
  }

  private static List<BackupFile> scan(List<Path> chain, List<String> problems) {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("No backup was named.");
    }
    List<BackupFile> files = new ArrayList<>();
    for (Path path : chain) {
      BackupScan scan = BackupScan.of(path);
      scan.problems().forEach(problem -> problems.add(path + ": " + problem));
      scan.file().ifPresent(files::add);
    }
    return files;
  }

  private static void putTogether(BackupChain chain, List<String> problems) {
    int last = chain.files().size() - 1;
    for (long session : chain.files().get(last).sessions().keySet()) {
      try {
        chain.image(last, session);
      } catch (SessionException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
  }
}
