package ai.powertools.session;

import ai.powertools.session.spi.SessionStore;
import ai.powertools.session.spi.SessionStoreContract;
import ai.powertools.testing.RedisExtension;
import java.net.URI;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis in front of memory holds what memory holds. */
@ExtendWith(RedisExtension.class)
class RedisSessionStoreIT extends SessionStoreContract {
  private final URI redis;

  RedisSessionStoreIT(URI redis) {
    this.redis = redis;
  }

  @Override
  protected SessionStore create() {
    return RedisSessionCache.in(redis)
        .prefix("store-" + System.nanoTime())
        .front(new MemorySessionStore());
  }
}
