package ai.powertools.logging.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Secret;
import ai.powertools.logging.LogContext;
import ai.powertools.logging.LogEvent;
import ai.powertools.logging.Recorded;
import ai.powertools.logging.Redactor;
import ai.powertools.logging.StructuredLogger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

@SuppressWarnings("try") // scopes are opened for what they do, not to be looked at
class PrettyEncoderTest {
  private final PrettyEncoder encoder = new PrettyEncoder();
  private final StructuredLogger log = StructuredLogger.of("pretty");

  @BeforeEach
  void inUtc() {
    encoder.setZone("UTC");
  }

  @Test
  void writesTimeLevelEventFieldsAndContext() {
    try (Recorded recorded = Recorded.of("pretty");
        LogContext.Scope scope = LogContext.with("trace_id", "t1")) {
      log.info("api_call").with("tokens", 1500).with("text", "two words").with("e", "").log();
      String time =
          DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
              .withZone(ZoneOffset.UTC)
              .format(recorded.event().getInstant());
      assertThat(encode(recorded))
          .isEqualTo(time + " INFO  api_call tokens=1500 text=\"two words\" e=\"\" trace_id=t1\n");
    }
    assertThat(encoder.headerBytes()).isEmpty();
    assertThat(encoder.footerBytes()).isEmpty();
  }

  @Test
  void writesTheErrorAndItsCausesShort() {
    Exception cause = new IllegalArgumentException("key AKIAIOSFODNN7EXAMPLE\nforged");
    String text =
        encode(log.error("failed").cause(new IOException("sent", new IOException(null, cause))));
    assertThat(text)
        .endsWith(
            """
             ERROR failed
              IOException: sent
              caused by IOException
              caused by IllegalArgumentException: key ***(aws key)\\nforged
            """);
  }

  @Test
  void endsAChainOfCausesThatIsTooLongToRead() {
    Exception chain = new IOException("deepest");
    for (int i = 0; i < 20; i++) {
      chain = new IOException("step", chain);
    }
    assertThat(encode(log.error("failed").cause(chain)).lines()).hasSize(9);
  }

  @Test
  void noTextCanWriteALineOfItsOwnOrCommandTheTerminal() {
    String text =
        encode(log.info("a\nb").with("k\u001b[2J", "x\r\n12:00:00.000 ERROR forged \"q\""));
    assertThat(text).containsOnlyOnce("\n").doesNotContain("\u001b", "\r");
    assertThat(text).contains("a\\nb k\\u001b[2J=\"x\\r\\n12:00:00.000 ERROR forged \\\"q\\\"\"");
  }

  @Test
  void masksSecrets() {
    String text =
        encode(
            log.info("got ghp_abcdefghijklmnopqrst0123")
                .with("password", "hunter2")
                .with("wrapped", Secret.of("hunter2"))
                .with("AKIAIOSFODNN7EXAMPLE", "u:ann@x.org"));
    assertThat(text)
        .contains(
            "got ***(github token) password=***(password) wrapped=Secret(***) ***(aws key)=u:ann@x.org");
    encoder.setRedactEmails(false);
    encoder.setRedactor(Redactor.standard().withFields("who"));
    encoder.setRedactEmails(true);
    assertThat(encode(log.info("got").with("who", "x").with("to", "ann@x.org")))
        .contains("got who=***(who) to=***(e-mail)");
  }

  @Test
  void coloursLevelsAndDimsNames() {
    encoder.setColour(true);
    ch.qos.logback.classic.Logger logger =
        (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("pretty");
    logger.setLevel(ch.qos.logback.classic.Level.TRACE);
    Map<Level, String> expected =
        Map.of(
            Level.ERROR, "31mERROR",
            Level.WARN, "33mWARN ",
            Level.INFO, "32mINFO ",
            Level.DEBUG, "36mDEBUG",
            Level.TRACE, "36mTRACE");
    expected.forEach(
        (level, shown) ->
            assertThat(encode(log.at(level, "e").with("k", 1)))
                .contains("\u001b[" + shown + "\u001b[0m e")
                .contains(" \u001b[2mk=\u001b[0m1"));
    logger.setLevel(null);
  }

  private String encode(LogEvent event) {
    try (Recorded recorded = Recorded.of("pretty")) {
      event.log();
      return encode(recorded);
    }
  }

  private String encode(Recorded recorded) {
    return new String(encoder.encode(recorded.event()), StandardCharsets.UTF_8);
  }
}
