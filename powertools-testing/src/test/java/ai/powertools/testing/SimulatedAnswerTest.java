package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.SimulatedAnswer.Finish;
import org.junit.jupiter.api.Test;

class SimulatedAnswerTest {
  @Test
  void endsForItsToolCallsUnlessToldOtherwise() {
    SimulatedAnswer calling = SimulatedAnswer.builder().toolCall("weather", "{}").build();
    SimulatedAnswer cut =
        SimulatedAnswer.builder().toolCall("weather", "{\"ci").finish(Finish.LENGTH).build();

    assertThat(SimulatedAnswer.of("Hello").finish()).isEqualTo(Finish.STOP);
    assertThat(calling.finish()).isEqualTo(Finish.TOOL_CALLS);
    assertThat(cut.finish()).isEqualTo(Finish.LENGTH);
  }

  @Test
  void doesNotChangeWithItsBuilder() {
    SimulatedAnswer.Builder builder = SimulatedAnswer.builder().toolCall("one", "{}");
    SimulatedAnswer answer = builder.build();

    builder.toolCall("two", "{}");

    assertThat(answer.toolCalls()).hasSize(1);
  }

  @Test
  void claimsNoUsageThatCannotBe() {
    assertThatThrownBy(() -> new SimulatedUsage(-1, 0, 0, 1, 0))
        .hasMessage("Token counts can't be negative: -1 and 1.");
    assertThatThrownBy(() -> new SimulatedUsage(10, 6, 5, 1, 0))
        .hasMessage("Of 10 prompt tokens, 6 can't be cached and 5 written to the cache.");
    assertThatThrownBy(() -> new SimulatedUsage(10, -1, 0, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SimulatedUsage(10, 0, 0, 1, 2))
        .hasMessage("Of 1 completion tokens, 2 can't be reasoning.");
    assertThat(new SimulatedUsage(10, 6, 4, 2, 2).uncached()).isZero();
  }
}
