package ai.powertools.store;

import ai.powertools.testing.HistoryLog;
import ai.powertools.testing.RandomInput;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One of the processes of {@link StoreLinearizabilityIT}: threads that read, write and compare and
 * set a few registers, and write down what they did.
 */
final class RegisterProcess {
  static final int KEYS = 8;

  static final Migrations TABLES =
      Migrations.of("registers")
          .step(1, "CREATE TABLE register (name TEXT PRIMARY KEY, value TEXT NOT NULL)");

  private final Store store;
  private final HistoryLog log;
  private final String process;
  private final RandomInput seeds;
  private final AtomicInteger clients = new AtomicInteger();
  private final long end;

  private RegisterProcess(Store store, HistoryLog log, String process, long seed, long end) {
    this.store = store;
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
          Store store = Store.postgres(pool)) {
        run(store, args);
      }
    } else {
      try (Store store = Store.sqlite(Path.of(args[0]))) {
        run(store, args);
      }
    }
    System.out.println("done");
  }

  private static void run(Store store, String[] args) throws Exception {
    long end = System.nanoTime() + Long.parseLong(args[4]) * 1_000_000;
    try (HistoryLog log = HistoryLog.create(Path.of(args[1]))) {
      RegisterProcess process =
          new RegisterProcess(store, log, args[2], Long.parseLong(args[5]), end);
      WritersContract.inThreads(Integer.parseInt(args[3]), process::work);
    }
  }

  private void work() {
    RandomInput random;
    String client;
    synchronized (seeds) {
      random = RandomInput.of(seeds.longs(0, Long.MAX_VALUE));
      client = process + "-" + clients.incrementAndGet();
    }
    String seen = "0";
    for (int n = 1; System.nanoTime() < end; n++) {
      String key = "k" + random.ints(0, KEYS);
      String value = client + "." + n;
      switch (random.ints(0, 4)) {
        case 0 -> write(client, key, value, random);
        case 1 -> compareAndSet(client, key, read(client, key), value, random);
        case 2 -> compareAndSet(client, key, seen, value, random);
        default -> seen = read(client, key);
      }
    }
  }

  private String read(String client, String key) {
    HistoryLog.Call call = log.begins(client, key, "read");
    String value = store.read(sql -> value(sql, key));
    call.answered(value);
    return value;
  }

  private static String value(Sql sql, String key) {
    return sql.first("SELECT value FROM register WHERE name = ?", r -> r.string("value"), key)
        .orElse("0");
  }

  private void write(String client, String key, String value, RandomInput random) {
    change(
        log.begins(client, key, "write " + value),
        random,
        sql -> {
          put(sql, key, value);
          return true;
        });
  }

  private void compareAndSet(
      String client, String key, String expected, String value, RandomInput random) {
    change(
        log.begins(client, key, "cas " + expected + " " + value),
        random,
        sql -> {
          boolean fits = value(sql, key).equals(expected);
          if (fits) {
            put(sql, key, value);
          }
          return fits;
        });
  }

  private void change(HistoryLog.Call call, RandomInput random, Transaction<Boolean> work) {
    WriteMode mode = WriteMode.DURABLE.done(random.oneOf(WriteMode.Done.values()));
    try {
      call.answered("" + store.writeAsync(mode, work).join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException refused
          && refused.kind() != StoreException.Kind.IN_DOUBT) {
        call.failed();
      } else {
        call.unknown();
      }
    }
  }

  private static void put(Sql sql, String key, String value) {
    sql.execute(
        "INSERT INTO register VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        key,
        value);
  }
}
