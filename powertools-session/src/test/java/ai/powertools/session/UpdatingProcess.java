package ai.powertools.session;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import org.postgresql.ds.PGSimpleDataSource;

/** One of the processes of {@link SessionProcessesIT}: it counts one value up. */
final class UpdatingProcess {
  static final String SESSION = "shared";

  private UpdatingProcess() {}

  public static void main(String[] args) {
    int times = Integer.parseInt(args[1]);
    Scanner in = new Scanner(System.in, StandardCharsets.UTF_8);
    System.out.println("started");
    in.nextLine(); // both open the new database at the same time
    try (Sessions sessions = open(args[0])) {
      Session session = sessions.open(SESSION);
      for (int i = 0; i < times; i++) {
        session.update("count", Integer.class, now -> now.orElse(0) + 1);
        session.append("log", i);
      }
    }
    System.out.println("done");
  }

  static Sessions open(String where) {
    if (!where.startsWith("jdbc:postgresql:")) {
      return Sessions.at(Path.of(where));
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(where);
    return Sessions.postgres(source);
  }
}
