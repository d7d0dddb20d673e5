package ai.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

@SuppressWarnings("try") // sinks are attached for what they do, not to be looked at
class ConsoleLogTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final StructuredLogger log = StructuredLogger.of("console.app");

  @Test
  void showsEventsOfItsLevelAndAbove() {
    try (ConsoleLog console = ConsoleLog.attach(stream, Level.WARN, "console", false)) {
      log.info("quiet").log();
      log.warn("loud").with("tokens", 12).log();
    }
    log.warn("late").log();
    assertThat(shown()).contains(" WARN  loud tokens=12\n").doesNotContain("quiet", "late");
  }

  @Test
  void opensTheLoggerAndSetsItBackWithTheLastWhoOpenedIt() {
    Logger logger = (Logger) LoggerFactory.getLogger("console");
    ConsoleLog debug = ConsoleLog.attach(stream, Level.DEBUG, "console", false);
    ConsoleLog trace = ConsoleLog.attach(stream, Level.TRACE, "console", false);
    log.trace("deep").log();
    debug.close();
    assertThat(log.isEnabled(Level.TRACE)).isTrue();
    trace.close();
    trace.close();

    assertThat(logger.getLevel()).isNull();
    assertThat(log.isEnabled(Level.DEBUG)).isFalse();
    assertThat(shown().lines()).hasSize(1).first().asString().contains("TRACE deep");
  }

  @Test
  void leavesALoggerThatIsOpenAlready() {
    Logger logger = (Logger) LoggerFactory.getLogger("console");
    logger.setLevel(ch.qos.logback.classic.Level.TRACE);
    try (ConsoleLog console = ConsoleLog.attach(stream, Level.INFO, "console", false)) {
      assertThat(logger.getLevel()).isEqualTo(ch.qos.logback.classic.Level.TRACE);
    }
    assertThat(logger.getLevel()).isEqualTo(ch.qos.logback.classic.Level.TRACE);
    logger.setLevel(null);
  }

  @Test
  void doesNotCloseTheStream() {
    ConsoleLog.attach(stream, Level.INFO, "console").close();
    stream.print("still open");
    assertThat(stream.checkError()).isFalse();
    assertThat(shown()).isEqualTo("still open");
  }

  @Test
  void coloursTheLevelWhenAskedTo() {
    try (ConsoleLog console = ConsoleLog.attach(stream, Level.INFO, "console", true)) {
      log.error("failed").log();
    }
    assertThat(shown()).contains("\u001b[31mERROR\u001b[0m failed");
  }

  @Test
  void wantsColourOnATerminalUnlessToldOtherwise() {
    assertThat(Terminal.wantsColour(Map.of("TERM", "xterm"), true)).isTrue();
    assertThat(Terminal.wantsColour(Map.of("NO_COLOR", ""), true)).isTrue();
    assertThat(Terminal.wantsColour(Map.of("NO_COLOR", "1"), true)).isFalse();
    assertThat(Terminal.wantsColour(Map.of("TERM", "dumb"), true)).isFalse();
    assertThat(Terminal.wantsColour(Map.of(), false)).isFalse();
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
