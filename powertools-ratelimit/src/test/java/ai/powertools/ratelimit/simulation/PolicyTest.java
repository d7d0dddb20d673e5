package ai.powertools.ratelimit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void isReadFromItsText() {
    Policy policy = Policy.parse(" requests=60/m, tokens=100k/m burst 0.1,concurrency=8 ");
    assertThat(policy.limits().list())
        .containsExactly(
            Limit.of(Dimension.REQUESTS, 60, MINUTE),
            Limit.of(Dimension.TOKENS, 100_000, MINUTE).burst(10_000));
    assertThat(policy.limits().concurrency()).hasValue(8);
    assertThat(policy).hasToString("requests=60/m, tokens=100k/m burst 0.1,concurrency=8");
  }

  @Test
  void knowsAllWaysToWriteALimit() {
    assertThat(limit("requests=1_000/10m"))
        .isEqualTo(Limit.of(Dimension.REQUESTS, 1_000, MINUTE.multipliedBy(10)));
    assertThat(limit("tokens=1.5M/d burst 25%"))
        .isEqualTo(Limit.of(Dimension.TOKENS, 1_500_000, Duration.ofDays(1)).burst(375_000));
    assertThat(limit("tokens=10/m burst 1%"))
        .isEqualTo(Limit.of(Dimension.TOKENS, 10, MINUTE).burst(1));
    assertThat(limit("requests=5 / s burst 2 sliding"))
        .isEqualTo(Limit.of(Dimension.REQUESTS, 5, Duration.ofSeconds(1)).slidingWindow());
    assertThat(limit("input=5/h").dimension()).isEqualTo(Dimension.INPUT_TOKENS);
    assertThat(limit("output_tokens=5/500ms").dimension()).isEqualTo(Dimension.OUTPUT_TOKENS);
    assertThat(limit("images=5/m").dimension()).isEqualTo(Dimension.of("images"));
  }

  @Test
  void twoWindowsOfOneDimensionHoldTogether() {
    assertThat(Policy.parse("requests=60/m,requests=1k/d").limits().list()).hasSize(2);
  }

  @Test
  void canBeMadeOfLimitsAndOfMore() {
    Limits limits = Limits.none().concurrency(1);
    Policy policy = Policy.of(limits).and(builder -> builder.name("x"));
    assertThat(policy.limits()).isEqualTo(limits);
    assertThat(policy).hasToString(limits.toString());
  }

  @Test
  void saysWhatIsWrongAndWhatToDo() {
    assertWrong(
        "", "\"\" is no item of a policy: write name=value, with commas between the items.");
    assertWrong(
        "requests=60", "requests=60 in the policy: a limit is an amount per window, as in 60/m");
    assertWrong(
        "requests=many/m", "requests=many/m in the policy: an amount is a whole number, perhaps");
    assertWrong("requests=0.5/m", "an amount is a whole number");
    assertWrong("requests=6/fortnight", "a span is seconds or a number with ms, s, m, h or d");
    assertWrong("tokens=6/m burst 0.0", "a burst is more than none and at most all of the limit");
    assertWrong("tokens=6/m burst 200%", "a burst is more than none and at most all of the limit");
    assertWrong(
        "concurrency=few", "concurrency=few in the policy: \"few\" should be a whole number");
    assertWrong("queue=5 youngest", "queue=5 youngest in the policy: who is refused is one of ");
    assertWrong("queue=5 oldest please", "a queue is a number and a word");
    assertWrong(
        "weights=8/3", "weights=8/3 in the policy: weights are three numbers, as in 8/3/1.");
  }

  private static Limit limit(String text) {
    return Policy.parse(text).limits().list().get(0);
  }

  private static void assertWrong(String text, String message) {
    assertThatThrownBy(() -> Policy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
