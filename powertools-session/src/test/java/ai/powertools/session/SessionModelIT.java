package ai.powertools.session;

import ai.powertools.testing.PostgresExtension;
import ai.powertools.testing.PostgresServer;
import ai.powertools.testing.RandomInput;
import ai.powertools.testing.RedisExtension;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@link SessionModelSimulation} on PostgreSQL, three runs in one database, emptied in between; and
 * with Redis in front.
 */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class SessionModelIT {
  @Test
  void postgresDoesWhatTheModelDoes(PostgresServer.Database database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMinimumIdle(0);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      SessionModelSimulation.run(
          "PostgreSQL",
          RandomInput.size("powertools.model.operations", 1_500),
          500,
          history -> {
            try (Sessions sessions = Sessions.postgres(pool)) {
              sessions.list().forEach(one -> sessions.delete(one.name()));
              sessions.sweep();
            }
            return builder -> builder.postgres(pool);
          });
    }
  }

  @Test
  void redisInFrontChangesNoAnswer(URI redis) {
    SessionModelSimulation.run(
        "memory behind Redis",
        RandomInput.size("powertools.model.operations", 1_500),
        0,
        history ->
            builder ->
                builder
                    .inMemory()
                    .front(RedisSessionCache.in(redis).prefix("model-" + history)::front));
  }
}
