package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.CancelledException;
import ai.powertools.core.ConfigurationException;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.core.PowerToolsException;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderException;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  @Test
  void tellsScriptsHowItEnded() {
    assertThat(ExitCode.of(new CancelledException("off", null)).code()).isEqualTo(130);
    assertThat(
            ExitCode.of(ProviderException.builder(ErrorKind.CANCELLED, "p", "m", "off").build())
                .code())
        .isEqualTo(130);
    assertThat(
            ExitCode.of(ProviderException.builder(ErrorKind.SERVER, "p", "m", "down").build())
                .code())
        .isEqualTo(5);
    assertThat(ExitCode.of(new DeadlineExceededException("late")).code()).isEqualTo(6);
    assertThat(ExitCode.of(new ConfigurationException("wrong")).code()).isEqualTo(3);
    assertThat(ExitCode.of(new PowerToolsException("other")).code()).isEqualTo(5);
    assertThat(ExitCode.of(new IllegalStateException("bug")).code()).isEqualTo(1);
  }
}
