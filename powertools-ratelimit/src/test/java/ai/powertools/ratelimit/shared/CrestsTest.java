package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrestsTest {
  @Test
  void whatItForgetsItTakesForHigherNeverForLower() {
    Crests crests = new Crests();
    for (int stamp = 1; stamp <= Crests.MOST + 3; stamp++) {
      crests.note(stamp, 1_000 - stamp);
    }
    for (int stamp = 0; stamp <= 3; stamp++) {
      assertThat(crests.since(stamp, 0)).isEqualTo(999);
    }
    assertThat(crests.since(4, 0)).isEqualTo(995);
    assertThat(crests.since(Crests.MOST + 3, 7)).isEqualTo(7);
  }
}
