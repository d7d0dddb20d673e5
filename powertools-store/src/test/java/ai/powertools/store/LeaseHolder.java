package ai.powertools.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Scanner;

/**
 * One of the processes of {@link LeasesIT}: does what it is told on its standard input, line by
 * line, and answers each with one line.
 */
final class LeaseHolder {
  private final Store store;
  private final String me;
  private Optional<Lease> lease = Optional.empty();

  private LeaseHolder(Store store, String me) {
    this.store = store;
    this.me = me;
  }

  public static void main(String[] args) {
    if (args[0].startsWith("jdbc:postgresql:")) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(args[0]);
      config.setMaximumPoolSize(2);
      try (HikariDataSource pool = new HikariDataSource(config);
          Store store = Store.postgres(pool)) {
        new LeaseHolder(store, args[1]).obey();
      }
    } else {
      try (Store store = Store.sqlite(Path.of(args[0]))) {
        new LeaseHolder(store, args[1]).obey();
      }
    }
  }

  private void obey() {
    store.migrate(OpenStore.TABLES);
    Scanner in = new Scanner(System.in, StandardCharsets.UTF_8);
    System.out.println("started");
    while (in.hasNext()) {
      System.out.println("> " + answer(in.next(), in));
    }
  }

  private String answer(String command, Scanner in) {
    try {
      switch (command) {
        case "take" -> {
          Duration ttl = Duration.ofMillis(in.nextLong());
          lease =
              Optional.of(store.leases().acquire("job", me, ttl, Duration.ofMillis(in.nextLong())));
          return "token " + lease.orElseThrow().token();
        }
        case "write" -> {
          String text = in.next();
          store.update(
              sql -> {
                OpenStore.insert(sql, text);
                lease.orElseThrow().check(sql);
              });
          return "written";
        }
        case "count" -> {
          return count(in.nextInt());
        }
        default -> {
          lease.orElseThrow().release();
          return "released";
        }
      }
    } catch (LeaseLostException e) {
      return "lost";
    } catch (LeaseHeldException e) {
      return "held by " + e.holder();
    }
  }

  /**
   * Counts up under short leases: reads, and writes one more only while its token is the newest.
   */
  private String count(int times) {
    int lost = 0;
    int done = 0;
    while (done < times) {
      try (Lease turn =
          store.leases().acquire("count", me, Duration.ofMillis(50), Duration.ofMinutes(1))) {
        long before = OpenStore.count(store);
        LeasesIT.spin(2_000_000L); // most of the time somebody is here, to be paused
        store.update(
            sql -> {
              turn.check(sql);
              sql.execute(
                  "INSERT INTO counter (name, value) VALUES ('c', ?)"
                      + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                  before + 1);
            });
        done++;
      } catch (LeaseLostException e) {
        lost++;
      }
    }
    return "counted, lost " + lost;
  }
}
