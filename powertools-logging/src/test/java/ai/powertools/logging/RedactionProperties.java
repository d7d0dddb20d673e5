package ai.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

@SuppressWarnings("try") // scopes are opened for what they do, not to be looked at
class RedactionProperties {
  private static final long SEED = Long.getLong("powertools.seed", 20261102L);
  private static final int OPERATIONS = Integer.getInteger("powertools.model.operations", 20_000);
  private static final int MEGABYTE = 1 << 20;

  private final StructuredLogger log = StructuredLogger.of("redaction");

  /** The eight places of an event that a secret can be in. */
  private final Map<String, BiConsumer<String, String>> positions =
      Map.of(
          "start", (secret, id) -> log.info(secret + " was used").with("id", id).log(),
          "end", (secret, id) -> log.info("used was " + secret).with("id", id).log(),
          "middle", (secret, id) -> log.info("the \"" + secret + "\", used").with("id", id).log(),
          "JSON",
              (secret, id) ->
                  log.info("sent")
                      .with("body", "{\"a\":1,\"text\":\"" + secret.replace("\n", "\\n") + "\"}")
                      .with("id", id)
                      .log(),
          "URL",
              (secret, id) ->
                  log.info("got").with("url", "https://h/p?a=1&q=" + secret).with("id", id).log(),
          "field", (secret, id) -> log.info("got").with("note", secret).with("id", id).log(),
          "context",
              (secret, id) -> {
                try (LogContext.Scope scope = LogContext.with("note", secret)) {
                  log.info("got").with("id", id).log();
                }
              },
          "exception",
              (secret, id) ->
                  log.error("failed")
                      .with("id", id)
                      .cause(
                          new IllegalStateException(
                              "with " + secret, new IllegalArgumentException(secret)))
                      .log());

  @TempDir Path folder;

  @Test
  void noSecretReachesFileOrConsoleWhereverItStands() throws Exception {
    Path file = folder.resolve("log.ndjson");
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(console, true, StandardCharsets.UTF_8);
    Map<String, String> secrets = new Secrets(new Random(SEED)).keys();
    int events = 0;
    try (LogFile toFile = LogFile.attach(file, "redaction");
        ConsoleLog toConsole = ConsoleLog.attach(stream, Level.INFO, "redaction", false)) {
      for (String secret : secrets.keySet()) {
        for (String position : positions.keySet()) {
          positions.get(position).accept(secret, position);
          events++;
        }
      }
    }
    List<LogRecord> records = LogReader.read(file).records();
    assertThat(records).hasSize(events).hasSizeGreaterThan(180);
    String all = Files.readString(file) + console.toString(StandardCharsets.UTF_8);
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      String middle = secret.getKey().substring(secret.getKey().length() / 2);
      assertThat(all)
          .as("seed %d, %s", SEED, secret.getValue())
          .doesNotContain(secret.getKey())
          .doesNotContain(middle)
          .contains("***(" + secret.getValue() + ")");
    }
  }

  @Test
  void randomSecretsInRandomTextAreFoundAndNothingElseIsTouched() {
    Random random = new Random(SEED);
    List<String> words =
        List.of(
            "the", "model", "said", "tokens=12", "{\"a\":1}", "(x)", "日本", "9aeaf44", "--", "\n");
    List<String> around = List.of(" ", "\"", "'", "(", "=", ",", "\n", "/", "[", "|", ">", "\t");
    for (int i = 0; i < OPERATIONS / 20; i++) {
      for (Map.Entry<String, String> secret : new Secrets(random).keys().entrySet()) {
        String before = some(words, random) + around.get(random.nextInt(around.size()));
        String after = around.get(random.nextInt(around.size())) + some(words, random);
        String text = before + secret.getKey() + after;
        String redacted = Redactor.standard().redact(text);
        assertThat(redacted)
            .as("seed %d, round %d, text: %s", SEED, i, text)
            .startsWith(before)
            .endsWith(after)
            .contains("***(" + secret.getValue() + ")")
            .hasSize(text.length() - secret.getKey().length() + secret.getValue().length() + 5);
        assertThat(Redactor.standard().redact(redacted)).isEqualTo(redacted);
      }
    }
  }

  @Test
  void aSecretOnALineOfItsOwnIsFoundWhateverStandsAroundIt() {
    Random random = new Random(SEED);
    List<String> pieces =
        List.of(
            "password",
            "token",
            "api_key",
            "=",
            ":",
            "\"",
            "\\",
            " ",
            "://",
            "@",
            "sk-",
            "eyJ",
            ".",
            "Bearer ",
            "Basic ",
            "Authorization",
            "***",
            "(",
            ")",
            "-----BEGIN PRIVATE KEY-----",
            "4111111111111111",
            "abc123",
            "\n",
            ",",
            "[",
            "{",
            "true",
            "ghp_0123456789abcdefghij",
            "'",
            "_",
            "-",
            "%3D",
            "4111 1111 1111 1111",
            "http://u:p@h",
            "ann@x.org",
            "/",
            "-----END");
    String secret = "AKIAIOSFODNN7EXAMPLE";
    Redactor redactor = Redactor.standard().withEmails();
    for (int i = 0; i < OPERATIONS; i++) {
      String text = soup(pieces, random) + "\n" + secret + "\n" + soup(pieces, random);
      assertThat(redactor.redact(text)).as("seed %d, text: %s", SEED, text).doesNotContain(secret);
    }
  }

  /** Each of these takes hours where matching is quadratic, and no time where it is linear. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-",
        "sk-ant-",
        "eyJ",
        "eyJaaaaaaaa-",
        "eyJaaaaaaaa.",
        "AKIAIOSFODNN7EXAMPLE-",
        "AKIAIOSFODNN7EXAMPLE-sk--",
        "4111111111111111-",
        "4111111111111111-sk--",
        "4111 ",
        "4",
        "ghp_",
        "ghp_0123456789abcdefghij_",
        "xoxb-",
        "AIza-",
        "bearer ",
        "bearer.",
        "Bearer a/",
        "password",
        "password=",
        "password =",
        "password=\"",
        "password:",
        "password: ",
        "=",
        ":",
        " : ",
        "\"",
        "\\",
        "\\\"",
        "\"password\":\"\\",
        "://",
        "a://b:c",
        "a://b:c/",
        "http://u:p@",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY",
        "a@",
        "a.b@",
        "@",
        "%3D",
        "\\n",
        "\\u0022",
        "authorization: ",
        "Authorization: Digest ",
        "a",
        "_",
        "-",
        " "
      })
  void anAdversarysMegabyteIsNoTrouble(String piece) {
    String text = piece.repeat(MEGABYTE / piece.length());
    String redacted = Redactor.standard().withEmails().redact(text + " x");
    assertThat(redacted).isNotEmpty();
  }

  @Test
  void aMegabyteWithOneSecretAtItsEndLosesOnlyThat() {
    String text = "lorem ipsum = dolor: sit-amet ".repeat(MEGABYTE / 30);
    assertThat(Redactor.standard().redact(text + "AKIAIOSFODNN7EXAMPLE"))
        .isEqualTo(text + "***(aws key)");
  }

  private static String some(List<String> words, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      text.append(words.get(random.nextInt(words.size()))).append(' ');
    }
    return text.toString();
  }

  private static String soup(List<String> pieces, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    return text.toString();
  }
}
