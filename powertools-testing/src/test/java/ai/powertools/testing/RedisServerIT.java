package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RedisExtension.class)
class RedisServerIT {
  /** One inline command, and the first line of what it answers. */
  static String send(URI redis, String command) throws IOException {
    try (Socket socket = new Socket(redis.getHost(), redis.getPort());
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return reader.readLine();
    }
  }

  @Test
  void isARealRedis(URI redis) throws IOException {
    assertThat(send(redis, "SET greeting hello")).isEqualTo("+OK");
    assertThat(send(redis, "STRLEN greeting")).isEqualTo(":5");
    assertThat(redis).isEqualTo(RedisServer.shared().uri());
  }

  @RepeatedTest(2)
  void hasNoKeysWhenATestBegins(URI redis, URI again) throws IOException {
    assertThat(send(redis, "DBSIZE")).isEqualTo(":0");
    send(redis, "SET left behind");
    assertThat(again).isEqualTo(redis);
  }

  @Test
  void forgetsEverythingWhenToldTo(URI redis) throws IOException {
    send(redis, "SET one 1");
    RedisServer.shared().flushAll();

    assertThat(send(redis, "DBSIZE")).isEqualTo(":0");
  }

  @Test
  void isFoundOnlyOnLoopback(URI redis) {
    assertThat(redis.getHost()).isEqualTo("127.0.0.1");
    assertThatThrownBy(() -> send(URI.create("redis://127.0.0.2:" + redis.getPort()), "PING"))
        .isInstanceOf(IOException.class);
  }
}
