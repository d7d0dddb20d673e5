package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.Deadline;
import ai.powertools.core.Secret;
import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.testing.ProviderSimulator;
import ai.powertools.testing.RecordedRequest;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiCompatibleIT {
  private final ProviderSimulator simulator = ProviderSimulator.start();
  private final OpenAiCompatible provider =
      OpenAiCompatible.builder()
          .baseUrl(simulator.url())
          .key(Secret.of("sk-simulated-key"))
          .header("X-Team", "search")
          .build();

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void answers() {
    simulator.withHeader("x-request-id", "req-7").answer("Blue.", 12, 3);

    ChatResponse response = provider.chat(ProviderCalls.whole("gpt-5-mini", "Which colour?"));

    assertThat(response.text()).isEqualTo("Blue.");
    assertThat(response.usage()).isEqualTo(Usage.of(12, 3));
    assertThat(response.usageCertainty()).isEqualTo(Certainty.EXACT);
    assertThat(response.requestId()).contains("req-7");
    assertThat(response.duration()).isPositive();
  }

  @Test
  void sendsKeyHeadersAndQuestion() {
    provider.chat(ProviderCalls.whole("gpt-5-mini", "Which colour?"));

    RecordedRequest request = simulator.requests().get(0);
    assertThat(request.path()).isEqualTo("/v1/chat/completions");
    assertThat(request.header("Authorization")).contains("Bearer sk-simulated-key");
    assertThat(request.header("X-Team")).contains("search");
    assertThat(request.header("Content-Type")).contains("application/json");
    assertThat(request.body().at("/messages/0/content").asText()).isEqualTo("Which colour?");
  }

  @Test
  void streamsTheTextAsItArrives() {
    simulator.answer("The sky is blue.", 12, 4);
    Heard heard = new Heard();

    ChatResponse response =
        provider.chat(ProviderCalls.streamed("gpt-5-mini", "Which colour?", heard));

    assertThat(heard.deltas()).hasSizeGreaterThan(1);
    assertThat(heard.text()).isEqualTo("The sky is blue.").isEqualTo(response.text());
    assertThat(response.usage()).isEqualTo(Usage.of(12, 4));
    assertThat(response.usageCertainty()).isEqualTo(Certainty.EXACT);
    assertThat(response.timeToFirstToken().orElseThrow()).isLessThanOrEqualTo(response.duration());
  }

  @ParameterizedTest
  @CsvSource({
    "400,INVALID_REQUEST",
    "401,AUTHENTICATION",
    "403,PERMISSION",
    "404,INVALID_REQUEST",
    "409,SERVER",
    "413,CONTEXT_WINDOW",
    "422,INVALID_REQUEST",
    "429,RATE_LIMITED",
    "500,SERVER",
    "502,SERVER",
    "503,OVERLOADED",
    "504,TIMEOUT",
    "529,OVERLOADED"
  })
  void tellsErrorsApart(int status, ErrorKind kind) {
    simulator.withHeader("x-request-id", "req-8").fail(status);

    ProviderException error = failure(ProviderCalls.whole("gpt-5-mini", "Hello"));

    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.status()).hasValue(status);
    assertThat(error.requestId()).contains("req-8");
    assertThat(error.provider()).isEqualTo("openai");
    assertThat(error.model()).isEqualTo("gpt-5-mini");
    assertThat(error.contentDelivered()).isFalse();
  }

  /** OkHttp on its own would send the request again after some statuses. */
  @ParameterizedTest
  @CsvSource({"408", "503"})
  void sendsNothingTwice(int status) {
    simulator.withHeader("retry-after", "0").fail(status);

    failure(ProviderCalls.whole("gpt-5-mini", "Hello"));

    assertThat(simulator.requests()).hasSize(1);
  }

  @Test
  void passesOnHowLongToWait() {
    simulator.rateLimit(Duration.ofMillis(350)).rateLimit(Duration.ofSeconds(2));

    assertThat(failure(ProviderCalls.whole("m", "Hello")).retryAfter())
        .contains(Duration.ofMillis(350));
    assertThat(failure(ProviderCalls.whole("m", "Hello")).retryAfter())
        .contains(Duration.ofSeconds(2));
  }

  @Test
  void readsTheDateToWaitForOnItsClock() {
    VirtualClock clock = VirtualClock.create();
    OpenAiCompatible timed =
        OpenAiCompatible.builder().baseUrl(simulator.url()).time(clock).build();
    simulator.withHeader("retry-after", "Thu, 01 Jan 2026 00:00:05 GMT").fail(503);

    ProviderException error =
        catchThrowableOfType(
            ProviderException.class, () -> timed.chat(ProviderCalls.whole("m", "Hello")));

    assertThat(error.retryAfter()).contains(Duration.ofSeconds(5));
  }

  @Test
  void keepsKeyHeadersAndPromptOutOfItsErrors() {
    simulator.fail(
        400,
        "bad",
        "Key sk-simulated-key of team search is wrong for: my mother's maiden name is Smith");

    ProviderException error = failure(ProviderCalls.whole("m", "my mother's maiden name is Smith"));

    assertThat(error)
        .hasMessageContaining("Key *** of team")
        .hasMessageNotContaining("sk-simulated-key")
        .hasMessageNotContaining("maiden");
    assertThat(provider.toString()).isEqualTo("openai at " + simulator.url());
  }

  @Test
  void reportsAStreamThatWasCut() {
    simulator.cutAfter("The sky is");
    Heard heard = new Heard();

    ProviderException error = failure(ProviderCalls.streamed("gpt-5-mini", "Which colour?", heard));

    assertThat(error.kind()).isEqualTo(ErrorKind.NETWORK);
    assertThat(error.partialText()).isEqualTo("The sky is").isEqualTo(heard.text());
    assertThat(error.contentDelivered()).isTrue();
    assertThat(error.mayBeBilled()).isTrue();
    assertThat(simulator.requests()).hasSize(1);
  }

  @Test
  void reportsAWholeAnswerThatWasCut() {
    simulator.cutAfter("The sky is");

    ProviderException error = failure(ProviderCalls.whole("gpt-5-mini", "Which colour?"));

    assertThat(error.kind()).isEqualTo(ErrorKind.NETWORK);
    assertThat(error.partialText()).isEmpty();
    assertThat(error.retryable()).isTrue();
  }

  @Test
  void reportsAnErrorInTheStream() {
    simulator.errorInStream("The sky", "server_error", "It broke.");
    Heard heard = new Heard();

    ProviderException error = failure(ProviderCalls.streamed("gpt-5-mini", "Which colour?", heard));

    assertThat(error.kind()).isEqualTo(ErrorKind.SERVER);
    assertThat(error.partialText()).isEqualTo("The sky");
    assertThat(error.status()).isEmpty();
    assertThat(error).hasMessageContaining("It broke.");
  }

  @Test
  void givesUpWhenTheDeadlinePasses() throws InterruptedException {
    simulator.stallAfter("The");
    Heard heard = new Heard();
    ProviderCall call = ProviderCalls.streamed("m", "Which colour?", heard);

    ProviderException error =
        failure(ProviderCalls.within(call, Deadline.after(Duration.ofMillis(300))));

    assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(error.partialText()).isEqualTo("The");
    assertThat(error.mayBeBilled()).isTrue();
    simulator.awaitAbandoned(1);
  }

  @Test
  void givesUpWhenNothingComesForTooLong() throws InterruptedException {
    simulator.stall();
    OpenAiCompatible impatient =
        OpenAiCompatible.builder().baseUrl(simulator.url()).timeout(Duration.ofMillis(100)).build();

    ProviderException error =
        catchThrowableOfType(
            ProviderException.class, () -> impatient.chat(ProviderCalls.whole("m", "Hello")));

    assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(error.mayBeBilled()).isTrue();
    assertThat(error).hasMessageContaining("nothing came for 100 ms");
    simulator.awaitAbandoned(1);
  }

  @Test
  void sendsNothingWhenTheDeadlineHasPassed() {
    ProviderCall call = ProviderCalls.whole("m", "Hello");

    ProviderException error = failure(ProviderCalls.within(call, Deadline.after(Duration.ZERO)));

    assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(error.mayBeBilled()).isFalse();
    assertThat(simulator.requests()).isEmpty();
  }

  @Test
  void keepsItsConnectionForTheNextCall() {
    for (int i = 0; i < 3; i++) {
      provider.chat(ProviderCalls.streamed("m", "Hello", new Heard()));
      provider.chat(ProviderCalls.whole("m", "Hello"));
    }

    assertThat(simulator.requests()).hasSize(6);
    assertThat(simulator.abandoned()).isZero();
  }

  private ProviderException failure(ProviderCall call) {
    return catchThrowableOfType(ProviderException.class, () -> provider.chat(call));
  }
}
