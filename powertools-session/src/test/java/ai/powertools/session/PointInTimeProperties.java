package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PointInTimeProperties {
  @TempDir Path folder;

  @Test
  void withAHistoryEveryMomentCanBeRestored() {
    RandomInput.check(
        RandomInput.size("powertools.session.moments", 4),
        input -> {
          VirtualClock clock = VirtualClock.at(Instant.parse("2026-11-01T12:00:00Z"));
          Map<Instant, List<String>> states = new TreeMap<>();
          List<Path> chain = new ArrayList<>();
          try (Sessions sessions = sessions(clock)) {
            for (int i = 0; i < 40; i++) {
              RandomChange.make(sessions, clock, input, false);
              states.put(clock.instant(), Contents.of(sessions));
              if (i % 13 == 12 || i == 39) {
                clock.advance(Duration.ofMillis(1));
                Path file = folder.resolve(UUID.randomUUID().toString());
                if (chain.isEmpty()) {
                  sessions.backup(file);
                } else {
                  sessions.backup(file, chain.get(chain.size() - 1));
                }
                chain.add(file);
              }
            }
          }
          Path[] increments = chain.subList(1, chain.size()).toArray(Path[]::new);
          states.forEach(
              (moment, state) -> {
                try (Sessions other = sessions(clock)) {
                  Restore.from(chain.get(0), increments).at(moment).to(other);
                  assertThat(other.verify().problems()).isEmpty();
                  assertThat(Contents.of(other)).isEqualTo(state);
                }
              });
        });
  }

  private static Sessions sessions(VirtualClock clock) {
    return Sessions.builder().inMemory().time(clock).history(HistoryWindow.FOREVER).open();
  }
}
