package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ServerChoiceTest {
  private static final ServerChoice CHOICE = new ServerChoice("PostgreSQL", "some:library");
  private static final Map<String, String> DOCKER = Map.of("POWERTOOLS_TEST_DOCKER", "1");

  private static Supplier<String> failing(RuntimeException e) {
    return () -> {
      throw e;
    };
  }

  private static String absent() {
    throw new NoClassDefFoundError("some/Library");
  }

  @Test
  void isEmbeddedUnlessDockerIsAskedFor() {
    assertThat(CHOICE.start(Map.of(), () -> "embedded", ServerChoiceTest::absent))
        .isEqualTo("embedded");
    assertThat(
            CHOICE.start(
                Map.of("POWERTOOLS_TEST_DOCKER", "0"), () -> "embedded", ServerChoiceTest::absent))
        .isEqualTo("embedded");
    assertThat(CHOICE.start(DOCKER, ServerChoiceTest::absent, () -> "container"))
        .isEqualTo("container");
  }

  @Test
  void saysWhichLibraryIsMissing() {
    assertThatThrownBy(
            () -> CHOICE.start(Map.of(), ServerChoiceTest::absent, ServerChoiceTest::absent))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "An embedded PostgreSQL needs some:library on the class path of the tests."
                + " Add it, or set POWERTOOLS_TEST_DOCKER=1 to use a container.");
    assertThatThrownBy(
            () -> CHOICE.start(DOCKER, ServerChoiceTest::absent, ServerChoiceTest::absent))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "PostgreSQL in a container (POWERTOOLS_TEST_DOCKER=1) needs"
                + " org.testcontainers:testcontainers on the class path of the tests."
                + " Add it, or unset the variable to use the embedded one.");
  }

  @Test
  void saysWhatToDoWhenThePlatformHasNoBinaries() {
    RuntimeException cause = new IllegalStateException("Missing embedded binaries");

    assertThatThrownBy(() -> CHOICE.start(Map.of(), failing(cause), ServerChoiceTest::absent))
        .isInstanceOf(ConfigurationException.class)
        .hasCause(cause)
        .hasMessage(
            "The embedded PostgreSQL did not start on %s %s: Missing embedded binaries."
                    .formatted(System.getProperty("os.name"), System.getProperty("os.arch"))
                + " Look whether some:library has binaries for this platform,"
                + " or set POWERTOOLS_TEST_DOCKER=1 to use a container.");
  }

  @Test
  void saysWhatToDoWhenTheContainerDoesNotStart() {
    RuntimeException cause = new IllegalStateException("No Docker here.");

    assertThatThrownBy(() -> CHOICE.start(DOCKER, ServerChoiceTest::absent, failing(cause)))
        .isInstanceOf(ConfigurationException.class)
        .hasCause(cause)
        .hasMessage(
            "PostgreSQL did not start in a container (POWERTOOLS_TEST_DOCKER=1): No Docker here."
                + " Start Docker, or unset the variable to use the embedded one.");
  }
}
