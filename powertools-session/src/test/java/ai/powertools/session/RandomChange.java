package ai.powertools.session;

import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.Collections;

/** Changes one of a few sessions somehow, a moment after the change before. */
final class RandomChange {
  private RandomChange() {}

  static void make(Sessions sessions, VirtualClock clock, RandomInput input, boolean deletes) {
    clock.advance(Duration.ofMillis(input.ints(1, 1_000)));
    String name = "s" + input.ints(0, 4);
    Session session = sessions.open(name);
    String key = "k" + input.ints(0, 3);
    switch (input.ints(0, 11)) {
      case 0, 1 -> session.set(key, input.text(50));
      case 2 -> session.remove(key);
      case 3 -> session.expire(key, Ttl.of(Duration.ofDays(input.ints(9, 99))));
      case 4 -> session.expire(key, Ttl.NEVER);
      case 5, 6 -> session.appendAll(key, Collections.nCopies(input.ints(1, 200), name));
      case 7 -> session.trim(key, input.ints(0, 5));
      case 8 -> session.snapshot(key);
      case 9 -> session.dropSnapshot(key);
      default -> {
        if (deletes && input.chance(0.3)) {
          sessions.delete(name);
        } else {
          session.expire(Ttl.of(Duration.ofDays(input.ints(9, 99))));
        }
      }
    }
  }
}
