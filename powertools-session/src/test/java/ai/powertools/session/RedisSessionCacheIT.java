package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import ai.powertools.session.spi.SessionStore;
import ai.powertools.testing.RedisProcess;
import ai.powertools.testing.VirtualClock;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two machines with one store and one Redis, as two fronts; and Redis, when it goes wrong. */
class RedisSessionCacheIT {
  private static final String SESSION = "shared";
  private static RedisProcess redis;
  private static RedisClient client;
  private static RedisCommands<byte[], byte[]> commands;

  private final VirtualClock clock = VirtualClock.create();
  private final String prefix = "p" + System.nanoTime() + ":";
  private final SessionStore memory = new MemorySessionStore();
  private final CountingStore one = new CountingStore(memory);
  private final CountingStore other = new CountingStore(memory);
  private final Deque<Sessions> opened = new ArrayDeque<>();

  @BeforeAll
  static void start() {
    redis = RedisProcess.start();
    connect();
  }

  private static void connect() {
    client = RedisClient.create(redis.uri().toString());
    commands = client.connect(ByteArrayCodec.INSTANCE).sync();
  }

  @AfterAll
  static void stop() {
    client.shutdown();
    redis.close();
  }

  @AfterEach
  void close() {
    opened.forEach(Sessions::close);
    opened.forEach(Sessions::close);
  }

  private Session front(CountingStore store, Duration timeout) {
    Sessions sessions =
        Sessions.builder()
            .in(store)
            .time(clock)
            .front(
                RedisSessionCache.in(redis.uri())
                        .prefix(prefix)
                        .ttl(Duration.ofSeconds(30))
                        .timeout(timeout)
                        .time(clock)
                    ::front)
            .open();
    opened.push(sessions);
    return sessions.open(SESSION);
  }

  private Session front(CountingStore store) {
    return front(store, Duration.ofSeconds(5)); // a busy machine is not a slow Redis
  }

  @Test
  void aValueIsReadFromTheStoreOnceForAllMachines() {
    Session first = front(one);
    Session second = front(other);
    first.set("a", "value");
    assertThat(first.get("a", String.class)).isEqualTo("value");
    for (int i = 0; i < 5; i++) {
      assertThat(second.get("a", String.class)).isEqualTo("value");
      assertThat(first.find("missing", String.class)).isEmpty();
    }
    assertThat(one.finds.get()).isEqualTo(2);
    assertThat(other.finds.get()).isZero();

    second.set("a", "next");
    assertThat(first.get("a", String.class)).isEqualTo("next");
    second.remove("a");
    assertThat(first.find("a", String.class)).isEmpty();
    opened.peek().delete(SESSION);
    assertThatThrownBy(() -> first.get("a", String.class)).isInstanceOf(SessionException.class);
  }

  @Test
  void aSlowReaderPutsNoOldValueIn() {
    Session first = front(one);
    Session second = front(other);
    first.set("a", 1);
    other.afterFind =
        () -> {
          other.afterFind = () -> {};
          first.set("a", 2);
        };
    assertThat(second.get("a", Integer.class)).as("it began before").isEqualTo(1);
    assertThat(second.get("a", Integer.class)).isEqualTo(2);
    assertThat(other.finds.get()).as("the old one was not kept").isEqualTo(2);
    assertThat(first.get("a", Integer.class)).isEqualTo(2);
    assertThat(one.finds.get()).isZero();
  }

  @Test
  void whileSomebodyIsAboutToChangeASessionItIsReadFromTheStoreAndNotFilledIn() {
    RedisScripts scripts = scripts();
    Session first = front(one);
    first.set("a", 1);
    first.get("a", Integer.class);
    assertThat(scripts.mark(List.of(SESSION), "writer 1")).isTrue();
    assertThat(scripts.mark(List.of(SESSION), "writer 2")).isTrue();
    assertThat(scripts.unmark(List.of(SESSION), "writer 1")).isTrue();
    long before = one.finds.get();
    first.get("a", Integer.class);
    first.get("a", Integer.class);
    assertThat(one.finds.get()).as("one mark is left").isEqualTo(before + 2);
    scripts.unmark(List.of(SESSION), "writer 2");
    first.get("a", Integer.class);
    first.get("a", Integer.class);
    assertThat(one.finds.get()).isEqualTo(before + 3);
  }

  @Test
  void aWriteThatFailsLeavesNoMark() {
    Session first = front(one);
    first.set("a", 1);
    one.afterWork =
        () -> {
          throw new IllegalStateException("the store fails at the commit");
        };
    assertThatThrownBy(() -> first.set("a", 2)).isInstanceOf(IllegalStateException.class);
    one.afterWork = () -> {};
    first.get("a", Integer.class);
    first.get("a", Integer.class);
    assertThat(one.finds.get()).isEqualTo(1);
  }

  @Test
  void noReaderSeesACounterGoBack() throws Exception {
    Session first = front(one);
    Session second = front(other);
    first.set("n", 0);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService executor = Executors.newFixedThreadPool(3);
    List<Future<Long>> readers = new ArrayList<>();
    try {
      int[] acknowledged = new int[1];
      for (Session reader : List.of(first, second, second)) {
        readers.add(executor.submit(() -> readUpwards(reader, done, acknowledged)));
      }
      for (int i = 1; i <= 1_000; i++) {
        first.set("n", i);
        synchronized (acknowledged) {
          acknowledged[0] = i;
        }
      }
      done.set(true);
      long reads = 0;
      for (Future<Long> reader : readers) {
        reads += reader.get();
      }
      long finds = one.finds.get() + other.finds.get();
      System.out.printf(
          "RedisSessionCacheIT: 1000 writes, %d reads, %d of them by the store%n", reads, finds);
    } finally {
      done.set(true);
      executor.shutdown();
    }
    assertThat(second.get("n", Integer.class)).isEqualTo(1_000);
  }

  /** Never older than what was acknowledged before the read began. */
  private static long readUpwards(Session reader, AtomicBoolean done, int[] acknowledged) {
    long reads = 0;
    int last = 0;
    while (!done.get()) {
      int least;
      synchronized (acknowledged) {
        least = Math.max(last, acknowledged[0]);
      }
      last = reader.get("n", Integer.class);
      assertThat(last).isGreaterThanOrEqualTo(least);
      reads++;
    }
    return reads;
  }

  @Test
  void goesOnWithoutRedisAndUsesItAgainWhenItIsBack() {
    Session first = front(one);
    Session second = front(other);
    first.set("a", 1);
    second.get("a", Integer.class);
    redis.kill();
    try {
      for (int i = 2; i < 6; i++) {
        first.set("a", i);
        assertThat(second.get("a", Integer.class)).isEqualTo(i);
        assertThat(first.get("a", Integer.class)).isEqualTo(i);
      }
    } finally {
      redis.restart();
      client.shutdown();
      connect();
    }
    clock.advance(Duration.ofSeconds(31)); // its own rest, and the time of what it could not tell
    first.set("a", 7);
    first.get("a", Integer.class);
    long before = one.finds.get() + other.finds.get();
    for (int i = 0; i < 5; i++) {
      assertThat(second.get("a", Integer.class)).isEqualTo(7);
      assertThat(first.get("a", Integer.class)).isEqualTo(7);
    }
    assertThat(one.finds.get() + other.finds.get()).isLessThanOrEqualTo(before + 1);
  }

  @Test
  void aRedisThatStandsStillHoldsNobodyUp() {
    Session first = front(one, Duration.ofMillis(50));
    first.set("a", 1);
    first.get("a", Integer.class);
    commands.clientPause(2_000);
    long start = System.nanoTime();
    for (int i = 2; i < 40; i++) {
      first.set("a", i);
      assertThat(first.get("a", Integer.class)).isEqualTo(i);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("it is asked once, and then left alone")
        .isLessThan(Duration.ofMillis(1_900));
    commands.ping(); // waits until the pause is over
    clock.advance(Duration.ofSeconds(31));
    first.set("a", 50);
    assertThat(first.get("a", Integer.class)).isEqualTo(50);
  }

  @Test
  void bytesOfOthersInRedisAreIgnored() {
    Session first = front(one);
    first.set("a", 1);
    first.set("b", 2);
    byte[] hash = bytes(prefix + "v:{" + SESSION + "}");
    first.get("a", Integer.class);
    first.get("b", Integer.class);
    byte[] a = commands.hget(hash, bytes("a"));
    byte[] b = commands.hget(hash, bytes("b"));
    List<byte[]> wrong = new ArrayList<>(List.of(bytes(""), bytes("x"), bytes("nonsense"), b));
    for (int i = 0; i < a.length; i += 7) {
      byte[] flipped = a.clone();
      flipped[i] ^= 1;
      wrong.add(flipped);
      wrong.add(java.util.Arrays.copyOf(a, i));
    }
    for (byte[] bytes : wrong) {
      commands.hset(hash, bytes("a"), bytes);
      assertThat(first.get("a", Integer.class)).isEqualTo(1);
    }
    assertThat(commands.exists(hash)).as("what is wrong is thrown away").isZero();
    first.get("a", Integer.class);
    assertThat(commands.hget(hash, bytes("a"))).isEqualTo(a);
    assertThat(commands.pttl(hash)).isBetween(1L, 30_000L);
  }

  @Test
  void worksWithAClientOfOnesOwnAndLeavesItOpen() {
    RedisSessionCacheBuilder builder =
        RedisSessionCache.in(client).prefix(prefix).timeout(Duration.ofSeconds(5));
    SessionStore store = builder.front(one);
    assertThat(store.location()).isEqualTo("memory behind Redis");
    Sessions sessions = Sessions.builder().in(store).open();
    Session session = sessions.open(SESSION);
    session.set("a", 1);
    session.get("a", Integer.class);
    session.get("a", Integer.class);
    assertThat(one.finds.get()).isEqualTo(1);
    sessions.close();
    sessions.close();
    assertThat(commands.ping()).isEqualTo("PONG");
    assertThat(session.get("a", Integer.class)).as("from the store").isEqualTo(1);
  }

  @Test
  void doesNotSayThePassword() {
    URI address = URI.create("redis://user:s3cret@127.0.0.1:1/0");
    SessionStore store = RedisSessionCache.in(address).front(one);
    assertThat(store.location()).isEqualTo("memory behind Redis at 127.0.0.1:1");
    assertThat(store).hasToString("sessions in memory behind Redis at 127.0.0.1:1");
    assertThat(store.find("nobody", "a")).as("nobody listens there").isEmpty();
    store.close();
    assertThatThrownBy(() -> RedisSessionCache.in(URI.create("http://user:s3cret@host:1")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("\"http:…\" is no address of a Redis: give redis://host:port.");
    assertThatThrownBy(() -> RedisSessionCache.in(address).ttl(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RedisSessionCache.in(address).timeout(Duration.ofNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private RedisScripts scripts() {
    RedisLink link =
        new RedisLink(
            () ->
                client.connectAsync(
                    ByteArrayCodec.INSTANCE, io.lettuce.core.RedisURI.create(redis.uri())),
            null,
            Duration.ofSeconds(5),
            clock);
    return new RedisScripts(link, prefix, Duration.ofSeconds(30));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
