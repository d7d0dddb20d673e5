package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares two versions of a session, row by row. */
final class Diffs {
  private Diffs() {}

  static SessionDiff between(long from, List<EntryRow> before, long to, List<EntryRow> after) {
    Map<PastLookup.Place, Long> old = versions(before);
    Map<PastLookup.Place, Long> now = versions(after);
    TreeMap<PastLookup.Place, Optional<SessionDiff.Kind>> kinds = new TreeMap<>();
    old.forEach((place, version) -> kinds.put(place, Optional.of(SessionDiff.Kind.REMOVED)));
    now.forEach((place, version) -> kinds.put(place, kind(old.get(place), version)));
    List<SessionDiff.Change> changes = new ArrayList<>();
    kinds.forEach(
        (place, kind) ->
            kind.ifPresent(
                what -> changes.add(new SessionDiff.Change(what, place.name(), place.seq()))));
    return new SessionDiff(from, to, changes);
  }

  private static Optional<SessionDiff.Kind> kind(@Nullable Long before, long after) {
    if (before == null) {
      return Optional.of(SessionDiff.Kind.ADDED);
    }
    return before == after ? Optional.empty() : Optional.of(SessionDiff.Kind.CHANGED);
  }

  private static Map<PastLookup.Place, Long> versions(List<EntryRow> rows) {
    Map<PastLookup.Place, Long> versions = new TreeMap<>();
    for (EntryRow row : rows) {
      if (row.seq() >= Seq.VALUE) {
        versions.put(new PastLookup.Place(row.name(), row.seq()), row.version());
      }
    }
    return versions;
  }
}
