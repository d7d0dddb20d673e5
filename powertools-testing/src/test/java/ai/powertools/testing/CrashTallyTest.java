package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrashTallyTest {
  private final CrashTally tally = new CrashTally(42);

  private CrashCycle killed(String... lines) {
    return tally.killed(1, false, List.of(lines), 0);
  }

  private String found(String... ids) {
    return tally.settle(Survivors.of(List.of(ids)));
  }

  @Test
  void whatWasAcknowledgedMustBeThereAndWhatWasBegunMay() {
    CrashCycle cycle = killed("ready", "try a", "ack a", "try b", "try c");

    assertThat(cycle.acknowledged()).containsExactly("a");
    assertThat(cycle.inFlight()).containsExactly("b", "c");
    assertThat(found("a", "b")).isEmpty();
    assertThat(killed().acknowledged()).containsExactlyInAnyOrder("a", "b");
    assertThat(found("a")).isEqualTo("1 lost (b).");
  }

  @Test
  void whatWasMissingMustNotComeBack() {
    killed("try a");
    assertThat(found()).isEmpty();
    killed("try b");
    assertThat(found("a")).isEqualTo("1 never written (a).");
  }

  @Test
  void whatIsThereCountsFromThenOnWhateverWasLost() {
    killed("try a", "ack a", "try b", "ack b");
    assertThat(found("b")).isEqualTo("1 lost (a).");
    killed("try a", "ack a");
    assertThat(found("a", "b")).isEmpty();
  }

  @Test
  void aRepeatedTryOfWhatIsThereIsNotInFlight() {
    killed("try a", "ack a");
    found("a");
    assertThat(killed("try a").inFlight()).isEmpty();
  }

  @Test
  void namesAFewAndCountsAll() {
    killed("ack 1", "ack 2", "ack 3", "ack 4", "ack 5", "ack 6");
    assertThat(tally.settle(new Survivors(Set.of(), List.of("half of 7"))))
        .isEqualTo("6 lost (1, 2, 3, 4, 5, …). 1 torn (half of 7).");
    assertThat(tally.report())
        .hasToString(
            "1 kills (0 while starting), 6 acknowledged writes, 6 lost, 1 torn, 0 phantom,"
                + " 0 in flight kept whole, 0 un-forced changes forgotten, seed 42");
  }

  @Test
  void refusesWhatIsThereTwice() {
    assertThatThrownBy(() -> Survivors.of(List.of("a", "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"a\" is there twice.");
  }
}
