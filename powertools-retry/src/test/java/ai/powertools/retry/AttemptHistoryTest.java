package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptHistoryTest {
  private final Retry retry =
      Retry.builder()
          .time(VirtualClock.autoAdvancing())
          .maxAttempts(3)
          .fixed(Duration.ofSeconds(20))
          .noJitter()
          .build();

  private Throwable thrownBy(Throwable... errors) {
    return catchThrowable(() -> retry.call(Flaky.failingWith(errors)));
  }

  @Test
  void anErrorThatEndsTheCallAtOnceHasNone() {
    IllegalStateException bug = new IllegalStateException("bug");
    assertThat(thrownBy(bug)).isSameAs(bug).hasNoSuppressedExceptions();
    assertThat(AttemptHistory.of(bug)).isEmpty();
  }

  @Test
  void anErrorThatPassesThroughHasThoseBeforeIt() {
    Busy busy = new Busy();
    IllegalStateException bug = new IllegalStateException("bug");
    thrownBy(busy, bug);

    AttemptHistory history = (AttemptHistory) bug.getSuppressed()[0];
    assertThat(history)
        .hasMessage(
            "attempt 1 failed after 0 ms with Busy: The provider is busy, then a wait of 20 s")
        .hasSuppressedException(busy);
    assertThat(history.getStackTrace()).isEmpty();
    assertThat(history.attempts()).isEqualTo(AttemptHistory.of(bug)).hasSize(1);
  }

  @Test
  void usedUpAttemptsHaveAll() {
    Busy last = new Busy();
    Throwable exhausted = thrownBy(new Busy(), new IOException(), last);
    assertThat(AttemptHistory.of(exhausted))
        .hasSize(3)
        .element(2)
        .extracting(AttemptFailure::error)
        .isSameAs(last);
  }

  @Test
  void anErrorWithoutAMessageIsJustItsName() {
    IllegalStateException bug = new IllegalStateException("bug");
    thrownBy(new IOException(" "), bug);
    assertThat(bug.getSuppressed()[0])
        .hasMessage("attempt 1 failed after 0 ms with IOException, then a wait of 20 s");
  }

  @Test
  void anErrorThatIsThrownAgainAndAgainDoesNotGrow() {
    IllegalStateException constant = new IllegalStateException("the same each time");
    for (int i = 0; i < 3; i++) {
      thrownBy(new Busy(), constant);
    }
    assertThat(constant.getSuppressed()).hasSize(1);
  }

  @Test
  void anErrorThatCannotHaveSuppressedOnesHasNone() {
    Exception lean = new LeanException();
    CallFailedException wrapped =
        catchThrowableOfType(
            CallFailedException.class, () -> retry.call(Flaky.failingWith(new Busy(), lean)));
    assertThat(wrapped).hasCause(lean);
    assertThat(AttemptHistory.of(lean)).isEmpty();
  }

  private static final class LeanException extends Exception {
    private static final long serialVersionUID = 1L;

    LeanException() {
      super("lean", null, false, false);
    }
  }
}
