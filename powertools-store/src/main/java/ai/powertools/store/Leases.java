package ai.powertools.store;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Leases: one holder at a time for each name, among all processes that share a store. One that
 * expires without being renewed can be taken by another, so that a process that died keeps nobody
 * out for longer than its lease lasts.
 *
 * <p>Safety comes from the tokens, never from clocks: a holder that was paused may wake up after
 * another has taken its lease and know nothing of it. Each lease therefore has a token, greater
 * than all before it, and {@link Lease#check} refuses a transaction whose token is not the newest.
 * To protect something outside of the store, hand it the token, and let it refuse smaller ones than
 * it has seen. Clocks only say when another one <em>may</em> take a lease: where they differ
 * between machines, leases last longer or shorter than asked for, and what is checked is still
 * right.
 *
 * <p>Waiting is not fair: who asks first need not be served first. Safe for use by many threads.
 */
public final class Leases {
  private static final Migrations TABLES =
      Migrations.of("store-lease")
          .step(
              1,
              // The token is counted by the database, which gives none twice, also when rows go.
              """
              CREATE TABLE store_lease (token {{serial}}, name TEXT NOT NULL UNIQUE,
                holder TEXT NOT NULL, expires BIGINT NOT NULL)
              """);

  private static final WriteMode MODE = WriteMode.DURABLE.exclusive("store-lease");

  private static final Duration LONGEST = Duration.ofDays(365);
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 250;

  private final Store store;
  private final Time time;
  private final LeaseBell bell;

  private Leases(Store store, Time time, LeaseBell bell) {
    this.store = store;
    this.time = time;
    this.bell = bell;
  }

  /**
   * The leases that are kept in a store, whose table is made if it is not there.
   *
   * @param time what tells when a lease expires, and passes the time while waiting for one
   * @throws StoreException if the store can't be used
   */
  public static Leases of(Store store, Time time) {
    LeaseBell bell =
        store instanceof TransactionalStore known ? known.leaseBell() : new LeaseBell();
    store.migrate(TABLES);
    return new Leases(store, time, bell);
  }

  /**
   * Takes a lease if nobody has it, or if its time has run out. A holder that has it already is
   * somebody else, too: renew the lease instead.
   *
   * @param name what the lease is for; not blank
   * @param holder who wants it, for messages and for {@link #look}; not blank
   * @param ttl how long it lasts unless renewed; above zero, at most 365 days
   * @return empty if another one holds it
   * @throws StoreException if the store fails
   */
  public Optional<Lease> tryAcquire(String name, String holder, Duration ttl) {
    check(name, holder, ttl);
    Answer answer = ask(name, holder, ttl);
    return answer.taken() ? Optional.of(lease(answer.now())) : Optional.empty();
  }

  /**
   * Takes a lease, waiting until it is free: a release in this process is noticed at once, one of
   * another process within about a quarter of a second, and expiry when it comes.
   *
   * @param name what the lease is for; not blank
   * @param holder who wants it; not blank
   * @param ttl how long it lasts unless renewed; above zero, at most 365 days
   * @param patience how long to wait; zero to try once
   * @throws LeaseHeldException if another one held it for all of that time
   * @throws CancelledException if the thread is interrupted while it waits; the flag is set again
   * @throws StoreException if the store fails
   */
  public Lease acquire(String name, String holder, Duration ttl, Duration patience) {
    check(name, holder, ttl);
    if (patience.isNegative()) {
      throw new IllegalArgumentException("Patience must not be negative: " + patience);
    }
    long start = time.nanos();
    for (int tries = 0; ; tries++) {
      try (LeaseBell.Listener listener = bell.listen(name)) {
        Answer answer = ask(name, holder, ttl);
        if (answer.taken()) {
          return lease(answer.now());
        }
        Duration left = patience.minus(time.since(start));
        if (left.isNegative() || left.isZero()) {
          throw new LeaseHeldException(answer.now(), patience);
        }
        listener.await(time, shorter(left, pause(tries, answer.now())));
      } catch (InterruptedException e) {
        throw CancelledException.interrupted("waiting for lease \"" + name + "\"", e);
      }
    }
  }

  /** The lease of that name that was given out last and not released; it may have expired. */
  public Optional<LeaseInfo> look(String name) {
    return store.first(
        "SELECT token, name, holder, expires FROM store_lease WHERE name = ?", Leases::info, name);
  }

  /** All that were given out and not released, by their names; some may have expired. */
  public List<LeaseInfo> list() {
    return store.query(
        "SELECT token, name, holder, expires FROM store_lease ORDER BY name", Leases::info);
  }

  /** The lease itself if it was taken, or the one that is in the way. */
  private record Answer(boolean taken, LeaseInfo now) {}

  private Answer ask(String name, String holder, Duration ttl) {
    Optional<LeaseInfo> held = look(name).filter(this::lasts); // most who wait write nothing
    return held.isPresent()
        ? new Answer(false, held.get())
        : store.write(MODE, sql -> take(sql, name, holder, ttl));
  }

  private Answer take(Sql sql, String name, String holder, Duration ttl) {
    Optional<LeaseInfo> held = look(sql, name).filter(this::lasts);
    if (held.isPresent()) {
      return new Answer(false, held.get());
    }
    sql.execute("DELETE FROM store_lease WHERE name = ?", name);
    LeaseInfo mine =
        sql.first(
                "INSERT INTO store_lease (name, holder, expires) VALUES (?, ?, ?)"
                    + " RETURNING token, name, holder, expires",
                Leases::info,
                name,
                holder,
                end(ttl))
            .orElseThrow();
    return new Answer(true, mine);
  }

  private boolean lasts(LeaseInfo lease) {
    return lease.expiresAt().isAfter(time.instant());
  }

  private Lease lease(LeaseInfo info) {
    return new Lease(this, info);
  }

  /** Gives it until when it lasts now. */
  Instant renew(LeaseInfo lease, Duration ttl) {
    checkLength(ttl);
    return store.write(
        MODE,
        sql -> {
          Instant end = end(ttl);
          int renewed =
              sql.execute("UPDATE store_lease SET expires = ? WHERE token = ?", end, lease.token());
          if (renewed == 0) {
            throw new LeaseLostException(lease, look(sql, lease.name()));
          }
          return end;
        });
  }

  void release(LeaseInfo lease) {
    store.write(MODE, sql -> sql.execute("DELETE FROM store_lease WHERE token = ?", lease.token()));
    bell.ring(lease.name());
  }

  boolean isHeld(LeaseInfo lease) {
    return look(lease.name())
        .filter(now -> now.token() == lease.token())
        .filter(this::lasts)
        .isPresent();
  }

  /**
   * Changes the row, and nothing about it: so that until this transaction ends nobody can take the
   * lease, which a plain read would not see to on PostgreSQL.
   */
  void check(LeaseInfo lease, Sql sql) {
    int found =
        sql.execute("UPDATE store_lease SET holder = holder WHERE token = ?", lease.token());
    if (found == 0) {
      throw new LeaseLostException(lease, look(sql, lease.name()));
    }
  }

  private static Optional<LeaseInfo> look(Sql sql, String name) {
    return sql.first(
        "SELECT token, name, holder, expires FROM store_lease WHERE name = ?", Leases::info, name);
  }

  private static LeaseInfo info(Row row) {
    return new LeaseInfo(
        row.string("name"), row.string("holder"), row.longValue("token"), row.instant("expires"));
  }

  /** As precise as it is kept. */
  private Instant end(Duration ttl) {
    return Micros.instant(Micros.of(time.instant().plus(ttl)));
  }

  /** Longer from time to time and never in step with others, but not beyond the lease's end. */
  private Duration pause(int tries, LeaseInfo held) {
    long most = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(tries, 10));
    long millis = most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
    Duration rest = Duration.between(time.instant(), held.expiresAt());
    return shorter(Duration.ofMillis(millis), rest.isNegative() ? Duration.ZERO : rest);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static void check(String name, String holder, Duration ttl) {
    if (name.isBlank() || holder.isBlank()) {
      throw new IllegalArgumentException("A lease needs a name and a holder.");
    }
    checkLength(ttl);
  }

  private static void checkLength(Duration ttl) {
    if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A lease lasts longer than nothing and at most 365 days, not " + ttl + ".");
    }
  }
}
