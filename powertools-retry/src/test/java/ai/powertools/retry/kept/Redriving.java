package ai.powertools.retry.kept;

import ai.powertools.core.Time;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A process that drives letters again. Its arguments are the place of the letters and the time that
 * it takes it to be; {@code -} for what the machine says.
 */
final class Redriving {
  static final Duration LEASE = Duration.ofHours(1);

  private Redriving() {}

  public static void main(String[] arguments) throws IOException {
    Time time =
        arguments[1].equals("-") ? Time.system() : VirtualClock.at(Instant.parse(arguments[1]));
    try (Opened opened = Opened.at(arguments[0], time)) {
      DeadLetters letters = opened.letters();
      System.out.println("ready");
      var unused = System.in.read(); // so that all begin together
      RedriveSummary summary =
          letters.redrive(
              LetterFilter.all(),
              Redrivers.any(
                  (letter, attempt) -> {
                    System.out.println("driven " + letter.id() + " " + attempt.idempotencyKey());
                    return "done";
                  }),
              driven ->
                  System.out.println("settled " + driven.letter().id() + " " + driven.outcome()));
      System.out.println(summary.describe());
    }
  }

  /** Letters and what they are kept in. */
  record Opened(DeadLetters letters, Store store, @Nullable HikariDataSource pool)
      implements AutoCloseable {
    static Opened at(String place, Time time) {
      HikariDataSource pool = null;
      Store store;
      if (place.startsWith("jdbc:")) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(place);
        config.setMaximumPoolSize(3);
        pool = new HikariDataSource(config);
        store = Store.postgres(pool);
      } else {
        store = Store.sqlite(Path.of(place));
      }
      DeadLetters letters =
          DeadLetters.builder()
              .store(store)
              .time(time)
              .lease(LEASE)
              .maxRedrives(1_000)
              .maxAge(Duration.ofDays(365))
              .build();
      return new Opened(letters, store, pool);
    }

    @Override
    public void close() {
      store.close();
      if (pool != null) {
        pool.close();
      }
    }
  }
}
