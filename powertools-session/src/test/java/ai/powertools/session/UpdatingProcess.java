package ai.powertools.session;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;

/** One of the processes of {@link SessionProcessesIT}: it counts one value up. */
final class UpdatingProcess {
  static final String SESSION = "shared";

  private UpdatingProcess() {}

  public static void main(String[] args) {
    int times = Integer.parseInt(args[1]);
    Scanner in = new Scanner(System.in, StandardCharsets.UTF_8);
    System.out.println("started");
    in.nextLine(); // both open the new database at the same time
    if (args[0].startsWith("jdbc:postgresql:")) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(args[0]);
      config.setMaximumPoolSize(2);
      try (HikariDataSource pool = new HikariDataSource(config);
          Sessions sessions = Sessions.postgres(pool)) {
        update(sessions, times);
      }
    } else {
      try (Sessions sessions = Sessions.at(Path.of(args[0]))) {
        update(sessions, times);
      }
    }
    System.out.println("done");
  }

  private static void update(Sessions sessions, int times) {
    Session session = sessions.open(SESSION);
    for (int i = 0; i < times; i++) {
      session.update("count", Integer.class, now -> now.orElse(0) + 1);
      session.append("log", i);
    }
  }
}
