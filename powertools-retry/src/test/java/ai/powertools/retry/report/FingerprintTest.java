package ai.powertools.retry.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.retry.ErrorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which errors are the same. The messages are made up in the manner of vendors. */
class FingerprintTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Rate limit reached for gpt-4o in organization org-Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8 on tokens per min"
            + " (TPM): Limit 30000, Used 29012, Requested 1211. Please try again in 446ms."
            + "| Rate limit reached for gpt-4o in organization org-Zz9Yy8Xx7Ww6Vv5Uu4Tt3Ss2 on tokens"
            + " per min (TPM): Limit 450000, Used 449900, Requested 12. Please try again in 1m30.5s.",
        "Please retry after 34 seconds. | Please retry after 1 second.",
        "Please retry in 7.2s | Please retry in 250 ms",
        "This model's maximum context length is 128000 tokens. However, your messages resulted in"
            + " 130,211 tokens. | This model's maximum context length is 8192 tokens. However, your"
            + " messages resulted in 9001 tokens.",
        "overloaded (request_id: req_011CSHoEeqs5C35K2UUqR7Fy) | overloaded (request_id:"
            + " req_022DTIpFfrt6D46L3VVrS8Gz)",
        "trace 550e8400-e29b-41d4-a716-446655440000 | trace 123e4567-e89b-12d3-a456-426614174000",
        "lost req-550e8400-e29b-41d4-a716-446655440000 | lost"
            + " req-123e4567-e89b-12d3-a456-426614174000",
        "connect to 10.0.3.17:443 timed out | connect to 192.168.1.2:8443 timed out",
        "connect to [2001:db8::8a2e:370:7334] failed | connect to [fe80:0:0:1::1] failed",
        "at 2026-01-01T10:00:00.123Z it broke | at 2025-12-31T23:59:59+02:00 it broke",
        "at 2026-01-01 10:00:00,123 it broke | at 2025-12-31 23:59:59,001 it broke",
        "since 10:15 down | since 23:59:01 down",
        "GET https://h.example/v1/x?page=1&q=abc failed | GET https://h.example/v1/x?page=27 failed",
        "ref java.lang.Object@1a2b3c4d gone | ref java.lang.Object@7f3c gone",
        "pointer 0x7fff5fbff8c0 | pointer 0x10",
        "commit 9fceb02d0ae598e9 | commit 8a1b2c3d4e5f6a7b",
        "Blob aGVsbG8gd29ybGQx/Zm9vYmFyQQ== is bad | Blob WW91IGZvdW5kIG1l+MTIzNDU2Nzg= is bad",
        "worker-17 died | worker-3 died",
        "Unexpected text \"Sure, here is what you asked for, as one line of words without an end\" |"
            + " Unexpected text \"I am sorry, but I can't help with that, since it is not what I do\"",
        "50% of quota | 99.5% of quota",
        "too   many\\n spaces 1 | too many\\n spaces 2",
      })
  void messagesThatDifferInWhatVariesAreTheSame(String one, String other) {
    assertThat(Events.of(one).fingerprint()).isEqualTo(Events.of(other).fingerprint());
    assertThat(Events.of(one).fingerprint().id()).isEqualTo(Events.of(other).fingerprint().id());
    assertThat(one).isNotEqualTo(other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "429 Too Many Requests | 503 Service Unavailable",
        "HTTP 500 | HTTP 502",
        "HTTP/1.1 401 | HTTP/1.1 403",
        "Error code: 401 - refused | Error code: 403 - refused",
        "server answered with status 500 | server answered with status 504",
        "{\"error\":{\"code\":429,\"status\":\"X\"}} | {\"error\":{\"code\":400,\"status\":\"X\"}}",
        "closed with code 1006 | closed with code 1011",
        "Rate limit reached on tokens per min | Rate limit reached on requests per min",
        "Unknown parameter: 'seed' | Unknown parameter: 'top_k'",
        "The model `gpt-4o` does not exist | The model `o3-mini` does not exist",
        "Connection reset | Connection refused",
        "{\"message\":\"You have reached the limit of requests that your plan allows in a day\"} |"
            + " {\"message\":\"You have sent a prompt that is longer than what the model can read\"}",
        "Really? yes | Really? no",
      })
  void messagesThatSaySomethingElseAreNotTheSame(String one, String other) {
    assertThat(Events.of(one).fingerprint()).isNotEqualTo(Events.of(other).fingerprint());
    assertThat(Events.of(one).fingerprint().id()).isNotEqualTo(Events.of(other).fingerprint().id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Limit 30000, Used 29012. Try in 6m0s | Limit <n>, Used <n>. Try in <duration>",
        "gpt-4o-2024-08-06 is down | gpt-4o-<n>-<n>-<n> is down",
        "llama-3.1-70b is down | llama-<n>.<n>-70b is down",
        "it's 12 o'clock | it's <n> o'clock",
        "10.0.0.1 at 12:30 | <ip> at <time>",
        "Überraschung 5 | Überraschung <n>",
        "waited 1m1x | waited 1m1x",
        "4xx from 3rd party | 4xx from 3rd party",
        "std::string is no address | std::string is no address",
        "2026-01-01x | <n>-<n>-01x",
      })
  void patternsAreReadable(String message, String pattern) {
    assertThat(Events.of(message).fingerprint().pattern()).isEqualTo(pattern);
  }

  @Test
  void kindKeyAndTypeTellErrorsApart() {
    Fingerprint one = new Fingerprint(ErrorKind.TRANSIENT, "a", "T", "m");

    assertThat(one.id())
        .isNotEqualTo(new Fingerprint(ErrorKind.THROTTLED, "a", "T", "m").id())
        .isNotEqualTo(new Fingerprint(ErrorKind.TRANSIENT, "b", "T", "m").id())
        .isNotEqualTo(new Fingerprint(ErrorKind.TRANSIENT, "a", "U", "m").id())
        .isNotEqualTo(new Fingerprint(ErrorKind.TRANSIENT, "a", "", "Tm").id())
        .isNotEqualTo(new Fingerprint(ErrorKind.TRANSIENT, "aT", "", "m").id());
  }

  @Test
  void idsAreTheSameInEveryRun() {
    assertThat(Events.of("429 Too Many Requests").fingerprint().id()).isEqualTo("e618f91285a86a85");
  }

  @Test
  void longMessagesAreTheSameIfTheyBeginAlike() {
    String beginning = "word ".repeat(100);

    assertThat(Events.of(beginning + "one").fingerprint())
        .isEqualTo(Events.of(beginning + "other").fingerprint());
    assertThat(Events.of(beginning).fingerprint().pattern()).hasSize(300).endsWith("…");
  }
}
