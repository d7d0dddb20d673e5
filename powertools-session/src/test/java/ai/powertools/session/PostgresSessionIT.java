package ai.powertools.session;

import ai.powertools.testing.PostgresExtension;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresSessionIT extends SessionContract {
  private final HikariDataSource pool;

  PostgresSessionIT(DataSource database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMinimumIdle(0);
    pool = new HikariDataSource(config);
  }

  @Override
  SessionsBuilder place(SessionsBuilder builder) {
    return builder.postgres(pool);
  }

  @AfterEach
  void closePool() {
    pool.close();
  }
}
