package ai.powertools.retry.kept;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.powertools.core.Time;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A process that drives letters again. Its arguments are the place of the letters and the time that
 * it takes it to be; {@code -} for what the machine says. With a third one it holds its first
 * letter until it is told to go on, so that others get one too.
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
      BufferedReader told = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      var unused = told.readLine(); // so that all begin together
      AtomicBoolean holds = new AtomicBoolean(arguments.length > 2);
      RedriveSummary summary =
          letters.redrive(
              LetterFilter.all(),
              Redrivers.any(
                  (letter, attempt) -> {
                    System.out.println("driven " + letter.id() + " " + attempt.idempotencyKey());
                    if (holds.getAndSet(false)) {
                      var unusedToo = told.readLine();
                    }
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
