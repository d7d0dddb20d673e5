package ai.powertools.retry.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.retry.Classifier;
import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the vendors' errors mean, body by body. */
class LlmErrorsTest {
  private static final String QUOTA =
      "{\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\","
          + "\"code\":\"insufficient_quota\"}}";

  static List<LlmCase> cases() {
    return LlmCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachFailureIsUnderstood(LlmCase one) {
    Verdict verdict = LlmErrors.vendor(one.vendor()).verdict(one.failure());

    assertThat(verdict.kind()).as(verdict.reason()).isEqualTo(one.kind());
    assertThat(verdict.retryAfter()).isEqualTo(one.asked());
  }

  @Test
  void eachRowDecidesSomeCase() {
    Set<String> seen = new HashSet<>();
    for (LlmCase one : LlmCase.all()) {
      seen.add(LlmErrors.vendor(one.vendor()).verdict(one.failure()).reason());
    }
    for (LlmError row : LlmErrors.rows()) {
      assertThat(seen)
          .as(row.toString())
          .anyMatch(
              reason ->
                  reason.startsWith(row.vendor() + " ")
                      && reason.endsWith(": " + row.note())
                      && (row.sign().startsWith("~")
                          || row.isByStatus()
                          || reason.contains(" " + row.sign() + ":")));
    }
  }

  /** Who does not know the vendor is told the same, or what the status says. */
  @ParameterizedTest
  @MethodSource("cases")
  void withoutTheVendorItMeansTheSame(LlmCase one) {
    Verdict byVendor = LlmErrors.vendor(one.vendor()).verdict(one.failure());
    Verdict verdict = LlmErrors.standard().verdict(one.failure());
    boolean byStatusOnly =
        LlmErrors.rows().stream()
            .anyMatch(
                row ->
                    row.isByStatus()
                        && byVendor.reason().startsWith(row.vendor() + " ")
                        && byVendor.reason().endsWith(row.status().orElse(0) + ": " + row.note()));
    if (!byStatusOnly) {
      assertThat(verdict.kind()).as(verdict.reason()).isEqualTo(one.kind());
    } else if (verdict.reason().startsWith("HTTP " + one.failure().status() + ": ")) {
      ErrorKind http = HttpErrors.byStatus(one.failure().status()).kind();
      assertThat(verdict.kind()).isEqualTo(http);
    }
  }

  @Test
  void theReasonNamesVendorStatusAndCode() {
    Verdict verdict = LlmErrors.vendor("OpenAI").verdict(HttpFailure.of(429, QUOTA));

    assertThat(verdict)
        .isEqualTo(Verdict.permanent().because("openai 429 insufficient_quota: no credit left"));
  }

  @Test
  void whereSeveralVendorsHaveTheErrorTheReasonNamesNone() {
    Verdict shared =
        LlmErrors.standard()
            .verdict(HttpFailure.of(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}"));
    Verdict own =
        LlmErrors.standard()
            .verdict(HttpFailure.of(529, "{\"error\":{\"type\":\"overloaded_error\"}}"));

    assertThat(shared.reason())
        .isEqualTo("HTTP 429 rate_limit_exceeded: too many requests or tokens");
    assertThat(own.reason()).isEqualTo("anthropic 529 overloaded_error: overloaded");
  }

  @Test
  void whatFitsNoRowIsLeftToTheStatus() {
    assertThat(LlmErrors.vendor("cohere").verdict(HttpFailure.of(502, "<html>")))
        .isEqualTo(Verdict.transientError().because("HTTP 502: a gateway got a bad answer"));
    assertThat(LlmErrors.standard().verdict(HttpFailure.of(401, "")).kind())
        .isEqualTo(ErrorKind.PERMANENT);
  }

  @Test
  void anErrorInAStreamOfWhichNobodyKnowsIsUnknown() {
    Verdict verdict = LlmErrors.standard().verdict(HttpFailure.of(200, "{\"error\":\"oops\"}"));

    assertThat(verdict.kind()).isEqualTo(ErrorKind.UNKNOWN);
    assertThat(verdict.reason()).isEqualTo("an error of no known kind in an HTTP 200");
  }

  @Test
  void theLongerOfTwoWaitsCounts() {
    String body = "{\"error\":{\"message\":\"Please try again in 20s.\",\"code\":\"x\"}}";
    for (String seconds : List.of("5", "45")) {
      Map<String, List<String>> headers = Map.of("retry-after", List.of(seconds));
      Verdict verdict = LlmErrors.vendor("openai").verdict(HttpFailure.of(429, headers, body));
      assertThat(verdict.retryAfter())
          .contains(Duration.ofSeconds(Math.max(20, Long.parseLong(seconds))));
    }
  }

  @Test
  void datesAreComparedWithTheClockThatIsGiven() {
    InstantSource clock = () -> Instant.parse("2026-11-27T10:00:00Z");
    Map<String, List<String>> headers =
        Map.of("Retry-After", List.of("Fri, 27 Nov 2026 10:01:30 GMT"));

    Verdict verdict =
        LlmErrors.vendor("anthropic").clock(clock).verdict(HttpFailure.of(529, headers, ""));

    assertThat(verdict.retryAfter()).contains(Duration.ofSeconds(90));
  }

  @Test
  void limitsThatAreUsedUpTellTheWaitOfWhoWasThrottled() {
    Map<String, List<String>> headers =
        Map.of(
            "x-ratelimit-remaining-requests", List.of("0"),
            "x-ratelimit-reset-requests", List.of("8s"));
    String limited = "{\"error\":{\"code\":\"rate_limit_exceeded\"}}";

    assertThat(
            LlmErrors.vendor("openai").verdict(HttpFailure.of(429, headers, limited)).retryAfter())
        .contains(Duration.ofSeconds(8));
    assertThat(LlmErrors.vendor("openai").verdict(HttpFailure.of(500, headers, "")).retryAfter())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "429, true, THROTTLED",
    "400, true, TRANSIENT",
    "500, false, PERMANENT",
    "529, false, PERMANENT",
    "500, maybe, TRANSIENT"
  })
  void theServersOwnWordOverrules(int status, String word, ErrorKind kind) {
    Map<String, List<String>> headers = Map.of("X-Should-Retry", List.of(word));

    Verdict verdict = LlmErrors.vendor("openai").verdict(HttpFailure.of(status, headers, QUOTA));

    assertThat(verdict.kind()).as(verdict.reason()).isEqualTo(kind);
  }

  @Test
  void theFailureIsFoundInTheChainOfCauses() {
    Classifier classifier = LlmErrors.standard().classifier(Failing::of);
    Failing failing = new Failing(HttpFailure.of(429, QUOTA));

    assertThat(classifier.classify(new CompletionException(new RuntimeException(failing))).kind())
        .isEqualTo(ErrorKind.PERMANENT);
    assertThat(classifier.classify(new IllegalStateException())).isEqualTo(Verdict.unknown());
  }

  @Test
  void aResultIsAnAnswerUnlessItIsAnError() {
    var results = LlmErrors.vendor("openrouter").results(Failing::of);

    assertThat(results.classify(null)).isEmpty();
    assertThat(results.classify("text")).isEmpty();
    assertThat(results.classify(result(200, "{\"choices\":[],\"error\":null}"))).isEmpty();
    assertThat(results.classify(result(200, "{\"choices\":[]}"))).isEmpty();
    assertThat(results.classify(result(200, "{\"error\":{\"code\":429,\"message\":\"limited\"}}")))
        .contains(Verdict.throttled().because("openrouter 429: too many requests"));
    assertThat(results.classify(result(402, "")).orElseThrow().kind())
        .isEqualTo(ErrorKind.PERMANENT);
  }

  private static Failing result(int status, String body) {
    return new Failing(HttpFailure.of(status, body));
  }

  @Test
  void anUnknownVendorIsRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> LlmErrors.vendor("acme"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"acme\"")
        .hasMessageContaining("anthropic, azure, bedrock, cerebras")
        .hasMessageContaining("LlmErrors.standard()");
  }

  @Test
  void everyVendorThatIsPromisedIsThere() {
    assertThat(LlmErrors.vendors())
        .containsExactly(
            "anthropic",
            "azure",
            "bedrock",
            "cerebras",
            "cohere",
            "deepseek",
            "gemini",
            "groq",
            "huggingface",
            "llamacpp",
            "mistral",
            "ollama",
            "openai",
            "openrouter",
            "perplexity",
            "together",
            "vertex",
            "xai");
  }

  @Test
  void everyRowHasANoteASourceAndADate() {
    for (LlmError row : LlmErrors.rows()) {
      assertThat(row.note()).as(row.toString()).hasSizeBetween(5, 60);
      assertThat(row.source()).as(row.toString()).hasScheme("https");
      assertThat(row.date()).as(row.toString()).isAfter(LocalDate.of(2026, 1, 1));
      String sign = row.sign();
      assertThat(!sign.startsWith("~") || sign.equals(sign.toLowerCase(Locale.ROOT)))
          .as(row.toString())
          .isTrue();
    }
    assertThat(
            LlmErrors.rows().stream()
                .map(row -> row.vendor() + row.status() + row.sign())
                .collect(Collectors.toSet()))
        .hasSameSizeAs(LlmErrors.rows());
  }
}
