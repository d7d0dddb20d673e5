package ai.powertools.session;

import ai.powertools.session.spi.SessionStore;
import ai.powertools.testing.RedisExtension;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Redis in front of SQLite holds what SQLite holds. */
@ExtendWith(RedisExtension.class)
class RedisSessionIT extends SessionContract {
  private final URI redis;
  @TempDir Path folder;

  RedisSessionIT(URI redis) {
    this.redis = redis;
  }

  @Override
  SessionsBuilder place(SessionsBuilder builder) {
    return builder.at(folder.resolve("state.db")).front(this::front);
  }

  private SessionStore front(SessionStore store) {
    return RedisSessionCache.in(redis).prefix(folder.toString()).front(store);
  }
}
