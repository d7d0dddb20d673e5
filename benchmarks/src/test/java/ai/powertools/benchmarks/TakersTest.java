package ai.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Param;

class TakersTest {
  @ParameterizedTest
  @MethodSource("everybody")
  void grantsWithPlentyLeft(String whose) {
    for (int limits : new int[] {1, 3}) {
      Taker taker = LimitingBenchmark.taker(whose, new Allowance(limits, true));

      assertThat(Stream.generate(taker::take).limit(100_000)).doesNotContain(false);
    }
  }

  @ParameterizedTest
  @MethodSource("everybody")
  void refusesAfterTheFirstWithNothingLeft(String whose) {
    for (int limits : new int[] {1, 3}) {
      Taker taker = LimitingBenchmark.taker(whose, new Allowance(limits, false));

      assertThat(Stream.generate(taker::take).limit(4)).containsExactly(true, false, false, false);
    }
  }

  /** All that the benchmark knows. */
  private static Stream<String> everybody() throws NoSuchFieldException {
    return Arrays.stream(
        LimitingBenchmark.Limiter.class.getField("whose").getAnnotation(Param.class).value());
  }

  @Test
  void refusesANameThatNobodyHas() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LimitingBenchmark.taker("nobody", new Allowance(1, true)))
        .withMessageContaining("nobody");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void hasOneLimitOrThree(int limits) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Allowance(limits, true))
        .withMessageContaining("not " + limits);
  }

  @Test
  void ofThreeInTurnNobodyIsAskedAfterTheFirstThatRefuses() {
    AtomicInteger asked = new AtomicInteger();
    Taker grants = () -> asked.incrementAndGet() > 0;
    Taker refuses = () -> asked.incrementAndGet() < 0;

    assertThat(Taker.inTurn(grants, refuses, grants).take()).isFalse();

    assertThat(asked).hasValue(2);
  }
}
