package ai.powertools.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void printsNothingOfItsValue() {
    assertThat(Secret.of("hunter2-hunter2")).hasToString("Secret(***)");
    assertThat(String.valueOf(Map.of("key", Secret.of("hunter2")))).doesNotContain("hunter2");
  }

  @Test
  void givesItsValueWhenAsked() {
    assertThat(Secret.of("  hunter2\n").reveal()).isEqualTo("hunter2");
  }

  @Test
  void comparesByValueAndHashesToNothing() {
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).hasSameHashCodeAs(Secret.of("b"));
    assertThat(Secret.of("a")).isNotEqualTo(Secret.of("b")).isNotEqualTo("a");
  }

  @Test
  void isNeverBlank() {
    assertThatThrownBy(() -> Secret.of(" \t")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isFoundInAnEnvironmentUnlessBlank() {
    assertThat(Secret.find(Map.of("KEY", "v"), "KEY")).contains(Secret.of("v"));
    assertThat(Secret.find(Map.of("KEY", " "), "KEY")).isEmpty();
    assertThat(Secret.find(Map.of(), "KEY")).isEmpty();
  }

  @Test
  void namesTheVariableThatIsMissing() {
    assertThatThrownBy(() -> Secret.env("POWERTOOLS_NO_SUCH_VARIABLE"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("POWERTOOLS_NO_SUCH_VARIABLE");
    assertThat(Secret.env("PATH").reveal()).isEqualTo(System.getenv("PATH").strip());
  }
}
