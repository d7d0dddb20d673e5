package ai.powertools.cost;

import ai.powertools.core.Time;
import ai.powertools.models.ModelCatalog;
import ai.powertools.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tracks what calls cost and keeps them within budgets, whoever's client makes them.
 *
 * <p>Before a call, the worst that it can cost is reserved in every budget, or in none and the call
 * is refused; after each attempt, what it used is settled, and at the end the rest of the
 * reservation goes back. So {@code spent + reserved ≤ limit} holds at every moment, among all
 * threads and processes that share the store, as long as no attempt costs more than was reserved
 * for it and nobody lowers the limit. A reservation whose process has died lapses by itself, and
 * what that call cost is not known to any budget: see {@link Outcome#LOST}.
 *
 * <p>Safe for use by many threads.
 */
public final class CostTracker implements AutoCloseable {
  private final Ledger ledger;
  private final ModelCatalog catalog;
  private final Time time;
  private final Duration lease;
  private final Optional<Store> owned;

  private CostTracker(Builder builder) {
    Store store = builder.store.get();
    this.owned = builder.ownsStore ? Optional.of(store) : Optional.empty();
    this.catalog = builder.catalog;
    this.time = builder.time;
    this.lease = builder.lease;
    try {
      this.ledger = new Ledger(store, List.copyOf(builder.budgets));
    } catch (RuntimeException e) {
      owned.ifPresent(Store::close);
      throw e;
    }
  }

  /** A tracker in memory, without budgets, until told otherwise. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Begins to describe a call.
   *
   * @param task what the call is for, as in {@code "code_gen"}; costs are reported by it
   */
  public CallDescription trackCall(String task) {
    return new CallDescription(this, task);
  }

  /** Every budget as it stands now. */
  public List<BudgetStatus> budgets() {
    return ledger.status(time.instant());
  }

  /** The attempts of one call, in order. */
  public List<LedgerEntry> entriesOfCall(String callId) {
    ledger.sweep(time.instant());
    return ledger.ofCall(callId);
  }

  /** The attempts that share a trace id, in the order they were recorded. */
  public List<LedgerEntry> entriesOfTrace(String traceId) {
    ledger.sweep(time.instant());
    return ledger.ofTrace(traceId);
  }

  /**
   * The attempts that were recorded last, whatever they were for, newest first.
   *
   * @param n how many at most
   * @throws IllegalArgumentException if negative
   */
  public List<LedgerEntry> recent(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("How many entries? At least 0, not " + n);
    }
    ledger.sweep(time.instant());
    return ledger.recent(n);
  }

  /** What was spent on each task, the dearest first. */
  public List<SpendingBy> byTask() {
    ledger.sweep(time.instant());
    return ledger.by("task");
  }

  /** What was spent on each model, the dearest first. */
  public List<SpendingBy> byModel() {
    ledger.sweep(time.instant());
    return ledger.by("model");
  }

  /** What all recorded attempts cost so far. */
  public Spending total() {
    ledger.sweep(time.instant());
    return ledger.total();
  }

  /** Where the ledger lies, for messages. */
  public String location() {
    return ledger.location();
  }

  Ledger ledger() {
    return ledger;
  }

  ModelCatalog catalog() {
    return catalog;
  }

  Time time() {
    return time;
  }

  Duration lease() {
    return lease;
  }

  /** Closes the store if this tracker opened it. Harmless twice. */
  @Override
  public void close() {
    owned.ifPresent(Store::close);
  }

  /** What a tracker is made of; everything has a default. */
  public static final class Builder {
    private static final Duration DEFAULT_LEASE = Duration.ofSeconds(30);

    private Supplier<Store> store = Store::inMemory;
    private boolean ownsStore = true;
    private ModelCatalog catalog = ModelCatalog.bundled();
    private Time time = Time.system();
    private Duration lease = DEFAULT_LEASE;
    private final List<Budget> budgets = new ArrayList<>();

    private Builder() {}

    /** Keeps the ledger in one SQLite file, which the tracker opens and closes. */
    public Builder at(Path file) {
      store = () -> Store.sqlite(file);
      ownsStore = true;
      return this;
    }

    /** Keeps the ledger in a store that others use too, and that the caller closes. */
    public Builder store(Store shared) {
      store = () -> shared;
      ownsStore = false;
      return this;
    }

    /** A budget that every call is held to; all of several must have room. */
    public Builder budget(Budget budget) {
      if (budgets.stream().anyMatch(other -> other.key().equals(budget.key()))) {
        throw new IllegalArgumentException(
            "There are two budgets \"" + budget.label() + "\". Name them apart with named(…).");
      }
      budgets.add(budget);
      return this;
    }

    /** Where prices come from; the bundled catalog by default. */
    public Builder catalog(ModelCatalog catalog) {
      this.catalog = catalog;
      return this;
    }

    /** The clock that windows and leases go by. */
    public Builder time(Time time) {
      this.time = time;
      return this;
    }

    /**
     * How long the reservation of a process that died stays in the way; 30 s by default. A call
     * under way renews its lease every third of this, so calls may take longer. The clocks of
     * processes that share a store must agree much better than this.
     *
     * @throws IllegalArgumentException if shorter than a second
     */
    public Builder lease(Duration lease) {
      if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("A lease lasts at least a second, not " + lease);
      }
      this.lease = lease;
      return this;
    }

    /** Opens the ledger. */
    public CostTracker build() {
      return new CostTracker(this);
    }
  }
}
