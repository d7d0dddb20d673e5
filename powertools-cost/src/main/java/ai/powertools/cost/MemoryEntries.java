package ai.powertools.cost;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entries in memory, as many as are kept, and the sums of each day, which stay. For whoever holds
 * the lock.
 */
final class MemoryEntries {
  private final ZoneId zone;
  private final int most;
  private final Map<Key, LedgerEntry> entries = new LinkedHashMap<>();
  private final Map<Group, TotalsBuilder> days = new HashMap<>();

  MemoryEntries(ZoneId zone, int most) {
    this.zone = zone;
    this.most = most;
  }

  private record Key(String callId, int attempt) {}

  private record Group(LocalDate day, Attributes attributes) {}

  ZoneId zone() {
    return zone;
  }

  Collection<LedgerEntry> all() {
    return entries.values();
  }

  boolean add(LedgerEntry entry) {
    if (entries.putIfAbsent(new Key(entry.callId(), entry.attempt()), entry) != null) {
      return false;
    }
    group(entry).add(entry);
    retried(entry, 1);
    if (entries.size() > most) {
      Iterator<LedgerEntry> oldest = entries.values().iterator();
      oldest.next();
      oldest.remove();
    }
    return true;
  }

  private void retried(LedgerEntry entry, int sign) {
    if (!entry.redone().isZero()) {
      find(entry.callId(), entry.attempt() - 1)
          .ifPresent(before -> group(before).retried(before, sign));
    }
  }

  Optional<LedgerEntry> find(String callId, int attempt) {
    return Optional.ofNullable(entries.get(new Key(callId, attempt)));
  }

  void strike(LedgerEntry entry) {
    if (entries.remove(new Key(entry.callId(), entry.attempt())) != null) {
      group(entry).strike(entry);
      retried(entry, -1);
    }
  }

  /** Forgets the entries of calls that began before then. */
  long prune(Instant before) {
    int size = entries.size();
    entries.values().removeIf(entry -> entry.beganAt().isBefore(before));
    return (long) size - entries.size();
  }

  List<DayTotals> days(LocalDate first, LocalDate last) {
    List<DayTotals> all = new ArrayList<>();
    days.forEach(
        (group, totals) -> {
          if (!group.day().isBefore(first) && !group.day().isAfter(last) && totals.attempts() > 0) {
            all.add(new DayTotals(group.day(), group.attributes(), totals.totals()));
          }
        });
    return all;
  }

  List<Backfill.Charges> charges(LocalDate from, LocalDate before) {
    List<Backfill.Charges> all = new ArrayList<>();
    days.forEach(
        (group, totals) -> {
          if (!group.day().isBefore(from) && group.day().isBefore(before)) {
            Instant began = group.day().atStartOfDay(zone).toInstant();
            all.add(new Backfill.Charges(group.attributes(), began, totals.counted()));
          }
        });
    return all;
  }

  private TotalsBuilder group(LedgerEntry entry) {
    Group group =
        new Group(
            LocalDate.ofInstant(entry.beganAt(), zone),
            entry.attributes().without(Attributes.SESSION));
    TotalsBuilder totals = days.get(group);
    if (totals == null) {
      totals = new TotalsBuilder();
      days.put(group, totals);
    }
    return totals;
  }
}
