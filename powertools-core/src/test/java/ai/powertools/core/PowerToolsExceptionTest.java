package ai.powertools.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PowerToolsExceptionTest {
  @Test
  void isFinalUnlessASubclassKnowsBetter() {
    PowerToolsException error = new PowerToolsException("It failed. Do this.");

    assertThat(error.retryable()).isFalse();
    assertThat(error.retryAfter()).isEmpty();
    assertThat(error).hasNoCause();
  }

  @Test
  void keepsItsCause() {
    Exception cause = new Exception("why");

    assertThat(new ConfigurationException("Line 3 is wrong.", cause)).hasCause(cause);
    assertThat(new ConfigurationException("Line 3 is wrong.")).hasNoCause();
    assertThat(new CancelledException("Called off.", null)).hasNoCause();
  }

  @Test
  void anInterruptStaysVisibleOnTheThread() {
    InterruptedException interrupt = new InterruptedException();
    CancelledException error = CancelledException.interrupted("waiting for a permit", interrupt);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(error).hasMessage("Interrupted while waiting for a permit.").hasCause(interrupt);
  }
}
