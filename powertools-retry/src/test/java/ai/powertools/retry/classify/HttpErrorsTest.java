package ai.powertools.retry.classify;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.retry.Classifier;
import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.ResultClassifier;
import ai.powertools.retry.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What statuses and headers of HTTP mean. */
class HttpErrorsTest {
  private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
  private static final InstantSource CLOCK = () -> NOW;

  private static final Set<Integer> TRANSIENT =
      Set.of(408, 421, 423, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 527, 529, 530);
  private static final Set<Integer> UNKNOWN = Set.of(409, 499);

  static IntStream errors() {
    return IntStream.rangeClosed(400, 599);
  }

  /** Written down a second time, from the standards: all there are. */
  private static ErrorKind expected(int status) {
    if (status == 429) {
      return ErrorKind.THROTTLED;
    }
    if (UNKNOWN.contains(status)) {
      return ErrorKind.UNKNOWN;
    }
    Set<Integer> lasting = Set.of(501, 505, 506, 507, 508, 510, 511, 526);
    boolean again = TRANSIENT.contains(status) || (status >= 500 && !lasting.contains(status));
    return again ? ErrorKind.TRANSIENT : ErrorKind.PERMANENT;
  }

  @ParameterizedTest
  @MethodSource("errors")
  void eachStatusHasItsMeaning(int status) {
    assertThat(verdict(status, Map.of()).kind()).isEqualTo(expected(status));
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "100", "200", "304", "399", "600", "999"})
  void whatIsNoErrorIsUnknown(int status) {
    assertThat(verdict(status, Map.of())).isEqualTo(Verdict.unknown().because("HTTP " + status));
  }

  @Test
  void theTableHasEveryStatusOnceAndSaysWhereFrom() {
    Set<Integer> seen = new TreeSet<>();
    for (HttpStatusRow row : HttpStatusRow.table()) {
      assertThat(row.first()).as(row.toString()).isLessThanOrEqualTo(row.last());
      IntStream.rangeClosed(row.first(), row.last())
          .forEach(status -> assertThat(seen.add(status)).as("only one %d", status).isTrue());
      assertThat(row.note()).as(row.toString()).isNotBlank();
      assertThat(row.source()).as(row.toString()).hasScheme("https");
      assertThat(row.date()).as(row.toString()).isAfter(LocalDate.of(2026, 1, 1));
    }
    assertThat(seen).containsAll(TRANSIENT).containsAll(UNKNOWN).allMatch(s -> s >= 400);
  }

  @Test
  void theReasonSaysWhatTheStatusMeans() {
    assertThat(verdict(503, Map.of()).reason())
        .isEqualTo("HTTP 503: overloaded, or down for maintenance");
    assertThat(verdict(599, Map.of()).reason()).isEqualTo("HTTP 599");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429 | Retry-After | 7 | PT7S",
        "503 | retry-after | 120 | PT2M",
        "529 | Retry-After | Fri, 27 Nov 2026 10:00:30 GMT | PT30S",
        "500 | RETRY-AFTER | Fri, 27 Nov 2026 09:00:00 GMT | PT0S",
        "429 | retry-after-ms | 1500 | PT1.5S",
        "429 | x-ratelimit-reset-tokens | 6m0s | PT6M",
        "408 | Retry-After | 0 | PT0S"
      })
  void theWaitThatIsAskedForIsObeyed(int status, String name, String value, Duration wait) {
    Verdict verdict = verdict(status, Map.of(name, List.of(value)));

    assertThat(verdict.retryAfter()).contains(wait);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | Retry-After | 7",
        "409 | Retry-After | 7",
        "429 | Retry-After | soon",
        "429 | Retry-After | -3",
        "429 | Retry-After | 99999999",
        "503 | x-ratelimit-reset-tokens | 6m0s",
      })
  void otherwiseNoWaitIsMade(int status, String name, String value) {
    assertThat(verdict(status, Map.of(name, List.of(value))).retryAfter()).isEmpty();
  }

  @Test
  void theServersOwnWordOverrulesTheStatus() {
    assertThat(verdict(503, Map.of("x-should-retry", List.of("false"))))
        .isEqualTo(
            Verdict.permanent()
                .because(
                    "HTTP 503: overloaded, or down for maintenance; but x-should-retry is false"));
    assertThat(verdict(409, Map.of("x-should-retry", List.of("true"), "retry-after", List.of("2"))))
        .extracting(Verdict::kind, verdict -> verdict.retryAfter().orElseThrow())
        .containsExactly(ErrorKind.TRANSIENT, Duration.ofSeconds(2));
    assertThat(verdict(429, Map.of("x-should-retry", List.of("true"))).kind())
        .isEqualTo(ErrorKind.THROTTLED);
    assertThat(verdict(400, Map.of("x-should-retry", List.of("TRUE"))).kind())
        .isEqualTo(ErrorKind.PERMANENT);
    assertThat(verdict(400, Map.of("x-should-retry", List.of("false"))).reason())
        .isEqualTo("HTTP 400: the request is malformed");
  }

  @Test
  void theFailureIsFoundInTheChainOfCauses() {
    Classifier classifier = HttpErrors.classifier(Failing::of);
    Failing failing = new Failing(HttpFailure.of(404, ""));

    assertThat(classifier.classify(new RuntimeException(failing)).kind())
        .isEqualTo(ErrorKind.PERMANENT);
    assertThat(classifier.classify(new RuntimeException())).isEqualTo(Verdict.unknown());
  }

  @Test
  void resultsBelow400AreAnswers() {
    ResultClassifier results = HttpErrors.results(Failing::of);

    assertThat(results.classify(null)).isEmpty();
    assertThat(results.classify("text")).isEmpty();
    for (int status : List.of(200, 204, 301, 304, 399)) {
      assertThat(results.classify(new Failing(HttpFailure.of(status, "")))).isEmpty();
    }
    assertThat(results.classify(new Failing(HttpFailure.of(500, "")))).isPresent();
  }

  @Test
  void aResponseOfTheJdksClientIsRead() {
    Verdict verdict =
        HttpErrors.verdict(
            HttpFailure.of(new Response(429, Map.of("Retry-After", List.of("5")))), NOW);

    assertThat(verdict.retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(HttpFailure.of(new Response(500, Map.of())).body()).isEmpty();
  }

  private static Verdict verdict(int status, Map<String, List<String>> headers) {
    HttpFailure failure = HttpFailure.of(status, headers, "");
    return HttpErrors.classifier(Failing::of, CLOCK).classify(new Failing(failure));
  }
}
