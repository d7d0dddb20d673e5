package ai.powertools.retry.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpFailureTest {
  @Test
  void headersAreFoundWhateverTheirCase() {
    HttpFailure failure =
        HttpFailure.of(429, Map.of("Retry-AFTER", List.of("3", "4"), "X-Empty", List.of()), "");

    assertThat(failure.header("retry-after")).contains("3");
    assertThat(failure.header("RETRY-after")).contains("3");
    assertThat(failure.header("x-empty")).isEmpty();
    assertThat(failure.header("x-none")).isEmpty();
    assertThat(failure.headerNames()).containsExactly("retry-after");
  }

  @Test
  void namesAndValuesThatAreNullDoNoHarm() {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put(null, List.of("HTTP/1.1 429 Too Many Requests"));
    headers.put("a", null);
    headers.put("b", Arrays.asList(null, "2"));

    assertThat(HttpFailure.of(429, headers, "").headerNames()).containsExactly("b");
  }

  @Test
  void itsPartsAreKept() {
    HttpFailure failure = HttpFailure.of(400, "{}");

    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.body()).isEqualTo("{}");
    assertThat(failure.headerNames()).isEmpty();
  }

  @Test
  void secretsDoNotPrint() {
    HttpFailure failure =
        HttpFailure.of(401, Map.of("set-cookie", List.of("token-abc")), "key sk-12345678");

    assertThat(failure).hasToString("HTTP 401, 1 headers, body of 15 characters");
  }
}
