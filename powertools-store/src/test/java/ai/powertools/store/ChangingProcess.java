package ai.powertools.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;

/** The other process of {@link WatchIT}: counts up once for each line that it reads. */
final class ChangingProcess {
  private ChangingProcess() {}

  public static void main(String[] args) {
    if (args[0].startsWith("jdbc:postgresql:")) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(args[0]);
      config.setMaximumPoolSize(1);
      try (HikariDataSource pool = new HikariDataSource(config);
          Store store = Store.postgres(pool)) {
        count(store);
      }
    } else {
      try (Store store = Store.sqlite(Path.of(args[0]))) {
        count(store);
      }
    }
  }

  private static void count(Store store) {
    store.migrate(OpenStore.TABLES);
    Scanner in = new Scanner(System.in, StandardCharsets.UTF_8);
    System.out.println("started");
    while (in.hasNextLine() && in.nextLine().equals("count")) {
      OpenStore.increment(store);
    }
    System.out.println("done");
  }
}
