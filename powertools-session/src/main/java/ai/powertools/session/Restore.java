package ai.powertools.session;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Puts sessions back from a backup. Says what is chosen; {@link #to} does it. Not for use by
 * several threads.
 *
 * <pre>{@code
 * Restore.from(full, monday, tuesday).only("project-name").to(sessions);
 * }</pre>
 */
public final class Restore {
  private final List<Path> chain;
  private final Set<String> only = new TreeSet<>();
  private UnaryOperator<String> names = UnaryOperator.identity();
  private Optional<Instant> moment = Optional.empty();
  private boolean replacing;

  private Restore(List<Path> chain) {
    this.chain = chain;
  }

  /**
   * From a full backup and the increments on it.
   *
   * @param increments in their order; the last one says which state is restored
   */
  public static Restore from(Path full, Path... increments) {
    List<Path> chain = new ArrayList<>();
    chain.add(full);
    chain.addAll(List.of(increments));
    return new Restore(chain);
  }

  /** These sessions alone, by their names in the backup. */
  public Restore only(String... sessions) {
    only.addAll(List.of(sessions));
    return this;
  }

  /** Under other names: a function from the name in the backup to the one that it gets. */
  public Restore as(UnaryOperator<String> names) {
    this.names = names;
    return this;
  }

  /**
   * As it was at a moment, and not as it was when the last file was written. It can be any moment
   * at which one of the files was written; one in between only as far as the sessions kept a {@link
   * HistoryWindow history}, had a snapshot made just then, or were not changed after it.
   */
  public Restore at(Instant moment) {
    this.moment = Optional.of(moment);
    return this;
  }

  /** In the place of sessions of the same names; otherwise they are left alone. */
  public Restore replacing() {
    this.replacing = true;
    return this;
  }

  /**
   * Looks at every byte of the backup, then puts the sessions back in one transaction: all of them,
   * or nothing. They have the ids that they had, so that records are what they were, encrypted ones
   * too; where another session has the id, it is a copy with a new one. Nobody holds a lock on
   * them, and no token of a lock that was given out before is valid.
   *
   * @throws SessionException if the backup is damaged or not whole, if a session of a name is there
   *     already, or if the state at the moment is not known: then the message names the nearest
   *     ones that are
   */
  public Restored to(Sessions sessions) {
    BackupChain backup = Backups.intact(chain);
    RestorePlan plan = new RestorePlan(backup, moment, sessions.settings().format());
    return new RestoreRun(sessions.settings(), plan.sources(only), names, replacing)
        .run(plan.shared());
  }
}
