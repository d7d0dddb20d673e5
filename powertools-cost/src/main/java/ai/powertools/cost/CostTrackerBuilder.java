package ai.powertools.cost;

import ai.powertools.core.Time;
import ai.powertools.models.ModelCatalog;
import ai.powertools.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a {@link CostTracker} is made of; everything has a default. */
public final class CostTrackerBuilder {
  private static final Duration DEFAULT_LEASE = Duration.ofSeconds(30);
  private static final int DEFAULT_ENTRIES_IN_MEMORY = 100_000;

  final List<Budget> budgets = new ArrayList<>();
  final List<CostListener> listeners = new ArrayList<>();
  ModelCatalog catalog = ModelCatalog.bundled();
  Time time = Time.system();
  Duration lease = DEFAULT_LEASE;
  UnknownCost unknownCost = UnknownCost.refuse();
  Downgrade downgrade = (attributes, refusal) -> Optional.empty();
  int driftPercent = 1;
  private Optional<Supplier<Store>> store = Optional.empty();
  private boolean ownsStore;
  private Optional<ZoneId> zone = Optional.empty();
  boolean onlyLooking;
  private boolean countsLost;
  private int entriesInMemory = DEFAULT_ENTRIES_IN_MEMORY;
  private Optional<Duration> keepEntries = Optional.empty();

  CostTrackerBuilder() {}

  /** Keeps the ledger in one SQLite file, which the tracker opens and closes. */
  public CostTrackerBuilder at(Path file) {
    store = Optional.of(() -> Store.sqlite(file));
    ownsStore = true;
    return this;
  }

  /** Keeps the ledger in a store that others use too, and that the caller closes. */
  public CostTrackerBuilder store(Store shared) {
    store = Optional.of(() -> shared);
    ownsStore = false;
    return this;
  }

  /**
   * How many entries are kept where the ledger is in memory; 100,000 by default. Sums and budgets
   * count the older ones as well.
   *
   * @throws IllegalArgumentException if it is not above zero
   */
  public CostTrackerBuilder entriesInMemory(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("At least one entry is kept, not " + most);
    }
    entriesInMemory = most;
    return this;
  }

  /**
   * For how long a store keeps each single entry; for ever by default. Older ones are forgotten
   * while new ones are written, as by {@link CostTracker#prune}: what they come to by day and
   * attribute stays.
   *
   * @throws IllegalArgumentException if shorter than a day
   */
  public CostTrackerBuilder keepEntries(Duration time) {
    if (time.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("Entries are kept for a day at least, not " + time);
    }
    keepEntries = Optional.of(time);
    return this;
  }

  /**
   * By whose calendar the ledger sums up days, for reports; UTC by default. A ledger keeps the one
   * it was begun with.
   */
  public CostTrackerBuilder zone(ZoneId zone) {
    this.zone = Optional.of(zone.normalized());
    return this;
  }

  /**
   * A budget that every call it is for is held to; all of several must have room.
   *
   * @throws IllegalArgumentException if there is one of that name
   */
  public CostTrackerBuilder budget(Budget budget) {
    if (budgets.stream().anyMatch(other -> other.name().equals(budget.name()))) {
      throw new IllegalArgumentException(
          "There are two budgets \"" + budget.name() + "\". Name them apart with named(…).");
    }
    budgets.add(budget);
    return this;
  }

  /** Where prices come from; the bundled catalog by default. */
  public CostTrackerBuilder catalog(ModelCatalog catalog) {
    this.catalog = catalog;
    return this;
  }

  /** The clock that windows and leases go by. */
  public CostTrackerBuilder time(Time time) {
    this.time = time;
    return this;
  }

  /**
   * How long the reservations of a process that died stay in the way; 30 s by default. A process
   * says every third of this that it lives, so calls may take longer. The clocks of processes that
   * share a ledger must agree much better than this.
   *
   * @throws IllegalArgumentException if shorter than a second
   */
  public CostTrackerBuilder lease(Duration lease) {
    if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("A lease lasts at least a second, not " + lease);
    }
    this.lease = lease;
    return this;
  }

  /** What becomes of calls to models without a price; they are refused by default. */
  public CostTrackerBuilder unknownCost(UnknownCost policy) {
    this.unknownCost = policy;
    return this;
  }

  /**
   * Charges the budgets the worst case of a call that was lost, so that a limit holds even against
   * what nobody will ever report. By default they are charged nothing, and the ledger says what it
   * may have been.
   */
  public CostTrackerBuilder countLostCalls() {
    this.countsLost = true;
    return this;
  }

  /** Who names a cheaper model for a call that a budget has no room for; nobody by default. */
  public CostTrackerBuilder downgrade(Downgrade downgrade) {
    this.downgrade = downgrade;
    return this;
  }

  /**
   * Opens a ledger that belongs to others only to look at it: no call can be tracked, and nothing
   * is left in it, neither the sums of these budgets nor a word on calls that have lapsed, which
   * those have to hear of who made them. Only days may be summed up.
   */
  public CostTrackerBuilder onlyLooking() {
    onlyLooking = true;
    return this;
  }

  /** Who is told what happens to the money. */
  public CostTrackerBuilder listener(CostListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * By how many percent of our cost the vendor's own statement may differ before {@link
   * CostEvent.PriceDrift} tells; 1 by default.
   *
   * @throws IllegalArgumentException if it is not 0 to 100
   */
  public CostTrackerBuilder driftPercent(int percent) {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("A share is from 0 to 100 %, not " + percent);
    }
    this.driftPercent = percent;
    return this;
  }

  /**
   * Opens the ledger.
   *
   * @throws ai.powertools.store.StoreException if it can't be opened
   * @throws ai.powertools.core.ConfigurationException if it sums up days by another calendar than
   *     {@link #zone}
   */
  public CostTracker build() {
    return new CostTracker(this);
  }

  Ledger ledger(Supplier<List<Limit>> current, Consumer<CostEvent> listener) {
    if (store.isEmpty()) {
      return new MemoryLedger(
          zone.orElse(ZoneOffset.UTC), entriesInMemory, current, countsLost, listener);
    }
    Store opened = store.get().get();
    try {
      return new StoreLedger(
          opened, ownsStore, zone, time, lease, keepEntries, current, countsLost, listener);
    } catch (RuntimeException e) {
      if (ownsStore) {
        opened.close();
      }
      throw e;
    }
  }
}
