package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionWatchTest {
  private static final Duration EVERY = Duration.ofSeconds(1);

  @TempDir Path folder;

  private final VirtualClock clock = VirtualClock.create();
  private final BlockingQueue<SessionChange> told = new LinkedBlockingQueue<>();

  @Test
  void tellsOfWhatSomebodyElseWroteAndOfTheEnd() throws Exception {
    Path file = folder.resolve("state.db");
    try (Sessions mine = Sessions.builder().at(file).time(clock).open();
        Sessions theirs = Sessions.at(file)) {
      Session session = mine.open("shared");
      theirs.open("shared").set("before", 1);
      try (SessionWatch watch = session.watch(EVERY, this::tell)) {
        theirs.open("shared").set("a", 1);
        theirs.open("shared").set("b", 2);
        lookOnce();
        assertThat(next()).isEqualTo(new SessionChange("shared", 3, clock.instant(), List.of()));

        theirs.open("shared").set("c", 3);
        lookOnce();
        assertThat(next().version()).as("also after one whose listener failed").isEqualTo(4);

        theirs.delete("shared");
        lookOnce();
        assertThat(next().version()).isZero();
        assertThat(watch).isNotNull();
      }
    }
    assertThat(told).as("nothing was told twice, or in vain").isEmpty();
  }

  @Test
  void tellsNothingOnceItIsClosed() {
    try (Sessions sessions = Sessions.builder().time(clock).open()) {
      Session session = sessions.open("one");
      SessionWatch watch = session.watch(EVERY, this::tell);
      watch.close();
      watch.close();
      session.set("a", 1);
      clock.advance(EVERY);
      assertThat(told).isEmpty();
    }
  }

  private void tell(SessionChange change) {
    told.add(change);
    if (change.version() == 3) {
      throw new IllegalStateException("a listener that fails");
    }
  }

  /** It is asleep when it has told of what it saw before. */
  private void lookOnce() throws InterruptedException {
    clock.awaitSleepers(1);
    clock.advance(EVERY);
  }

  private SessionChange next() throws InterruptedException {
    SessionChange change = told.poll(20, TimeUnit.SECONDS);
    assertThat(change).isNotNull();
    return change;
  }
}
