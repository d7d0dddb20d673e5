package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.SessionRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Finds out which sessions a backup holds as they were at a moment. */
final class RestorePlan {
  private static final int MOST_NAMES = 5;

  private final BackupChain chain;
  private final Optional<Instant> moment;
  private final RecordFormat format;

  /** The first file that was written no earlier than the moment. */
  private final int file;

  RestorePlan(BackupChain chain, Optional<Instant> moment, RecordFormat format) {
    this.chain = chain;
    this.moment = moment.map(Moments::micros);
    this.format = format;
    this.file = this.moment.map(this::fileOf).orElse(chain.files().size() - 1);
  }

  private int fileOf(Instant wanted) {
    List<BackupFile> files = chain.files();
    for (int i = 0; i < files.size(); i++) {
      if (!files.get(i).header().takenAt().isBefore(wanted)) {
        return i;
      }
    }
    throw new SessionException(
        "The backup ends at %s, before %s: nothing is known of later. Restore the last state that it holds, or add a later increment."
            .formatted(files.get(files.size() - 1).header().takenAt(), wanted),
        null);
  }

  /** A session to be put back. */
  interface Source {
    /** Its name in the backup. */
    String name();

    /** All of it. */
    SessionImage image();
  }

  private record Found(String name, Supplier<SessionImage> all) implements Source {
    @Override
    public SessionImage image() {
      return all.get();
    }
  }

  /** What belongs to all sessions. */
  Map<String, byte[]> shared() {
    return chain.files().get(file).sharedItems();
  }

  /**
   * The sessions, by name.
   *
   * @param only their names; empty for all
   * @throws SessionException if one of them is not there, or not known as it was
   */
  List<Source> sources(Set<String> only) {
    List<Source> sources = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    NavigableSet<Instant> before = new TreeSet<>();
    Instant after = Instant.MIN;
    for (SessionRow head : heads(file)) {
      if ((!only.isEmpty() && !only.contains(head.name())) || !wasThere(head)) {
        continue;
      }
      if (isAsItIs(head)) {
        sources.add(new Found(head.name(), () -> whole(head)));
      } else if (at(whole(head)).isPresent()) {
        sources.add(new Found(head.name(), () -> at(whole(head)).orElseThrow()));
      } else {
        unknown.add(head.name());
        after = Moments.later(after, head.history().fromAt());
        whole(head).snapshots().stream().map(EntryRow::at).forEach(before::add);
      }
    }
    for (SessionRow gone : removedSince()) {
      if ((only.isEmpty() || only.contains(gone.name())) && wasThere(gone)) {
        unknown.add(gone.name());
        after = chain.files().get(file).header().takenAt();
      }
    }
    if (!unknown.isEmpty()) {
      throw unknown(unknown, before, after);
    }
    refuseMissing(only, sources);
    return sources;
  }

  private List<SessionRow> heads(int of) {
    BackupFile holder = chain.files().get(of);
    return holder.sessions().keySet().stream()
        .map(id -> holder.head(id).orElseThrow())
        .sorted(Comparator.comparing(SessionRow::name))
        .toList();
  }

  private boolean wasThere(SessionRow head) {
    return moment.isEmpty()
        || (!head.createdAt().isAfter(moment.get())
            && !Moments.isOver(head.expiresAt(), moment.get()));
  }

  /** Whether the state that the file holds is the one of the moment. */
  private boolean isAsItIs(SessionRow head) {
    return moment.isEmpty()
        || moment.get().equals(chain.files().get(file).header().takenAt())
        || !head.touchedAt().isAfter(moment.get());
  }

  private SessionImage whole(SessionRow head) {
    if (!Heads.isIntact(head)) {
      throw new SessionException(
          "The head of session \"%s\" was damaged already when the backup was taken. Leave it out (only(…)), or take an older backup."
              .formatted(head.name()),
          null);
    }
    return chain.image(file, head.id());
  }

  private Optional<SessionImage> at(SessionImage image) {
    return image.at(moment.orElseThrow(), format);
  }

  /** Those that the file before had: nobody wrote down when they went. */
  private List<SessionRow> removedSince() {
    if (file == 0
        || moment.isEmpty()
        || moment.get().equals(chain.files().get(file).header().takenAt())) {
      return List.of();
    }
    Set<Long> left = chain.files().get(file).sessions().keySet();
    return heads(file - 1).stream().filter(head -> !left.contains(head.id())).toList();
  }

  private SessionException unknown(
      List<String> sessions, NavigableSet<Instant> snapshots, Instant after) {
    Instant wanted = moment.orElseThrow();
    NavigableSet<Instant> before = sessions.size() == 1 ? snapshots : new TreeSet<>();
    if (file > 0) {
      before.add(chain.files().get(file - 1).header().takenAt());
    }
    Optional<Instant> nearest = Optional.ofNullable(before.lower(wanted));
    return new SessionException(
        "The backup does not hold session%s %s%s as of %s: what stood then was thrown away. The nearest moments that it holds are %s%s. Name one of them, or leave out what is not known (only(…))."
            .formatted(
                sessions.size() == 1 ? "" : "s",
                String.join(
                    ", ",
                    sessions.stream().limit(MOST_NAMES).map(name -> "\"" + name + "\"").toList()),
                sessions.size() > MOST_NAMES
                    ? " and %d more".formatted(sessions.size() - MOST_NAMES)
                    : "",
                wanted,
                nearest.map(found -> found + " and ").orElse(""),
                after),
        null);
  }

  private void refuseMissing(Set<String> only, List<Source> sources) {
    Set<String> missing = new TreeSet<>(only);
    sources.forEach(source -> missing.remove(source.name()));
    if (!missing.isEmpty()) {
      throw new SessionException(
          "The backup holds no session \"%s\"%s; it has %d: %s%s. Nothing was restored."
              .formatted(
                  missing.iterator().next(),
                  moment.map(at -> " as of " + at).orElse(""),
                  heads(file).size(),
                  String.join(
                      ", ",
                      heads(file).stream()
                          .limit(MOST_NAMES)
                          .map(head -> "\"" + head.name() + "\"")
                          .toList()),
                  heads(file).size() > MOST_NAMES ? " …" : ""),
          null);
    }
  }
}
