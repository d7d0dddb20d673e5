package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.JavaProcess;
import ai.powertools.testing.PostgresExtension;
import ai.powertools.testing.PostgresServer;
import ai.powertools.testing.RandomInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that stand still past the end of their leases, and wake up. */
class LeasesIT {
  private static final int COUNTERS = 3;
  private static final int EACH = 100;

  @Test
  void whatWakesUpAfterItsLeaseCanNotWriteOnSqlite(@TempDir Path folder) {
    Path file = folder.resolve("state.db");
    pastTheEnd(file.toString());
    assertWhoWrote(Store.sqlite(file));
  }

  @Test
  @ExtendWith(PostgresExtension.class)
  void whatWakesUpAfterItsLeaseCanNotWriteOnPostgres(PostgresServer.Database database) {
    pastTheEnd(database.url());
    assertWhoWrote(Store.postgres(database.dataSource()));
  }

  private static void pastTheEnd(String where) {
    try (JavaProcess a = start(where, "a");
        JavaProcess b = start(where, "b");
        JavaProcess c = start(where, "c")) {
      long first = token(ask(a, "take 300 60000"));
      assertThat(ask(a, "write a1")).isEqualTo("written");
      assertThat(ask(c, "take 300 0")).isEqualTo("held by a");
      a.suspend();
      long second = token(ask(b, "take 60000 60000"));
      assertThat(second).isGreaterThan(first);
      assertThat(ask(b, "write b1")).isEqualTo("written");
      a.resume();
      assertThat(ask(a, "write stale")).as("a token that is not the newest").isEqualTo("lost");
      assertThat(ask(a, "release")).isEqualTo("released");
      assertThat(ask(b, "write b2")).as("which took nothing away from b").isEqualTo("written");
      assertThat(ask(c, "take 60000 0")).isEqualTo("held by b");
      b.suspend();
      c.suspend();
      c.resume();
      b.resume();
      assertThat(ask(b, "write b3")).as("paused, but not past its end").isEqualTo("written");
      assertThat(ask(b, "release")).isEqualTo("released");
      assertThat(token(ask(c, "take 60000 60000"))).isGreaterThan(second);
      assertThat(ask(c, "write c1")).isEqualTo("written");
      assertThat(ask(b, "write stale")).isEqualTo("lost");
    }
  }

  private static void assertWhoWrote(Store opened) {
    try (Store store = opened) {
      List<String> texts = store.query("SELECT text FROM note ORDER BY id", r -> r.string("text"));
      assertThat(texts).containsExactly("a1", "b1", "b2", "b3", "c1");
      assertThat(store.leases().look("job")).map(LeaseInfo::holder).hasValue("c");
    }
  }

  @Test
  void loseNoCountWhereverTheyArePausedOnSqlite(@TempDir Path folder) {
    Path file = folder.resolve("state.db");
    countTogether(file.toString());
    assertCount(Store.sqlite(file));
  }

  @Test
  @ExtendWith(PostgresExtension.class)
  void loseNoCountWhereverTheyArePausedOnPostgres(PostgresServer.Database database) {
    countTogether(database.url());
    assertCount(Store.postgres(database.dataSource()));
  }

  /** Each reads the count, may be paused at any moment, and writes one more. */
  private static void countTogether(String where) {
    RandomInput random = RandomInput.seeded();
    List<JavaProcess> processes = new ArrayList<>();
    try {
      for (int i = 0; i < COUNTERS; i++) {
        processes.add(start(where, "counter-" + i));
      }
      processes.forEach(process -> process.writeLine("count " + EACH));
      for (int i = 0; i < 12; i++) {
        JavaProcess paused = processes.get(random.ints(0, COUNTERS - 1));
        if (ProcessHandle.of(paused.pid()).isPresent()) {
          paused.suspend();
          spin(100_000_000L); // twice the length of a lease
          paused.resume();
          spin(random.ints(1, 40) * 1_000_000L);
        }
      }
      List<String> answers = new ArrayList<>();
      processes.forEach(process -> answers.add(answer(process)));
      System.out.printf("LeasesIT: %s: %s, %s%n", where.substring(0, 5), answers, random);
      assertThat(answers).allMatch(answer -> answer.startsWith("counted"));
    } finally {
      processes.forEach(JavaProcess::close);
    }
  }

  private static void assertCount(Store opened) {
    try (Store store = opened) {
      assertThat(OpenStore.count(store)).isEqualTo(COUNTERS * EACH);
    }
  }

  /** Not a wait for something to happen, but the choice of a moment. */
  static void spin(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }

  private static JavaProcess start(String where, String name) {
    JavaProcess process = JavaProcess.start(LeaseHolder.class, where, name);
    process.awaitLine("started");
    return process;
  }

  private static String ask(JavaProcess process, String command) {
    process.writeLine(command);
    return answer(process);
  }

  private static String answer(JavaProcess process) {
    Optional<String> line = process.readLine();
    while (line.isPresent() && !line.get().startsWith("> ")) {
      line = process.readLine(); // of a pool's log
    }
    return line.orElseThrow().substring(2);
  }

  private static long token(String answer) {
    assertThat(answer).startsWith("token ");
    return Long.parseLong(answer.substring("token ".length()));
  }
}
