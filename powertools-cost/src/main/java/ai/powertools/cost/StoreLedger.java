package ai.powertools.cost;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Time;
import ai.powertools.store.Sql;
import ai.powertools.store.Store;
import ai.powertools.store.StoreException;
import ai.powertools.store.WriteMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A ledger in a store that many processes may share. Every change is made under one lock of the
 * store, so that {@code spent + reserved ≤ limit} is checked and kept among all of them.
 *
 * <p>What is settled is durable. What is reserved in a file need only be seen by the others, which
 * needs no flush of the disk: should the machine fail, all who share the file fail with it, and
 * what they had reserved last may be gone, and with it the entries that say so. In PostgreSQL,
 * which may fail without them, it is durable too.
 */
final class StoreLedger implements Ledger {
  private static final WriteMode DURABLE =
      WriteMode.DURABLE.exclusive("cost").done(WriteMode.Done.DURABLE_SEEN_SOONER);

  private static final WriteMode SEEN = DURABLE.done(WriteMode.Done.SEEN);

  /** After so many new entries they are summed up; about as much work as ten of them. */
  private static final int ROLL_UP_AFTER = 2_000;

  /** For so long at most nobody looks for what has lapsed, where nothing is known to. */
  private static final Duration LONGEST_QUIET = Duration.ofSeconds(1);

  private final Store store;
  private final boolean ownsStore;
  private final Time time;
  private final Duration lease;
  private final Optional<Duration> keep;
  private final Supplier<List<Limit>> limits;
  private final boolean countsLost;
  private final Consumer<CostEvent> listener;
  private final Shared shared;
  private final Lane durable;
  private final Lane visible;
  private final String holder = UUID.randomUUID().toString();
  private final AtomicLong settled = new AtomicLong();
  private final SqlReadings readings;
  private volatile Instant renewAt = Instant.MIN;
  private volatile Instant quietUntil = Instant.MIN;

  StoreLedger(
      Store store,
      boolean ownsStore,
      Optional<ZoneId> zone,
      Time time,
      Duration lease,
      Optional<Duration> keep,
      Supplier<List<Limit>> limits,
      boolean countsLost,
      Consumer<CostEvent> listener) {
    this.store = store;
    this.ownsStore = ownsStore;
    this.time = time;
    this.lease = lease;
    this.keep = keep;
    this.limits = limits;
    this.countsLost = countsLost;
    this.listener = listener;
    store.migrate(Tables.MIGRATIONS);
    this.shared = new Shared(zone(store, zone), new Labels());
    this.durable = new Lane(store, DURABLE, this);
    this.visible = new Lane(store, SEEN, this);
    this.readings = new SqlReadings(store, shared, this);
  }

  /** The calendar that the ledger was begun with. */
  private static ZoneId zone(Store store, Optional<ZoneId> wanted) {
    String select = "SELECT zone FROM cost_state WHERE id = 1";
    String kept =
        store
            .read(sql -> sql.first(select, r -> r.string("zone")))
            .orElseGet(
                () ->
                    store.write(
                        sql -> {
                          sql.execute(
                              "INSERT INTO cost_state (id, zone, counters, rolled)"
                                  + " VALUES (1, ?, 1, 0) ON CONFLICT (id) DO NOTHING",
                              wanted.orElse(ZoneOffset.UTC).getId());
                          return sql.first(select, r -> r.string("zone")).orElseThrow();
                        }));
    if (wanted.isPresent() && !wanted.get().getId().equals(kept)) {
      throw new ConfigurationException(
          "The ledger at %s sums up its days in the zone %s, not in %s. Leave zone(…) out, or begin another ledger."
              .formatted(
                  store.location(), MonthName.zone(ZoneId.of(kept)), MonthName.zone(wanted.get())));
    }
    return ZoneId.of(kept);
  }

  /** The counters of the ledger, and how often they have changed. */
  record Counters(long version, List<Book.Registered> all) {}

  /** What the transactions of this ledger know from each other. Safe for many threads. */
  static final class Shared {
    private static final int MOST_ALERTS = 10_000;
    private final ZoneId zone;
    private final Labels labels;
    private final Set<List<Object>> alerted = ConcurrentHashMap.newKeySet();
    private volatile Counters counters = new Counters(0, List.of());

    Shared(ZoneId zone, Labels labels) {
      this.zone = zone;
      this.labels = labels;
    }

    ZoneId zone() {
      return zone;
    }

    Labels labels() {
      return labels;
    }

    Counters counters() {
      return counters;
    }

    void know(Counters other) {
      counters = other;
    }

    Set<List<Object>> alerted() {
      return alerted;
    }

    void remember(List<List<Object>> alerts) {
      if (alerted.size() > MOST_ALERTS) {
        alerted.clear();
      }
      alerted.addAll(alerts);
    }

    /** Later than any call. */
    Instant farAway() {
      return Instant.parse("9999-12-31T00:00:00Z");
    }
  }

  @Override
  public <T> T visibly(Turn<T> turn) {
    Operation<T> operation = visible.add(turn);
    T result = operation.await();
    operation.events().forEach(listener);
    return result;
  }

  @Override
  public <T> T certainly(Turn<T> turn) {
    return done(visible.add(turn));
  }

  @Override
  public <T> T surely(Turn<T> turn) {
    T result = done(durable.add(turn));
    if (settled.incrementAndGet() % ROLL_UP_AFTER == 0) {
      var unused = rollUpLater().thenRun(this::pruneLater);
    }
    return result;
  }

  /** As many as have come since the last time, so that the ledger does not grow. */
  private void pruneLater() {
    keep.ifPresent(
        time -> {
          var unused = pruneSome(this.time.instant().minus(time));
        });
  }

  private <T> T done(Operation<T> operation) {
    T result = operation.awaitSurely();
    operation.events().forEach(listener);
    return result;
  }

  /** Does what shares a transaction. On the writing thread of the store. */
  SqlBook run(Sql sql, List<Operation<?>> operations) {
    SqlBook book = new SqlBook(sql, shared);
    Instant now = time.instant();
    if (!now.isBefore(renewAt)) {
      book.holdings().keepAlive(holder, now.plus(lease));
      book.onceKept(() -> renewAt = now.plus(lease.dividedBy(3)));
    }
    List<Limit> current = limits.get();
    book.prefetch(operations.stream().flatMap(one -> one.touches().stream()).toList());
    for (Operation<?> operation : operations) {
      operation.run(book, current, countsLost);
    }
    book.finish();
    return book;
  }

  @Override
  public <T> T look(Turn<T> turn) {
    return store.read(
        sql ->
            turn.take(
                new Accounting(new SqlBook(sql, shared), limits.get(), countsLost, event -> {})));
  }

  @Override
  public boolean sweep(Instant now) {
    if (now.isBefore(quietUntil)) {
      return false;
    }
    Instant soon = now.plus(LONGEST_QUIET); // others may have begun what lapses earlier
    Instant next =
        store.read(
            sql ->
                sql
                    .query(
                        "SELECT MIN(lapses_at) AS next FROM cost_holder"
                            + " UNION ALL SELECT MIN(lapses_at) AS next FROM cost_held",
                        r -> r.findInstant("next").orElse(soon))
                    .stream()
                    .min(Comparator.naturalOrder())
                    .orElse(soon));
    if (next.isAfter(now)) {
      quietUntil = next.isBefore(soon) ? next : soon;
      return false;
    }
    return surely(accounting -> accounting.writeOffLapsed(now));
  }

  @Override
  public void expectLapse(Instant at) {
    if (at.isBefore(quietUntil)) {
      quietUntil = at;
    }
  }

  @Override
  public void keepAlive(Instant now, Duration lease) {
    var unused =
        store.writeAsync(
            SEEN,
            sql -> {
              new SqlHeld(sql, shared.labels(), new Labels.Given())
                  .keepAlive(holder, now.plus(lease));
              return true;
            });
  }

  /** Sums up what was written since the last time, a part of it in each transaction. */
  void rollUp() {
    boolean more = true;
    while (more) {
      more = outcome(rollUpLater());
    }
  }

  private CompletableFuture<Boolean> rollUpLater() {
    return store.writeAsync(SEEN, sql -> new SqlBook(sql, shared).rollUp(2 * ROLL_UP_AFTER));
  }

  /** Forgets entries that are summed up, a part of them in each transaction. */
  long prune(Instant before) {
    certainly(
        accounting -> {
          accounting.forgetSums(before);
          return true;
        });
    long all = 0;
    int some;
    do {
      some = outcome(pruneSome(before));
      all += some;
    } while (some == ROLL_UP_AFTER);
    return all;
  }

  private CompletableFuture<Integer> pruneSome(Instant before) {
    return store.writeAsync(
        DURABLE,
        sql ->
            sql.execute(
                "DELETE FROM cost_entry WHERE seq IN (SELECT seq FROM cost_entry"
                    + " WHERE began_at < ? AND seq <= (SELECT rolled FROM cost_state)"
                    + " ORDER BY began_at LIMIT ?)",
                before,
                ROLL_UP_AFTER));
  }

  private static <T> T outcome(CompletableFuture<T> write) {
    try {
      return write.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreException refused ? refused : e;
    }
  }

  @Override
  public String holder() {
    return holder;
  }

  @Override
  public Readings readings() {
    return readings;
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public void close() {
    if (ownsStore) {
      store.close();
    }
  }
}
