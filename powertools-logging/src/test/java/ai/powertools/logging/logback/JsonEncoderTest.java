package ai.powertools.logging.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Secret;
import ai.powertools.logging.LogContext;
import ai.powertools.logging.LogEvent;
import ai.powertools.logging.Recorded;
import ai.powertools.logging.Redactor;
import ai.powertools.logging.StructuredLogger;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@SuppressWarnings("try") // scopes are opened for what they do, not to be looked at
class JsonEncoderTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final JsonEncoder encoder = new JsonEncoder();

  @Test
  void writesOneObjectOnOneLine() throws Exception {
    String line;
    try (LogContext.Scope scope = LogContext.with("trace_id", "t1")) {
      line = line(event -> event.with("tokens", 1500).with("cached", false));
    }
    assertThat(line).endsWith("}\n").doesNotContain("\n{").containsOnlyOnce("\n");
    JsonNode json = JSON.readTree(line);
    assertThat(json.get("ts").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(Instant.parse(json.get("ts").asText())).isBeforeOrEqualTo(Instant.now());
    assertThat(json.get("level").asText()).isEqualTo("INFO");
    assertThat(json.get("logger").asText()).isEqualTo("encoder");
    assertThat(json.get("event").asText()).isEqualTo("happened");
    assertThat(json.has("message")).isFalse();
    assertThat(json.get("thread").asText()).isEqualTo(Thread.currentThread().getName());
    assertThat(json.get("tokens").longValue()).isEqualTo(1500);
    assertThat(json.get("cached").booleanValue()).isFalse();
    assertThat(json.get("trace_id").asText()).isEqualTo("t1");
    assertThat(encoder.headerBytes()).isEmpty();
    assertThat(encoder.footerBytes()).isEmpty();
  }

  @Test
  void writesWhatOrdinarySlf4jCallsLog() throws Exception {
    JsonNode json = plain(logger -> logger.info("User {} logged in", "ann"));
    assertThat(json.get("event").asText()).isEqualTo("User {} logged in");
    assertThat(json.get("message").asText()).isEqualTo("User ann logged in");

    assertThat(plain(logger -> logger.info((String) null)).get("event").asText()).isEmpty();
  }

  @Test
  void writesNumbersAsNumbersAndWhatJsonDoesNotKnowAsText() throws Exception {
    JsonNode json =
        json(
            event ->
                event
                    .with("long", Long.MIN_VALUE)
                    .with("double", 0.1)
                    .with("nan", Double.NaN)
                    .with("infinite", Float.NEGATIVE_INFINITY)
                    .with("short", (Object) (short) 3)
                    .with("byte", (Object) (byte) 4)
                    .with("decimal", new BigDecimal("1E+3"))
                    .with("huge", BigInteger.TEN.pow(40))
                    .with("atomic", new AtomicLong(5))
                    .with("atomic_int", new AtomicInteger(6))
                    .with("adder", new DoubleAdder()));
    assertThat(json.get("long").longValue()).isEqualTo(Long.MIN_VALUE);
    assertThat(json.get("double").decimalValue()).isEqualByComparingTo("0.1");
    assertThat(json.get("nan").textValue()).isEqualTo("NaN");
    assertThat(json.get("infinite").textValue()).isEqualTo("-Infinity");
    assertThat(json.get("short").intValue()).isEqualTo(3);
    assertThat(json.get("byte").intValue()).isEqualTo(4);
    assertThat(json.get("decimal").decimalValue()).isEqualByComparingTo("1000");
    assertThat(json.get("huge").bigIntegerValue()).isEqualTo(BigInteger.TEN.pow(40));
    assertThat(json.get("atomic").longValue()).isEqualTo(5);
    assertThat(json.get("atomic_int").longValue()).isEqualTo(6);
    assertThat(json.get("adder").textValue()).isEqualTo("0.0");
  }

  @Test
  void writesMapsAndCollectionsAndShowsTheRest() throws Exception {
    JsonNode json =
        json(
            event ->
                event
                    .with("list", List.of("a", 1, true))
                    .with("map", Map.of("k", List.of(Map.of("deep", 1))))
                    .with("array", new int[] {1, 2})
                    .with("objects", new Object[] {"x", null})
                    .with("some", Optional.of("there"))
                    .with("none", Optional.empty())
                    .with("nothing", (Object) null)
                    .with("path", Path.of("a", "b"))
                    .with("span", Duration.ofSeconds(3)));
    assertThat(json.get("list")).hasToString("[\"a\",1,true]");
    assertThat(json.get("map")).hasToString("{\"k\":[{\"deep\":1}]}");
    assertThat(json.get("array")).hasToString("[1,2]");
    assertThat(json.get("objects")).hasToString("[\"x\",null]");
    assertThat(json.get("some").asText()).isEqualTo("there");
    assertThat(json.get("none").isNull()).isTrue();
    assertThat(json.get("nothing").isNull()).isTrue();
    assertThat(json.get("path").asText()).isEqualTo(Path.of("a", "b").toString());
    assertThat(json.get("span").asText()).isEqualTo("PT3S");
  }

  @Test
  void aListThatContainsItselfEndsAndAValueThatCanNotBeShownSaysSo() throws Exception {
    List<Object> self = new ArrayList<>();
    self.add(self);
    self.add(self);
    Object broken =
        new Object() {
          @Override
          public String toString() {
            throw new UnsupportedOperationException();
          }
        };
    JsonNode json = json(event -> event.with("self", self).with("broken", broken).with("after", 1));
    assertThat(json.get("self").isArray()).isTrue();
    assertThat(json.get("broken").asText())
        .startsWith("!(toString of " + broken.getClass().getName())
        .endsWith("failed: java.lang.UnsupportedOperationException)");
    assertThat(json.get("after").intValue()).isEqualTo(1);
  }

  @Test
  void aNameThatIsTakenGetsANumberAndNothingIsLost() throws Exception {
    JsonNode json;
    try (LogContext.Scope scope = LogContext.with("user", "context").and("level", "high")) {
      json =
          json(
              event ->
                  event
                      .with("ts", "mine")
                      .with("user", "field")
                      .with("error", "none")
                      .with("twice", 1)
                      .with("twice", 2));
    }
    assertThat(json.get("ts_2").asText()).isEqualTo("mine");
    assertThat(json.get("user").asText()).isEqualTo("field");
    assertThat(json.get("user_2").asText()).isEqualTo("context");
    assertThat(json.get("level").asText()).isEqualTo("INFO");
    assertThat(json.get("level_2").asText()).isEqualTo("high");
    assertThat(json.get("error_2").asText()).isEqualTo("none");
    assertThat(json.get("twice").intValue()).isEqualTo(1);
    assertThat(json.get("twice_2").intValue()).isEqualTo(2);
  }

  @Test
  void writesTheErrorWithItsStackAndCauses() throws Exception {
    Exception cause = new IllegalArgumentException("because ghp_abcdefghijklmnopqrst0123");
    JsonNode error =
        json(event -> event.cause(new IllegalStateException("failed", cause))).get("error");
    assertThat(error.get("type").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.get("message").asText()).isEqualTo("failed");
    assertThat(error.get("stack").asText())
        .startsWith("java.lang.IllegalStateException: failed")
        .contains("Caused by: java.lang.IllegalArgumentException: because ***(github token)")
        .contains("at ai.powertools.logging.logback.JsonEncoderTest");
    assertThat(json(event -> event.cause(new RuntimeException())).get("error").get("message"))
        .hasToString("\"\"");
    assertThat(json(event -> event.cause(null)).has("error")).isFalse();
  }

  @Test
  void escapesWhatJsonTerminalsAndUtf8CanNotTake() throws Exception {
    String odd = "\u0000\u001b[2J\"\\\n\r\t\u007f\u0085\u2028é日😀\ud83d lone \ude00 \ud83d";
    String line = line(event -> event.with("text", odd));
    assertThat(line.strip().chars().noneMatch(c -> c < ' ' || (c >= 0x7f && c < 0xa0))).isTrue();
    assertThat(JSON.readTree(line).get("text").asText())
        .isEqualTo(odd.replace("\ud83d lone \ude00 \ud83d", "\ufffd lone \ufffd \ufffd"));
  }

  @Test
  void masksByNameAndByLooksAtAnyDepthInNamesAndInNumbers() throws Exception {
    Map<String, Object> nested = new LinkedHashMap<>();
    nested.put("password", List.of("hunter2"));
    nested.put("AKIAIOSFODNN7EXAMPLE", 1);
    nested.put("secret_value", Secret.of("hunter2"));
    String line =
        line(
            event ->
                event
                    .with("nested", nested)
                    .with("authorization", "hunter2")
                    .with("token", 222_333_444L)
                    .with("wrapped", Secret.of("hunter2"))
                    .with("card", 4111111111111111L)
                    .with("negative", -4111111111111111L)
                    .with("number", 4111111111111112L)
                    .with("tokens", 1500)
                    .with("text", "x AKIAIOSFODNN7EXAMPLE"));
    assertThat(line).doesNotContain("hunter2", "222333444", "AKIA", "4111111111111111");
    JsonNode json = JSON.readTree(line);
    assertThat(json.get("nested").get("password").asText()).isEqualTo("***(password)");
    assertThat(json.get("nested").get("***(aws key)").intValue()).isEqualTo(1);
    assertThat(json.get("nested").get("secret_value").asText()).isEqualTo("Secret(***)");
    assertThat(json.get("authorization").asText()).isEqualTo("***(credentials)");
    assertThat(json.get("token").asText()).isEqualTo("***(token)");
    assertThat(json.get("wrapped").asText()).isEqualTo("Secret(***)");
    assertThat(json.get("card").asText()).isEqualTo("***(card)");
    assertThat(json.get("negative").asText()).isEqualTo("-***(card)");
    assertThat(json.get("number").longValue()).isEqualTo(4111111111111112L);
    assertThat(json.get("tokens").intValue()).isEqualTo(1500);
    assertThat(json.get("text").asText()).isEqualTo("x ***(aws key)");
  }

  @Test
  void takesAnotherRedactorAndMasksEMailsWhenAsked() throws Exception {
    UnaryOperator<String> rule = text -> text.replace("Voldemort", "***(name)");
    encoder.setRedactor(Redactor.standard().with(rule));
    encoder.setRedactEmails(false);
    assertThat(json(event -> event.with("who", "Voldemort ann@x.org")).get("who").asText())
        .isEqualTo("***(name) ann@x.org");
    encoder.setRedactEmails(true);
    assertThat(json(event -> event.with("who", "Voldemort ann@x.org")).get("who").asText())
        .isEqualTo("***(name) ***(e-mail)");
  }

  @Test
  void anyTextComesBackFromAnotherReader() throws Exception {
    long seed = Long.getLong("powertools.seed", 20261103L);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(20); length > 0; length--) {
        text.append((char) (random.nextBoolean() ? random.nextInt(0x10000) : random.nextInt(128)));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      JsonNode json = json(event -> event.with("text", text).with(text.toString(), 1));
      // As UTF-8 has it, where half a pair is a question mark.
      assertThat(json.get("text").asText().replace('\ufffd', '?'))
          .as("seed %d, round %d", seed, i)
          .isEqualTo(new String(bytes, StandardCharsets.UTF_8).replace('\ufffd', '?'));
    }
  }

  private JsonNode json(UnaryOperator<LogEvent> fields) throws Exception {
    return JSON.readTree(line(fields));
  }

  private String line(UnaryOperator<LogEvent> fields) {
    try (Recorded recorded = Recorded.of("encoder")) {
      fields.apply(StructuredLogger.of("encoder").info("happened")).log();
      return new String(encoder.encode(recorded.event()), StandardCharsets.UTF_8);
    }
  }

  private JsonNode plain(Consumer<org.slf4j.Logger> call) throws Exception {
    try (Recorded recorded = Recorded.of("encoder")) {
      call.accept(LoggerFactory.getLogger("encoder"));
      return JSON.readTree(encoder.encode(recorded.event()));
    }
  }
}
