package ai.powertools.ratelimit.shared;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisLinkTest {
  private final CountDownLatch slow = new CountDownLatch(1);
  private final AtomicInteger made = new AtomicInteger();

  @SuppressWarnings("unchecked")
  private static final StatefulRedisConnection<String, String> OPEN =
      (StatefulRedisConnection<String, String>)
          Proxy.newProxyInstance(
              RedisLinkTest.class.getClassLoader(),
              new Class<?>[] {StatefulRedisConnection.class},
              (proxy, method, arguments) -> method.getName().equals("isOpen") ? true : null);

  private CompletionStage<StatefulRedisConnection<String, String>> connectSlowly() {
    made.incrementAndGet();
    try {
      slow.await();
    } catch (InterruptedException e) {
      return CompletableFuture.failedFuture(e);
    }
    return CompletableFuture.completedFuture(OPEN);
  }

  @Test
  void nobodyWaitsWhileItConnects() throws Exception {
    try (RedisLink link = new RedisLink(this::connectSlowly, null, false)) {
      CompletableFuture<?> first = requireNonNull(link.connection());
      CompletableFuture<?> second = requireNonNull(link.connection());

      assertThat(first).isSameAs(second).isNotDone();

      slow.countDown();
      assertThat(second.get(30, TimeUnit.SECONDS)).isSameAs(OPEN);
      assertThat(made).hasValue(1);
    }
  }

  /** A client that says when it is shut down. */
  private static final class Watched extends RedisClient {
    private final AtomicInteger ends = new AtomicInteger();

    @Override
    public CompletableFuture<Void> shutdownAsync(long quiet, long timeout, TimeUnit unit) {
      ends.incrementAndGet();
      return super.shutdownAsync(quiet, timeout, unit);
    }
  }

  @Test
  void theClientGoesWhenTheLastAttemptToConnectHasEnded() throws Exception {
    Watched client = new Watched();
    RedisLink link = new RedisLink(this::connectSlowly, client, false);
    CompletableFuture<?> attempt = requireNonNull(link.connection());
    link.close();
    link.close();

    assertThat(client.ends).hasValue(0);
    assertThat(link.connection()).isNull();

    slow.countDown();
    attempt.get(30, TimeUnit.SECONDS);
    while (client.ends.get() == 0) {
      Thread.onSpinWait(); // it is told on the thread that connects
    }
    assertThat(client.ends).hasValue(1);
  }

  @Test
  void aClientThatNeverConnectedGoesAtOnce() {
    Watched client = new Watched();
    RedisLink link = new RedisLink(this::connectSlowly, client, false);
    link.close();

    assertThat(client.ends).hasValue(1);
    assertThat(made).hasValue(0);
  }

  @Test
  void afterAFailureItConnectsAgain() {
    RuntimeException away = new IllegalStateException("away");
    try (RedisLink link =
        new RedisLink(
            () -> {
              made.incrementAndGet();
              throw away;
            },
            null,
            false)) {
      for (int i = 1; i <= 2; i++) {
        CompletableFuture<?> failed = requireNonNull(link.connection());
        assertThat(failed)
            .isNotNull()
            .failsWithin(30, TimeUnit.SECONDS)
            .withThrowableThat()
            .withCause(away);
        assertThat(made).hasValue(i);
      }
    }
  }
}
