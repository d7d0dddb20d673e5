package ai.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Secret;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  private final Redactor redactor = Redactor.standard();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "key sk-proj-abcDEF123456_7890-abcdefgh is wrong|key ***(openai key) is wrong",
        "Incorrect API key provided: sk-0123456789abcdef0123456789abcdef.|"
            + "Incorrect API key provided: ***(openai key).",
        "x-sk-550e8400-e29b-41d4-a716-446655440000|x-***(openai key)",
        "?key=AIzaSyA1234567890abcdefghijklmnopqrstuv&x=1|?key=***(google key)&x=1",
        "id AKIAIOSFODNN7EXAMPLE!|id ***(aws key)!",
        "line\\nsk-ant-api03-abcdefgh12345678|line\\n***(anthropic key)",
        "x%3Dghp_abcdefghijklmnopqrst0123456789abcdef|x%3D***(github token)",
        "\\u0022glpat-abcdefghij0123456789\\u0022|\\u0022***(gitlab token)\\u0022",
        "Bearer abc.def-123456|Bearer ***(bearer token)",
        "bearer%20abcdef123456|bearer%20***(bearer token)",
        "Authorization: Basic dXNlcjpwYXNz|Authorization: Basic ***(basic credentials)",
        "authorization=[Bearer opaque], accept=[x]|authorization=[Bearer ***(bearer token)], accept=[x]",
        "Authorization: Digest username=\"M\", response=\"6629\"|Authorization: Digest ***(credentials)",
        "{\"Authorization\":\"Digest username='M'\"}|{\"Authorization\":\"Digest ***(credentials)\"}",
        "\"authorization\": \"opaque\"|\"authorization\": \"***(credentials)\"",
        "postgres://app:s3cret@db:5432/x|postgres://app:***(password)@db:5432/x",
        "redis://:p@ss@host/0|redis://:***(password)@host/0",
        "https://ghp_abcdefghij0123456789:x-oauth@github.com/|"
            + "https://***(github token):***(password)@github.com/",
        "https://token:opaque@github.com/x|https://token:***(password)@github.com/x",
        "bad url http://u:pa/ss#word@host/x|bad url http://u:***(password)@host/x",
        "https://h/?api_key=abc&tokens=9|https://h/?api_key=***(api key)&tokens=9",
        "Config[user=ann, password=hunter2, token=t]|"
            + "Config[user=ann, password=***(password), token=***(token)]",
        "{\"password\":\"hun\\\"ter2\",\"a\":1}|{\"password\":\"***(password)\",\"a\":1}",
        "{\\\"client_secret\\\":\\\"abc\\\"}|{\\\"client_secret\\\":\\\"***(secret)\\\"}",
        "{\\\"q\\\":\\\"password=abc\\\"}|{\\\"q\\\":\\\"password=***(password)\\\"}",
        "{'apiKey': 12345}|{'apiKey': ***(api key)}",
        "OPENAI_API_KEY=abc def|OPENAI_API_KEY=***(api key) def",
        "spring.datasource.password = correct|spring.datasource.password = ***(password)",
        "password: correcthorse|password: ***(password)",
        "dbpassword: x1y2z3 and more|dbpassword: ***(password) and more",
        "\"secret\" => \"abc\"|\"secret\" => \"***(secret)\"",
        "accessToken := \"abc\"|accessToken := \"***(access token)\"",
        "params[password]=x|params[password]=***(password)",
        "X-Api-Key: letters|X-Api-Key: ***(api key)",
        "\"token\":\"abc123def\"|\"token\":\"***(token)\"",
        "password=\"never closed|password=\"***(password)",
        "card 4111 1111 1111 1111, ok|card ***(card), ok",
        "order-5555555555554444|order-***(card)",
        "amex 3782 822463 10005.|amex ***(card).",
        "4111111111111111 9aeaf44 4111-1111-1111-1111-4|***(card) 9aeaf44 ***(card)-4",
        "diners 30569309025904 jcb 3530111333300000|diners ***(card) jcb ***(card)",
        "jwt eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.|jwt ***(jwt)",
        "cut eyJhbGciOiJub25lIn0.eyJzdWIi|cut ***(jwt)",
        "two AKIAIOSFODNN7EXAMPLE-AKIAIOSFODNN7EXAMPLE|two ***(aws key)-***(aws key)"
      })
  void masksWithAHintOfWhatItWas(String text, String expected) {
    assertThat(redactor.redact(text)).isEqualTo(expected);
    assertThat(redactor.redact(expected)).as("once more").isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sk-learn",
        "pip install sk-learn-contrib-2024-stable task-based disk-usage",
        "risk-assessment-for-2024-q3-and-q4-of-the-year",
        "commit 9aeaf44c6e1b2d3f4a5b6c7d8e9f0a1b2c3d4e5f merged",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "550e8400-e29b-41d4-a716-446655440000",
        "tokens=1500 max_tokens=4096 prompt_tokens: 12, total_tokens=99",
        "next_page_token=abc invalid_token=true tokenizer=o200k",
        "Unexpected token: \"foo\" at line 3",
        "unexpected token: ident",
        "{\"token\":\" the\",\"logprob\":-0.01}",
        "password: must not be blank",
        "forgot your password? secret = true, password=null",
        "if (password == null || token != x)",
        "password = read(line); Secret::of; std::string token::x",
        "password=${DB_PASSWORD}",
        "new PasswordCallback(\"Password: \", false)",
        "the bearer of this letter, bearer authentication, Bearer token",
        "Basic authentication is required; Authorization: required by all",
        "http://localhost:8080/path?x=1#y http://[::1]:8080/a@b https://user@host/x",
        "time 12:34:56.789 at 2026-01-01T00:00:00Z, ratio 3:4",
        "epoch 1767225600000 nanos 1767225600000000000",
        "score 0.4111111111111111 and 4111111111111111.5",
        "4111 1111 1111 1112 fails its check digit; 4111111111111111a is hex",
        "id 1234567890123456 9876543210987654 4111 1111-1111 1111 4111",
        "eyJust a word eyJacques.name.of",
        "hf_transfer hf_hub_download ghp_short AKIA AIza xoxb-1 glpat-x",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "-----BEGIN and nothing -----",
        "C:\\temp\\new\\token\\file.txt key=value keyboard=qwerty monkey=1",
        "ann@example.org",
        "Größe=12 naïve façade 日本語 😀",
        "a = b : c == d := e",
        "=:=:= :// :",
        "secretary: Ann, passwords: 3, tokens: [1,2]"
      })
  void leavesOrdinaryTextAlone(String text) {
    assertThat(redactor.redact(text)).isSameAs(text);
  }

  @Test
  void masksAPrivateKeyAsAWholeEvenIfItWasCutOff() {
    String key = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----";
    assertThat(redactor.redact("a " + key + " b")).isEqualTo("a ***(private key) b");
    assertThat(redactor.redact("a " + key.substring(0, 40))).isEqualTo("a ***(private key)");
    assertThat(redactor.redact("a " + key.replace("\n", "\\n") + " b"))
        .isEqualTo("a ***(private key) b");
    assertThat(redactor.redact(key.substring(0, key.length() - 2))).isEqualTo("***(private key)");
  }

  @Test
  void masksEMailAddressesOnlyWhenAsked() {
    Redactor emails = redactor.withEmails();
    assertThat(emails.redact("to ann.b+c@mail.example.org.")).isEqualTo("to ***(e-mail).");
    assertThat(emails.redact("<ann@example.org>,x@y.de")).isEqualTo("<***(e-mail)>,***(e-mail)");
    assertThat(emails.redact("a@x.org-----BEGIN RSA PRIVATE KEY-----"))
        .isEqualTo("***(e-mail)***(private key)");
    assertThat(emails.redact("@Override a@b @ x@y. user@localhost a@b.c a@.de"))
        .isEqualTo("@Override a@b @ x@y. user@localhost a@b.c a@.de");
  }

  @Test
  void takesRulesOfOnesOwn() {
    Redactor own =
        redactor
            .with("customer $1", Pattern.compile("C-\\d{6}"))
            .with(text -> text.replace("Voldemort", "***(name)"))
            .withFields("SSN", "Tax-Id");
    assertThat(own.redact("C-123456 Voldemort ssn=123 tax_id=9 ghp_abcdefghijklmnopqrst0123"))
        .isEqualTo("***(customer $1) ***(name) ssn=***(ssn) tax_id=***(tax-id) ***(github token)");
    assertThat(own.isSecret("taxId")).isTrue();
    assertThat(redactor.isSecret("taxId")).isFalse();
  }

  @Test
  void aRuleThatFailsCostsTheTextAndLeaksNothing() {
    Redactor broken =
        redactor.with(
            text -> {
              throw new IllegalStateException(text);
            });
    assertThat(broken.redact("anything")).isEqualTo("***(failed rule)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api_key", "apiKey", "API-KEY", "x-api-key", "openai.api.key", "authorization",
        "Proxy-Authorization", "password", "db_password", "dbPassword", "passwd", "pwd",
        "passphrase", "secret", "clientSecret", "token", "access_token", "GITHUB_TOKEN",
        "aws_secret_access_key", "private_key"
      })
  void masksAFieldWithTheNameOfASecretWhateverItsValue(String field) {
    assertThat(redactor.isSecret(field)).isTrue();
    assertThat(redactor.redactField(field, "x")).startsWith("***(").doesNotContain("x");
    assertThat(redactor.redactField(field, 42)).startsWith("***(").doesNotContain("42");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tokens",
        "max_tokens",
        "tokenizer",
        "next_page_token",
        "eos_token",
        "key",
        "secretary",
        "password_length",
        "authorized",
        "",
        "_",
        "time_per_token",
        "cost_per_token"
      })
  void leavesOtherFields(String field) {
    assertThat(redactor.isSecret(field)).isFalse();
    assertThat(redactor.redactField(field, 42)).isEqualTo("42");
  }

  @Test
  void redactsTheValueOfAnOrdinaryField() {
    assertThat(redactor.redactField("note", "AKIAIOSFODNN7EXAMPLE")).isEqualTo("***(aws key)");
    assertThat(redactor.redactField("note", null)).isEqualTo("null");
    assertThat(redactor.redactField("note", Secret.of("hunter2"))).isEqualTo("Secret(***)");
  }
}
