package ai.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Secret;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

class StructuredLoggerTest {
  private final StructuredLogger log = StructuredLogger.of("structured");

  @Test
  void logsAnEventWithItsFieldsAndTheirTypes() {
    try (Recorded recorded = Recorded.of("structured")) {
      log.info("api_call")
          .with("provider", "openai")
          .with("tokens", 1500)
          .with("share", 0.5)
          .with("cached", true)
          .with("worked_out", () -> 7)
          .with("nothing", (Object) null)
          .log();

      ILoggingEvent event = recorded.event();
      assertThat(event.getMessage()).isEqualTo("api_call");
      assertThat(event.getLevel()).isEqualTo(ch.qos.logback.classic.Level.INFO);
      assertThat(event.getLoggerName()).isEqualTo("structured");
      assertThat(event.getKeyValuePairs())
          .extracting(pair -> pair.key, pair -> pair.value)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("provider", "openai"),
              org.assertj.core.groups.Tuple.tuple("tokens", 1500L),
              org.assertj.core.groups.Tuple.tuple("share", 0.5),
              org.assertj.core.groups.Tuple.tuple("cached", true),
              org.assertj.core.groups.Tuple.tuple("worked_out", 7),
              org.assertj.core.groups.Tuple.tuple("nothing", null));
    }
  }

  @Test
  void buildsNothingWhileTheLevelIsOff() {
    AtomicInteger calls = new AtomicInteger();
    Supplier<Object> supplier = calls::incrementAndGet;
    Object shown =
        new Object() {
          @Override
          public String toString() {
            return "shown " + calls.incrementAndGet();
          }
        };
    LogEvent event =
        log.debug("step")
            .with("supplied", supplier)
            .with("shown", shown)
            .with("number", 1)
            .with("ratio", 0.5)
            .with("flag", true)
            .cause(new IllegalStateException());
    event.log();

    assertThat(calls).hasValue(0);
    assertThat(event).isSameAs(log.trace("another")).isSameAs(SilentEvent.INSTANCE);
  }

  @Test
  void callsToStringOfAValueOnlyWhenSomebodyWritesIt() {
    AtomicInteger calls = new AtomicInteger();
    Object shown =
        new Object() {
          @Override
          public String toString() {
            return "shown " + calls.incrementAndGet();
          }
        };
    try (Recorded recorded = Recorded.of("structured")) {
      log.info("step").with("shown", shown).log();

      assertThat(recorded.events()).hasSize(1);
      assertThat(calls).hasValue(0);
    }
  }

  @Test
  void hasAMethodForEveryLevel() {
    ch.qos.logback.classic.Logger logger =
        (ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("every.level");
    logger.setLevel(ch.qos.logback.classic.Level.TRACE);
    StructuredLogger every = StructuredLogger.of("every.level");
    try (Recorded recorded = Recorded.of("every.level")) {
      for (LogEvent event :
          List.of(
              every.trace("e"),
              every.debug("e"),
              every.info("e"),
              every.warn("e"),
              every.error("e"))) {
        event.log();
      }
      assertThat(recorded.events())
          .extracting(event -> event.getLevel().toString())
          .containsExactly("TRACE", "DEBUG", "INFO", "WARN", "ERROR");
    } finally {
      logger.setLevel(null);
    }
  }

  @Test
  void saysWhatItIsAndWhatIsOn() {
    assertThat(log.isEnabled(Level.INFO)).isTrue();
    assertThat(log.isEnabled(Level.DEBUG)).isFalse();
    assertThat(StructuredLogger.of(StructuredLoggerTest.class).name())
        .isEqualTo("ai.powertools.logging.StructuredLoggerTest");
    assertThat(log).hasToString("logger \"structured\"");
  }

  @Test
  void keepsTheCauseAndTheLineOfCodeThatLogged() {
    try (Recorded recorded = Recorded.of("structured")) {
      log.error("failed").cause(new IllegalStateException("why")).log();

      ILoggingEvent event = recorded.event();
      assertThat(event.getThrowableProxy().getMessage()).isEqualTo("why");
      assertThat(event.getCallerData()[0].getMethodName())
          .isEqualTo("keepsTheCauseAndTheLineOfCodeThatLogged");
    }
  }

  @Test
  void doesNotTakeBracesInAnEventForPlacesToFill() {
    try (Recorded recorded = Recorded.of("structured")) {
      log.info("odd {} event").with("a", "b").log();

      assertThat(recorded.event().getFormattedMessage()).isEqualTo("odd {} event");
    }
  }

  @Test
  void handsASecretOnAsOneThatDoesNotPrint() {
    try (Recorded recorded = Recorded.of("structured")) {
      log.info("login").with("key", Secret.of("hunter2")).log();

      KeyValuePair pair = recorded.event().getKeyValuePairs().get(0);
      assertThat(pair.toString()).doesNotContain("hunter2");
    }
  }
}
