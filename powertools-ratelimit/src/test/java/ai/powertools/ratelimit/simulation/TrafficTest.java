package ai.powertools.ratelimit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final Traffic STEADY = Traffic.of(60, Duration.ofHours(10)).tokens(1_500);

  @Test
  void comesAtItsMeanRateAndSize() {
    List<TracedCall> calls = all(STEADY.takes(Duration.ofSeconds(3)));
    // 36,000 expected; a standard deviation of a Poisson count is its root, 190.
    assertThat(calls.size()).isBetween(36_000 - 760, 36_000 + 760);
    double tokens = calls.stream().mapToLong(call -> call.tokens().total()).average().orElse(0);
    assertThat(tokens).isBetween(1_450.0, 1_550.0);
    double takes = calls.stream().mapToLong(call -> call.takes().toMillis()).average().orElse(0);
    assertThat(takes).isBetween(2_900.0, 3_100.0);
  }

  @Test
  void gapsAreThoseOfAPoissonProcess() {
    List<TracedCall> calls = all(STEADY);
    int longer = 0;
    for (int i = 1; i < calls.size(); i++) {
      longer += calls.get(i).at().minus(calls.get(i - 1).at()).toMillis() >= 1_000 ? 1 : 0;
    }
    // A gap is longer than the mean with a probability of 1/e.
    assertThat((double) longer / calls.size()).isBetween(0.355, 0.381);
  }

  @Test
  void noCallUsesMoreThanItAsksForOrLessThanAHalf() {
    assertThat(all(STEADY))
        .allSatisfy(
            call ->
                assertThat(call.used().orElseThrow().total())
                    .isBetween(call.tokens().total() / 2, call.tokens().total()));
  }

  @Test
  void aSeedGivesTheSameCallsEveryTimeAndAnotherSeedOthers() {
    assertThat(all(STEADY.seed(7)))
        .isEqualTo(all(STEADY.seed(7)))
        .isNotEqualTo(all(STEADY.seed(8)));
  }

  @Test
  void burstsComeOnTopOfTheRest() {
    List<TracedCall> calls =
        all(Traffic.of(0, Duration.ofMinutes(3)).burst(5, Duration.ofMinutes(1)));
    assertThat(calls).hasSize(15);
    assertThat(calls.get(4).at()).isEqualTo(Duration.ZERO);
    assertThat(calls.get(5).at()).isEqualTo(Duration.ofMinutes(1));
    List<TracedCall> both = all(STEADY.burst(50, Duration.ofMinutes(10)));
    assertThat(both).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    assertThat(both.size()).isBetween(39_000 - 760, 39_000 + 760);
  }

  @Test
  void isReadFromItsText() {
    assertThat(
            Traffic.parse(
                "rate=50/m, for=10m, tokens=1.5k, takes=3s, burst=20/30s, tenants=a b,"
                    + " patience=30s, seed=7"))
        .isEqualTo(
            Traffic.of(50, Duration.ofMinutes(10))
                .tokens(1_500)
                .takes(Duration.ofSeconds(3))
                .burst(20, Duration.ofSeconds(30))
                .tenants(List.of("a", "b"))
                .patience(Duration.ofSeconds(30))
                .seed(7));
    assertThat(Traffic.parse("for=1h,rate=2/s").callsPerMinute()).isEqualTo(120);
  }

  @Test
  void tenantsAndPatienceAreThoseOfTheTraffic() {
    List<TracedCall> calls =
        all(STEADY.tenants(List.of("a", "b")).patience(Duration.ofSeconds(30)));
    assertThat(calls)
        .allSatisfy(call -> assertThat(call.patience()).contains(Duration.ofSeconds(30)));
    long ofA = calls.stream().filter(call -> call.tenant().orElseThrow().equals("a")).count();
    assertThat((double) ofA / calls.size()).isBetween(0.48, 0.52);
  }

  @Test
  void saysWhatIsWrongWithATextAndWhatToDo() {
    assertWrong("rate=50/m", "A traffic needs rate and for at least, as in rate=50/m, for=10m.");
    assertWrong("fast", "\"fast\" is no item of a traffic: write name=value, with commas");
    assertWrong(
        "rate=50,for=1m", "rate=50 in the traffic: write an amount and a window, as in 50/m.");
    assertWrong("rate=50/0,for=1m", "rate=50/0 in the traffic: a window is longer than 0.");
    assertWrong(
        "rate=5/m,for=0", "for=0 in the traffic: for of a traffic must be more than 0, a year");
    assertThat(all(Traffic.parse("rate=0/m,for=1m"))).isEmpty();
    assertWrong("rate=5/m,for=1m,burst=-1/m", "burst=-1/m in the traffic: an amount is a whole");
    assertWrong("speed=5", "speed=5 in the traffic: there is no such item; there are rate, for,");
    assertWrong("for=1m,for=2m,rate=1/m", "for in the traffic: it is there twice; remove one.");
  }

  private static void assertWrong(String text, String message) {
    assertThatThrownBy(() -> Traffic.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static List<TracedCall> all(Traffic traffic) {
    try (Stream<TracedCall> calls = CallTrace.synthetic(traffic).calls()) {
      return calls.toList();
    }
  }
}
