package ai.powertools.ratelimit.shared;

import ai.powertools.testing.PostgresExtension;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresLimitsContractIT extends SharedLimitsContract {
  private final DataSource database;

  PostgresLimitsContractIT(DataSource database) {
    this.database = database;
  }

  @Override
  SharedLimits create(AtomicLong micros) {
    return PostgresLimits.at(database)
        .migrate()
        .timeout(Duration.ofSeconds(20))
        .clock(micros::get)
        .open();
  }
}
