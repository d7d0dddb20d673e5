package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Time;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.testing.JavaProcess;
import ai.powertools.testing.PostgresExtension;
import ai.powertools.testing.PostgresServer;
import ai.powertools.testing.RedisExtension;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Three processes on one server, each killed in the middle and started again: never over the limit
 * by the server's clock, and nothing is stuck longer than a lease.
 */
class SharedLimitsProcessesIT {
  private static final int PROCESSES = 3;
  private static final int GRANTS_BEFORE_A_KILL = 40;

  private record Granted(long at, long amount) implements Comparable<Granted> {
    @Override
    public int compareTo(Granted other) {
      return Long.compare(at, other.at);
    }
  }

  @Test
  @ExtendWith(RedisExtension.class)
  void areNeverOverOnOneRedis(URI redis) throws Exception {
    proveIt("Redis", redis.toString());
  }

  @Test
  @ExtendWith(PostgresExtension.class)
  void areNeverOverOnOnePostgres(PostgresServer.Database database) throws Exception {
    proveIt("PostgreSQL", database.url());
  }

  private static void proveIt(String name, String where) throws Exception {
    List<Granted> granted = Collections.synchronizedList(new ArrayList<>());
    List<Thread> readers = new ArrayList<>();
    List<JavaProcess> running = new ArrayList<>();
    try (SharedLimits shared = LimitedProcess.open(where)) {
      for (int i = 0; i < PROCESSES; i++) {
        running.add(start(where, "first " + i));
      }
      // Each is killed after some grants, while it holds places and has been granted ahead.
      for (int i = 0; i < PROCESSES; i++) {
        read(running.get(i), GRANTS_BEFORE_A_KILL, granted);
        running.get(i).kill();
        drain(running.get(i), granted);
        running.set(i, start(where, "second " + i));
      }
      for (JavaProcess process : running) {
        Thread reader = new Thread(() -> read(process, GRANTS_BEFORE_A_KILL, granted));
        reader.start();
        readers.add(reader);
      }
      for (Thread reader : readers) {
        reader.join();
      }
      running.forEach(JavaProcess::kill);
      running.forEach(process -> drain(process, granted));
      int places = awaitAllPlaces(shared);
      assertThat(places).isEqualTo(LimitedProcess.PLACES);
    } finally {
      running.forEach(JavaProcess::close);
    }
    long most = checkWindows(granted);
    System.out.printf(
        "SharedLimitsProcessesIT on %s: %d grants of 6 processes, 6 of them killed; at most %d"
            + " tokens in any window of %s, where %d are allowed%n",
        name,
        granted.size(),
        most,
        LimitedProcess.WINDOW,
        LimitedProcess.LIMIT.amount() + LimitedProcess.LIMIT.burst());
  }

  private static JavaProcess start(String where, String name) {
    JavaProcess process = JavaProcess.start(LimitedProcess.class, where, name);
    process.awaitLine("started");
    return process;
  }

  private static void read(JavaProcess process, int grants, List<Granted> granted) {
    for (int i = 0; i < grants; i++) {
      Optional<String> line = process.readLine();
      add(line.orElseThrow(() -> new IllegalStateException("The process ended.")), granted);
    }
  }

  private static void drain(JavaProcess process, List<Granted> granted) {
    for (String line : process.remainingLines()) {
      if (line.matches("granted \\d{16} 7")) { // what the kill cut off is no line
        add(line, granted);
      }
    }
  }

  private static void add(String line, List<Granted> granted) {
    assertThat(line).startsWith("granted ");
    String[] words = line.split(" ", -1);
    granted.add(new Granted(Long.parseLong(words[1]), Long.parseLong(words[2])));
  }

  /** How many places can be taken once those of the dead have lapsed, by the server's clock. */
  private static int awaitAllPlaces(SharedLimits shared) throws Exception {
    // Granted at most 200 ms ahead, and held for a ttl from then on.
    Time.system().sleep(LimitedProcess.TTL.plusMillis(200));
    int places = 0;
    for (int i = 0; i < LimitedProcess.PLACES + 1; i++) {
      SharedTake take =
          SharedTake.of(LimitedProcess.KEY, LimitedProcess.LIMITS, Map.of(Dimension.TOKENS, 0L))
              .within(LimitedProcess.TTL)
              .holding("after " + i, Duration.ofMinutes(1));
      Grant grant = SharedLimitsContract.get(shared.take(take));
      places += grant.granted() ? 1 : 0;
    }
    return places;
  }

  /** Every span that ends with a grant, by the server's clock; gives the most of one window. */
  private static long checkWindows(List<Granted> granted) {
    List<Granted> sorted = new ArrayList<>(granted);
    Collections.sort(sorted);
    long window = Question.micros(LimitedProcess.WINDOW);
    long most = 0;
    for (int last = 0; last < sorted.size(); last++) {
      long sum = 0;
      for (int first = last; first >= 0; first--) {
        sum += sorted.get(first).amount();
        long span = sorted.get(last).at() - sorted.get(first).at();
        long allowed = LimitedProcess.LIMIT.burst() + span * LimitedProcess.LIMIT.amount() / window;
        assertThat(sum).as("within %d µs", span).isLessThanOrEqualTo(allowed);
        most = span < window ? Math.max(most, sum) : most;
      }
    }
    return most;
  }
}
