package ai.powertools.retry.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.retry.AttemptFailure;
import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Failure;
import ai.powertools.retry.Outcome;
import ai.powertools.retry.Verdict;
import ai.powertools.testing.RandomInput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets reach nothing that is kept or shown, whatever stands around them. */
class ScrubProperties {
  private static final String ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static String random(RandomInput input, String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(input.ints(0, alphabet.length())));
    }
    return text.toString();
  }

  /** The form in which a secret is in a message, with what of it must not be seen in its place. */
  private static String planted(RandomInput input, String secret) {
    String form =
        input.oneOf(
            "sk-%s",
            "sk-proj-%s",
            "sk-ant-api03-%s",
            "Authorization: Bearer %s",
            "bearer %s",
            "https://host.example/path?api_key=%s",
            "https://host.example/path?a=1&key=%s",
            "https://user:%s@host.example/",
            "{\"api_key\":\"%s\"}",
            "{\"apiKey\" : \"%s\"}",
            "{\\\"access_token\\\":\\\"%s\\\"}",
            "X-Api-Key: %s",
            "password=%s",
            "SERVICE_CLIENT_SECRET=%s",
            "ghp_%s",
            "gsk_%s",
            "eyJ%s.e30.c2ln",
            "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----",
            "Cookie: session=%s");
    return form.formatted(secret);
  }

  private static String message(RandomInput input, String planted) {
    return input.text(80) + " " + planted + " " + input.text(80);
  }

  @Test
  void noPlantedSecretIsLeft() {
    RandomInput.check(
        5_000,
        input -> {
          String secret = random(input, ALPHANUMERIC, input.ints(24, 60));
          String message = message(input, planted(input, secret));

          assertThat(Scrub.text(message)).doesNotContain(secret, secret.substring(0, 12));
        });
  }

  @Test
  void scrubbingAgainChangesNothing() {
    RandomInput.check(
        5_000,
        input -> {
          String secret = random(input, ALPHANUMERIC, input.ints(8, 60));
          String scrubbed = Scrub.text(message(input, planted(input, secret)));

          assertThat(Scrub.text(scrubbed)).isEqualTo(scrubbed);
        });
  }

  @Test
  void aSecretIsNeitherInTheEventNorInReportsNorInSinks() {
    RandomInput.check(
        300,
        input -> {
          String secret = random(input, ALPHANUMERIC, input.ints(24, 60));
          // Also where messages are cut: half a secret is one too.
          String padding = "x ".repeat(input.oneOf(0, 90, 990, 8_180 - input.ints(0, 30)));
          String message = padding + planted(input, secret);
          IllegalStateException error = new IllegalStateException(message);
          AttemptFailure attempt =
              new AttemptFailure(1, Duration.ZERO, Duration.ZERO, error, ErrorKind.PERMANENT);
          Failure failure =
              new Failure(
                  error,
                  Verdict.permanent().because(message),
                  List.of(attempt),
                  Duration.ZERO,
                  Optional.empty(),
                  "");
          ErrorEvent event = ErrorEvent.of(message, failure, Outcome.FAILED, Events.NOON);
          ErrorReports reports = ErrorReports.create();
          reports.accept(event);
          ErrorReport report = reports.snapshot();

          assertThat(
                  event
                      + EventJson.line(event)
                      + LoggingSink.line(event)
                      + report.toText()
                      + report.toJson()
                      + report.toHtml())
              .doesNotContain(secret.substring(0, 10));
        });
  }

  /** Each of these takes hours where matching is quadratic. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-",
        "eyJ",
        "eyJaaaaaaaa.",
        "bearer ",
        "Authorization: ",
        "password=",
        "password=\"",
        "\"password\":\"\\",
        "\\\"",
        "api_key: ",
        "://",
        "a://b:c",
        "http://u:p@",
        "?key=",
        "&sig=",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN A PRIVATE KEY",
        "a@",
        "a.b@",
        "a@b.",
        "AKIA",
        "ghp_",
        "Cookie: ",
        "\"token\":\"",
        "secret",
        "a",
        "A1b",
        " ",
        "-",
        "_",
        "."
      })
  void hostileTextTakesTimeLinearInItsLength(String piece) {
    String text = piece.repeat(100_000 / piece.length());

    assertThat(Scrub.text(text + " end")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\\x", "\\\"", "a b ", "\n", "x.", "x/"})
  void aSecretMayBeAsLongAsItLikes(String piece) {
    String value = piece.repeat(100_000 / piece.length());

    assertThat(Scrub.text("password=\"" + value)).isEqualTo("password=\"***");
    assertThat(Scrub.text("password=\"" + value + "\" end")).isEqualTo("password=\"***\" end");
    assertThat(Scrub.text("-----BEGIN PRIVATE KEY-----" + value)).isEqualTo("***");
  }
}
