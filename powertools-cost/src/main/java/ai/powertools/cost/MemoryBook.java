package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A book in memory. For whoever holds the lock. */
final class MemoryBook implements Book, Backfill.Source {
  /** Four windows of a rolling budget: beyond, what has left is looked for. */
  private static final int MOST_CELLS = 256;

  final MemoryEntries entries;
  final List<Alert> alerts = new ArrayList<>();
  private final Map<Counter, Registered> counters = new LinkedHashMap<>();
  private final List<Map<String, NavigableMap<Long, Balance>>> sums = new ArrayList<>();
  private final List<Counter> counted = new ArrayList<>();
  private final Map<Key, Held> held = new HashMap<>();
  private final Set<Key> lapsing = new HashSet<>();
  private final Set<Object> alerted = new HashSet<>();

  MemoryBook(ZoneId zone, int mostEntries) {
    this.entries = new MemoryEntries(zone, mostEntries);
  }

  private record Key(String callId, int firstAttempt) {}

  @Override
  public Collection<Registered> counters() {
    return counters.values();
  }

  @Override
  public Optional<Registered> find(Counter counter) {
    return Optional.ofNullable(counters.get(counter));
  }

  @Override
  public void register(Counter counter, Instant now) {
    Registered registered = new Registered(sums.size(), counter);
    sums.add(new HashMap<>());
    counted.add(counter);
    counters.put(counter, registered);
    new Backfill(this, this, registered).run(now);
  }

  /** There is nobody else, so that it may as well be kept. */
  @Override
  public void preview(Counter counter, Instant now) {
    register(counter, now);
  }

  @Override
  public Balance balance(long counter, String share, long cell) {
    NavigableMap<Long, Balance> cells =
        sums.get((int) counter).computeIfAbsent(share, unused -> new TreeMap<>());
    Balance balance = cells.get(cell);
    if (balance == null) {
      balance = new Balance(0, 0);
      cells.put(cell, balance);
    }
    return balance;
  }

  @Override
  public long spentFrom(long counter, String share, long firstCell) {
    NavigableMap<Long, Balance> cells = sums.get((int) counter).get(share);
    if (cells == null) {
      return 0;
    }
    if (cells.size() > MOST_CELLS) {
      forget(counted.get((int) counter), cells, firstCell);
    }
    long sum = 0;
    for (Balance balance : cells.tailMap(firstCell, true).values()) {
      sum = Balance.sum(sum, balance.spent);
    }
    return sum;
  }

  /** Time does not come back, but for calls under way, which must fit where they began. */
  private void forget(Counter counter, NavigableMap<Long, Balance> cells, long firstCell) {
    long first = firstCell;
    for (Held one : held.values()) {
      first = Math.min(first, counter.firstCell(one.beganAt()));
    }
    cells.subMap(Counter.HELD, false, first, false).clear();
  }

  @Override
  public List<String> shares(long counter, long firstCell) {
    return sums.get((int) counter).entrySet().stream()
        .filter(share -> counts(share.getValue(), firstCell))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static boolean counts(NavigableMap<Long, Balance> cells, long firstCell) {
    Balance reserved = cells.get(Counter.HELD);
    return (reserved != null && reserved.reserved > 0)
        || cells.tailMap(firstCell, true).values().stream()
            .anyMatch(balance -> balance.spent > 0 || balance.reserved > 0);
  }

  @Override
  public boolean hold(Held more) {
    Key key = new Key(more.callId(), more.firstAttempt());
    if (held.putIfAbsent(key, more) != null) {
      return false;
    }
    if (more.lapsesAt().isPresent()) {
      lapsing.add(key);
    }
    return true;
  }

  @Override
  public Optional<Held> held(String callId, int firstAttempt) {
    return Optional.ofNullable(held.get(new Key(callId, firstAttempt)));
  }

  @Override
  public void replace(Held other) {
    Key key = new Key(other.callId(), other.firstAttempt());
    held.put(key, other);
    if (other.lapsesAt().isPresent()) {
      lapsing.add(key);
    }
  }

  @Override
  public long drop(String callId, int firstAttempt) {
    Key key = new Key(callId, firstAttempt);
    Held gone = held.remove(key);
    if (gone == null) {
      return 0;
    }
    if (!lapsing.isEmpty()) {
      lapsing.remove(key);
    }
    return gone.reserved();
  }

  @Override
  public List<Lapsed> lapsed(Instant now) {
    if (lapsing.isEmpty()) {
      return List.of();
    }
    return lapsing.stream()
        .map(held::get)
        .flatMap(one -> one.lapsesAt().map(at -> new Lapsed(one, at)).stream())
        .filter(lapsed -> !lapsed.at().isAfter(now))
        .sorted(Comparator.comparing(Lapsed::at))
        .toList();
  }

  @Override
  public boolean add(LedgerEntry entry) {
    return entries.add(entry);
  }

  @Override
  public Optional<LedgerEntry> entry(String callId, int attempt) {
    return entries.find(callId, attempt);
  }

  @Override
  public void strike(LedgerEntry entry) {
    entries.strike(entry);
  }

  @Override
  public boolean alert(Counter counter, CostEvent.ThresholdReached alert) {
    boolean isNew =
        alerted.add(
            List.of(
                counter,
                alert.share(),
                alert.windowStart(),
                alert.percent(),
                alert.budget().limit()));
    if (isNew) {
      alerts.add(Alert.of(alert));
    }
    return isNew;
  }

  @Override
  public void forgetSums(Instant before) {
    for (Registered one : counters.values()) {
      long first = one.counter().firstCell(before);
      Map<String, NavigableMap<Long, Balance>> shares = sums.get((int) one.id());
      for (NavigableMap<Long, Balance> cells : shares.values()) {
        cells
            .subMap(Counter.HELD, false, first, false)
            .values()
            .removeIf(balance -> balance.reserved == 0);
      }
      shares.values().removeIf(Map::isEmpty);
    }
  }

  @Override
  public ZoneId zone() {
    return entries.zone();
  }

  @Override
  public List<Backfill.Charges> days(LocalDate from, LocalDate before) {
    return entries.charges(from, before);
  }

  @Override
  public List<Backfill.Charges> entries(Instant from, Instant before, Duration part) {
    return entries.all().stream()
        .filter(entry -> !entry.beganAt().isBefore(from) && entry.beganAt().isBefore(before))
        .filter(entry -> !entry.counted().equals(Usd.ZERO))
        .map(entry -> new Backfill.Charges(entry.attributes(), entry.beganAt(), entry.counted()))
        .toList();
  }

  @Override
  public List<Held> held() {
    return List.copyOf(held.values());
  }
}
