package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Deadline;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallOptionsTest {
  private final Deadline deadline = Deadline.after(Duration.ofSeconds(5), VirtualClock.create());

  @Test
  void noneSaysNothing() {
    CallOptions none = CallOptions.none();
    assertThat(none.key()).isEmpty();
    assertThat(none.deadline().isNever()).isTrue();
    assertThat(none.idempotencyKey()).isEmpty();
    assertThat(none.input()).isEmpty();
  }

  @Test
  void whatIsSaidLaterKeepsWhatWasSaidBefore() {
    CallOptions options =
        CallOptions.of("openai").deadline(deadline).idempotencyKey("order-7").input("sum", "{}");
    assertThat(options.key()).isEqualTo("openai");
    assertThat(options.deadline()).isSameAs(deadline);
    assertThat(options.idempotencyKey()).contains("order-7");
    assertThat(options.input()).contains(new CallOptions.Input("sum", "{}"));

    CallOptions otherWayRound =
        CallOptions.of("openai").input("sum", "{}").idempotencyKey("order-7").deadline(deadline);
    assertThat(otherWayRound.input()).isEqualTo(options.input());
    assertThat(otherWayRound.idempotencyKey()).isEqualTo(options.idempotencyKey());
    assertThat(CallOptions.of("openai").deadline()).isSameAs(Deadline.never());
  }

  @Test
  void itsTextDoesNotShowThePayloadNorTheKey() {
    CallOptions options =
        CallOptions.of("openai")
            .deadline(deadline)
            .idempotencyKey("order-7")
            .input("summarize", "a letter");
    assertThat(options)
        .hasToString("CallOptions[openai, deadline in 5000 ms, Input[summarize, 8 characters]]");
    assertThat(CallOptions.none()).hasToString("CallOptions[no key, no deadline, no input]");
  }

  @Test
  void refusesAnEmptyIdempotencyKey() {
    assertThatThrownBy(() -> CallOptions.none().idempotencyKey(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An idempotency key must not be empty.");
  }
}
