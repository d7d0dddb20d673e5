package ai.powertools.retry.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What errors say, without its secrets. None of these keys was ever one. */
class ScrubTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Incorrect API key provided: sk-proj-abcDEF0123456789xyz. See docs | Incorrect API key"
            + " provided: *** See docs",
        "invalid x-api-key sk-ant-api03-Zz0123456789-_abcdef | invalid x-api-key ***",
        "Incorrect key sk-ab12***********************wxyz, sorry | Incorrect key ***, sorry",
        "GET https://host.example/v1?key=AIzaSyA0123456789abcdefghijklmnopqrstu&alt=sse failed |"
            + " GET https://host.example/v1?key=***&alt=sse failed",
        "Authorization: Bearer abc.def-123_456 refused | Authorization: *** refused",
        "sent bearer 0123456789abcdef to it | sent bearer *** to it",
        "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl expired | jwt *** expired",
        "no AKIAIOSFODNN7EXAMPLE here | no *** here",
        "aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY end |"
            + " aws_secret_access_key=*** end",
        "X-Amz-Signature=0123456789abcdef0123&x=1 | X-Amz-Signature=***&x=1",
        "jdbc:postgresql://app:s3cr3t@db:5432/x refused | jdbc:postgresql://app:***@db:5432/x refused",
        "{\"api_key\": \"a b c\", \"model\": \"m\"} | {\"api_key\": \"***\", \"model\": \"m\"}",
        "{\\\"apiKey\\\":\\\"abc\\\",\\\"n\\\":1} | {\\\"apiKey\\\":\\\"***\\\",\\\"n\\\":1}",
        "OPENAI_API_KEY=abc def | OPENAI_API_KEY=*** def",
        "password: hunter2, user: joe | password: ***, user: joe",
        "client_secret='x y z' | client_secret='***'",
        "Cookie: sid=1; other=2 | Cookie: ***",
        "{\"token\":\"0123456789\"} | {\"token\":\"***\"}",
        "token ghp_0123456789abcdefghijABCD is bad | token *** is bad",
        "key gsk_0123456789abcdefghijABCD | key ***",
        "write to someone@mail.example.com now | write to *** now",
        "raw Zx9Yw8Vu7Ts6Rq5Po4Nm3Lk2Ji1Hg0Fe9Dc8Ba7Zy6 | raw ***",
        "-----BEGIN RSA PRIVATE KEY-----\\nMIIabc\\n-----END RSA PRIVATE KEY----- after | *** after",
        "-----BEGIN PRIVATE KEY-----\\nMIIabc cut off | ***",
      })
  void secretsAreMasked(String message, String scrubbed) {
    assertThat(Scrub.text(message)).isEqualTo(scrubbed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Rate limit reached for gpt-4o in organization org-abc on tokens per min (TPM)",
        "max_tokens: 4096 is too large, use at most 2048 tokens",
        "Bearer authentication is required",
        "OPENAI_API_KEY is not set",
        "request req_011CSHoEeqs5C35K2UUqR7Fy failed",
        "POST https://api.example.com/v1/projects/p1/locations/us-central1/models/m-2/predict",
        "id 550e8400-e29b-41d4-a716-446655440000",
        "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "com.example.client.internal.http2.StreamResetExceptionHandlerFactory",
        "See https://example.com:8443/a@b for more",
        "the token at line 3: unexpected",
      })
  void whatIsNoSecretStays(String message) {
    assertThat(Scrub.text(message)).isEqualTo(message);
  }
}
