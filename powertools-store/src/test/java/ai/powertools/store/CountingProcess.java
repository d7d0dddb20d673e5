package ai.powertools.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;

/** One of the processes of {@link StoreProcessesIT}: threads that increment one counter. */
final class CountingProcess {
  private CountingProcess() {}

  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[1]);
    int each = Integer.parseInt(args[2]);
    Scanner in = new Scanner(System.in, StandardCharsets.UTF_8);
    System.out.println("started");
    in.nextLine(); // all open, migrate and begin at the same time
    if (args[0].startsWith("jdbc:postgresql:")) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(args[0]);
      config.setMaximumPoolSize(2);
      try (HikariDataSource pool = new HikariDataSource(config);
          Store store = Store.postgres(pool)) {
        increment(store, threads, each);
      }
    } else {
      try (Store store = Store.sqlite(Path.of(args[0]))) {
        increment(store, threads, each);
      }
    }
    System.out.println("done");
  }

  private static void increment(Store store, int threads, int each) throws Exception {
    store.migrate(OpenStore.TABLES);
    WritersContract.inThreads(
        threads,
        () -> {
          for (int i = 0; i < each; i++) {
            OpenStore.increment(store);
          }
        });
  }
}
