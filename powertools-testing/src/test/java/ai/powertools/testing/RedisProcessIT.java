package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RedisProcessIT {
  @Test
  void comesBackAtItsAddressAndRemembersNothing() throws IOException {
    try (RedisProcess redis = RedisProcess.start()) {
      assertThat(RedisServerIT.send(redis.uri(), "SET a 1")).isEqualTo("+OK");

      redis.kill();
      redis.kill();
      assertThatThrownBy(() -> RedisServerIT.send(redis.uri(), "PING"))
          .isInstanceOf(IOException.class);

      redis.restart();
      assertThat(RedisServerIT.send(redis.uri(), "DBSIZE")).isEqualTo(":0");
    }
  }
}
