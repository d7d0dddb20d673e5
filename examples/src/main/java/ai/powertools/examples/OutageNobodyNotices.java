package ai.powertools.examples;

import ai.powertools.core.Deadline;
import ai.powertools.core.PowerToolsException;
import ai.powertools.core.Time;
import ai.powertools.retry.Attempt;
import ai.powertools.retry.AttemptCall;
import ai.powertools.retry.CallOptions;
import ai.powertools.retry.CallResult;
import ai.powertools.retry.CircuitBreakers;
import ai.powertools.retry.ErrorHandler;
import ai.powertools.retry.FallbackHandler;
import ai.powertools.retry.Retry;
import ai.powertools.retry.RetryBudget;
import ai.powertools.testing.ProviderSimulator;
import ai.powertools.testing.VirtualClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The program of the tutorial: questions to a provider over HTTP that throttles, fails, hangs, is
 * down, and comes back, and to a second provider and a text in hand for when it does not answer.
 */
public final class OutageNobodyNotices {
  private OutageNobodyNotices() {}

  public static void main(String[] arguments) {
    VirtualClock breakerTime = VirtualClock.create(); // so that half a minute is over at once
    try (ProviderSimulator first = ProviderSimulator.start();
        ProviderSimulator second = ProviderSimulator.start()) {
      Model model = new Model(first.url());
      Desk desk = new Desk(model, new Model(second.url()), breakerTime);

      // The first call of a process loads its classes, so it has all the time it wants.
      first.answer("Good morning.");
      System.out.println(Retry.none().call(Deadline.never(), model.asking("Good morning?")));

      first.rateLimit(Duration.ofMillis(150)).answer("It is due on Monday.");
      desk.ask("throttled", "When is it due?");

      first.fail(503).fail(502).answer("Nine days.");
      desk.ask("failing", "How long does it take?");

      first.stall().answer("By bank transfer.");
      desk.ask("hanging", "How can I pay?");

      first.fail(503).fail(503);
      for (int call = 0; call < 3; call++) {
        second.answer("From the second provider.");
        desk.ask("down", "Who answers?");
      }
      second.fail(401);
      desk.ask("both down", "Who answers now?");

      breakerTime.advance(Duration.ofSeconds(31));
      first.answer("I am back.");
      desk.ask("back", "Are you there?");
      System.out.println("requests to the first provider: " + first.requests().size());
    }
  }

  /** Where questions come in: everything that stands between a question and an outage. */
  public static final class Desk {
    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    private final ErrorHandler handler;
    private final ErrorHandler spare =
        ErrorHandler.builder().retry(Retry.none()).timeout(TIMEOUT).build();
    private final Model first;
    private final Model second;

    /** Asks the second when the first does not answer. */
    public Desk(Model first, Model second, Time breakerTime) {
      this.first = first;
      this.second = second;
      this.handler =
          ErrorHandler.builder()
              .retry(
                  Retry.builder()
                      .maxAttempts(3)
                      .exponential(Duration.ofMillis(10), 2.0)
                      .budget(RetryBudget.share(0.1))
                      .build())
              .circuitBreakers(
                  CircuitBreakers.builder()
                      .window(10)
                      .minimumCalls(8)
                      .openFor(Duration.ofSeconds(30))
                      .halfOpenCalls(1)
                      .listener(event -> System.out.println(event.key() + " is " + event.to()))
                      .time(breakerTime)
                      .build())
              .timeout(TIMEOUT)
              .bulkhead(16)
              .build();
    }

    /** Asks, and prints how it went. */
    public void ask(String state, String question) {
      CallResult<String> result = answer(question);
      System.out.printf(
          "%-10s %d %s, %s: %s%n",
          state,
          result.attempts(),
          result.attempts() == 1 ? "attempt" : "attempts",
          result.degraded() ? "degraded" : "answered",
          result.value());
      result
          .failures()
          .forEach(failure -> System.out.println("    " + failure.error().getMessage()));
    }

    private CallResult<String> answer(String question) {
      FallbackHandler<String> guarded =
          handler
              .fallback(failure -> spare.call(CallOptions.of("second"), second.asking(question)))
              .fallback(failure -> "We will write to you by tomorrow.");
      return guarded.run(CallOptions.of("first"), first.asking(question));
    }
  }

  /** A client of OpenAI's protocol, no more than this tutorial needs. */
  public static final class Model {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;

    /** At the base of a provider, which ends in {@code /v1}. */
    public Model(URI url) {
      this.url = url;
    }

    /** The work of a call. */
    public AttemptCall<String> asking(String question) {
      return attempt -> ask(question, attempt);
    }

    /** One attempt. Without a timeout of its own: what stands around it interrupts it. */
    public String ask(String question, Attempt attempt) throws IOException, InterruptedException {
      String body =
          JSON.writeValueAsString(
              Map.of(
                  "model",
                  "gpt-5-mini",
                  "messages",
                  new Object[] {Map.of("role", "user", "content", question)}));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/chat/completions"))
              .header("Idempotency-Key", attempt.idempotencyKey())
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new Refused(response.statusCode(), wait(response));
      }
      JsonNode answer = JSON.readTree(response.body());
      return answer.at("/choices/0/message/content").asText();
    }

    private static @Nullable Duration wait(HttpResponse<String> response) {
      return response
          .headers()
          .firstValue("retry-after-ms")
          .map(Long::parseLong)
          .map(Duration::ofMillis)
          .orElse(null);
    }
  }

  /** A provider said no; knows whether it may say yes later. */
  public static final class Refused extends PowerToolsException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable Duration wait;

    Refused(int status, @Nullable Duration wait) {
      super("HTTP " + status + (wait == null ? "" : ", come back in " + wait.toMillis() + " ms"));
      this.status = status;
      this.wait = wait;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    @Override
    public boolean retryable() {
      return status == 429 || status >= 500;
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(wait);
    }
  }
}
