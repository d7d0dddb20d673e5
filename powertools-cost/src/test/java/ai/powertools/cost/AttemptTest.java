package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptTest {
  @Test
  void anAnswerIsSureAndAFailureIsNot() {
    assertThat(Attempt.succeeded(Usage.of(1, 2)))
        .isEqualTo(Attempt.of(Outcome.SUCCEEDED, Usage.of(1, 2), Certainty.EXACT));
    assertThat(Attempt.failed())
        .isEqualTo(Attempt.of(Outcome.FAILED, Usage.ZERO, Certainty.UNKNOWN));
    assertThat(Attempt.cancelled())
        .isEqualTo(Attempt.of(Outcome.CANCELLED, Usage.ZERO, Certainty.UNKNOWN));
  }

  @Test
  void saysOneThingAtATime() {
    Attempt attempt =
        Attempt.failed()
            .used(Usage.of(3, 4), Certainty.ESTIMATED)
            .servedBy(Calls.PENNY)
            .use(Use.UNUSED)
            .latency(Duration.ofMillis(5));

    assertThat(attempt.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(attempt.usage()).isEqualTo(Usage.of(3, 4));
    assertThat(attempt.certainty()).isEqualTo(Certainty.ESTIMATED);
    assertThat(attempt.servedBy()).contains(Calls.PENNY);
    assertThat(attempt.use()).isEqualTo(Use.UNUSED);
    assertThat(attempt.latency()).contains(Duration.ofMillis(5));
    assertThat(attempt.cost()).isEmpty();
    assertThat(attempt.vendorCost()).isEmpty();
  }

  @Test
  void refusesWhatNobodyCanReport() {
    assertThatThrownBy(() -> Attempt.of(Outcome.LOST, Usage.ZERO, Certainty.UNKNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Who reports an attempt has not lost it: use FAILED, with what is known of the usage.");
    assertThatThrownBy(() -> Attempt.failed().latency(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A latency can't be negative: PT-0.000000001S");
  }
}
