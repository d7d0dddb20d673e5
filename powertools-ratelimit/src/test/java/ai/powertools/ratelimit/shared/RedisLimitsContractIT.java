package ai.powertools.ratelimit.shared;

import ai.powertools.testing.RedisExtension;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RedisExtension.class)
class RedisLimitsContractIT extends SharedLimitsContract {
  private final URI redis;

  RedisLimitsContractIT(URI redis) {
    this.redis = redis;
  }

  @Override
  SharedLimits create(AtomicLong micros) {
    return RedisLimits.at(redis)
        .timeout(Duration.ofSeconds(20))
        .clock(() -> "" + micros.get())
        .open();
  }
}
