package ai.powertools.session;

import ai.powertools.core.PowerToolsException;
import ai.powertools.store.StoreException;
import ai.powertools.testing.HistoryLog;
import ai.powertools.testing.RandomInput;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One of the processes of {@link SessionLinearizabilityIT}: threads that read, set and compare and
 * set a few values of one session and write down what they did, and threads that count under the
 * lock of another session.
 */
final class RegisterProcess {
  static final int KEYS = 8;
  static final String REGISTERS = "registers";
  static final String LOCKED = "locked";

  /** Short, so that a process that is suspended loses its lock. */
  private static final Duration LEASE = Duration.ofMillis(60);

  private final Sessions sessions;
  private final HistoryLog log;
  private final String process;
  private final RandomInput seeds;
  private final AtomicInteger clients = new AtomicInteger();
  private final AtomicInteger counted = new AtomicInteger();
  private final AtomicInteger unknown = new AtomicInteger();
  private final AtomicInteger stale = new AtomicInteger();
  private final long end;

  private RegisterProcess(Sessions sessions, HistoryLog log, String process, long seed, long end) {
    this.sessions = sessions;
    this.log = log;
    this.process = process;
    this.seeds = RandomInput.of(seed);
    this.end = end;
  }

  /** Where, file of the history, name of the process, threads, milliseconds, seed. */
  public static void main(String[] args) throws Exception {
    Scanner in = new Scanner(System.in, StandardCharsets.UTF_8);
    System.out.println("started");
    in.nextLine();
    if (args[0].startsWith("jdbc:postgresql:")) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(args[0]);
      config.setMaximumPoolSize(4);
      try (HikariDataSource pool = new HikariDataSource(config);
          Sessions sessions = Sessions.postgres(pool)) {
        run(sessions, args);
      }
    } else {
      try (Sessions sessions = Sessions.at(Path.of(args[0]))) {
        run(sessions, args);
      }
    }
    System.out.println("done");
  }

  private static void run(Sessions sessions, String[] args) throws Exception {
    long end = System.nanoTime() + Long.parseLong(args[4]) * 1_000_000;
    try (HistoryLog log = HistoryLog.create(Path.of(args[1]))) {
      RegisterProcess process =
          new RegisterProcess(sessions, log, args[2], Long.parseLong(args[5]), end);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(args[3]); i++) {
        threads.add(new Thread(i == 0 ? process::count : process::work));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      System.out.printf(
          "counted %d %d %d%n", process.counted.get(), process.unknown.get(), process.stale.get());
    }
  }

  /** Reads and writes in two steps, which only the lock keeps together. */
  private void count() {
    Session session = sessions.open(LOCKED);
    while (System.nanoTime() < end) {
      Optional<SessionLock> taken = session.tryLock(LEASE);
      if (taken.isPresent()) {
        try (SessionLock lock = taken.get()) {
          int now = lock.session().find("count", Integer.class).orElse(0);
          lock.session().set("count", now + 1);
          counted.incrementAndGet();
        } catch (StaleSessionException e) {
          stale.incrementAndGet();
        } catch (PowerToolsException e) {
          unknown.incrementAndGet();
        }
      }
    }
  }

  private void work() {
    RandomInput random;
    String client;
    synchronized (seeds) {
      random = RandomInput.of(seeds.longs(0, Long.MAX_VALUE));
      client = process + "-" + clients.incrementAndGet();
    }
    Session session = sessions.open(REGISTERS);
    String seen = "0";
    for (int n = 1; System.nanoTime() < end; n++) {
      String key = "k" + random.ints(0, KEYS);
      String value = client + "." + n;
      switch (random.ints(0, 4)) {
        case 0 -> set(session, client, key, value);
        case 1 -> replace(session, client, key, value);
        case 2 -> compareAndSet(session, client, key, seen, value);
        default -> seen = read(session, client, key);
      }
    }
  }

  private String read(Session session, String client, String key) {
    HistoryLog.Call call = log.begins(client, key, "read");
    String value = session.find(key, String.class).orElse("0");
    call.answered(value);
    return value;
  }

  private void set(Session session, String client, String key, String value) {
    HistoryLog.Call call = log.begins(client, key, "write " + value);
    settle(
        call,
        () -> {
          session.set(key, value);
          return true;
        });
  }

  /** By version: what was read in one call and is replaced in another. */
  private void replace(Session session, String client, String key, String value) {
    HistoryLog.Call read = log.begins(client, key, "read");
    Optional<Versioned<String>> found = session.versioned(key, String.class);
    String before = found.map(Versioned::value).orElse("0");
    read.answered(before);
    HistoryLog.Call call = log.begins(client, key, "cas " + before + " " + value);
    settle(
        call,
        () -> {
          try {
            session.replace(key, value, found.map(Versioned::version).orElse(0L));
            return true;
          } catch (StaleSessionException e) {
            return false;
          }
        });
  }

  private void compareAndSet(
      Session session, String client, String key, String expected, String value) {
    HistoryLog.Call call = log.begins(client, key, "cas " + expected + " " + value);
    settle(
        call,
        () ->
            session.transaction(
                tx -> {
                  boolean fits = tx.find(key, String.class).orElse("0").equals(expected);
                  if (fits) {
                    tx.set(key, value);
                  }
                  return fits;
                }));
  }

  private interface Change {
    boolean run();
  }

  private static void settle(HistoryLog.Call call, Change change) {
    try {
      call.answered("" + change.run());
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.IN_DOUBT) {
        call.unknown();
      } else {
        call.failed();
      }
    }
  }
}
