package ai.powertools.session;

import ai.powertools.testing.PostgresExtension;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresBackupIT extends BackupContract {
  private final HikariDataSource pool;

  PostgresBackupIT(DataSource database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMinimumIdle(0);
    pool = new HikariDataSource(config);
  }

  @Override
  Sessions create(SessionsBuilder builder) {
    return builder.postgres(pool).open();
  }

  @AfterEach
  void closePool() {
    pool.close();
  }
}
