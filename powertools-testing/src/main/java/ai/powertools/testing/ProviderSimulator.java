package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A language model provider on loopback that answers, and fails, as it is told: real HTTP, in
 * OpenAI's dialect and in Ollama's, whole or as a stream.
 *
 * <pre>{@code
 * try (ProviderSimulator provider = ProviderSimulator.start()) {
 *   provider.rateLimit(Duration.ofSeconds(2)).cutAfter("The answer").answer("The answer is 42.");
 *   myClient.call(provider.url(), "What is the answer?");   // refused, cut, answered
 *   assertThat(provider.requests()).hasSize(3);
 * }
 * }</pre>
 *
 * <p>Steps are used up in the order they were scripted, one a chat request, whatever its dialect.
 * When there are none left, a request is answered by what its last user message said. Lists of
 * models, unknown paths and requests that no provider would take use up no step.
 *
 * <p>It serves {@code POST /v1/chat/completions} and {@code GET /v1/models}; and for clients of
 * Ollama {@code POST /api/chat}, {@code GET /api/tags} and {@code GET /api/version}. Connections
 * are kept alive. Each has a thread of its own (a virtual one on 21+). Safe for use by many
 * threads.
 */
public final class ProviderSimulator implements AutoCloseable {
  private static final Dialect OPEN_AI = new OpenAiDialect();
  private static final Dialect OLLAMA = new OllamaDialect();

  private final Script script = new Script();
  private final RequestLog log = new RequestLog(Duration.ofMinutes(2));
  private final Map<String, String> headers = new ConcurrentSkipListMap<>();
  private final HttpListener listener;
  private volatile List<String> models = List.of("simulated-1");

  private ProviderSimulator() {
    this.listener = new HttpListener(this::serve);
  }

  /** One that is ready, on a free port of 127.0.0.1. */
  public static ProviderSimulator start() {
    return new ProviderSimulator();
  }

  /** The base for clients of OpenAI: {@code http://127.0.0.1:…/v1}. */
  public URI url() {
    return rootUrl().resolve("/v1");
  }

  /** The base for clients of Ollama: {@code http://127.0.0.1:…}, without a slash at the end. */
  public URI rootUrl() {
    return URI.create("http://127.0.0.1:" + listener.port());
  }

  /** Answers with this text; the usage is its words, and those of all messages. */
  public ProviderSimulator answer(String text) {
    return add(new Step.Answer(text, null));
  }

  /**
   * Answers with this text and usage.
   *
   * @throws IllegalArgumentException if a count is negative
   */
  public ProviderSimulator answer(String text, int promptTokens, int completionTokens) {
    return add(new Step.Answer(text, new Tokens(promptTokens, completionTokens)));
  }

  /**
   * Refuses with status 429. The wait goes into {@code Retry-After} when it is whole seconds, and
   * into {@code retry-after-ms} when it is not.
   *
   * @throws IllegalArgumentException if {@code retryAfter} is negative
   */
  public ProviderSimulator rateLimit(Duration retryAfter) {
    return add(Failures.rateLimit(retryAfter));
  }

  /**
   * Refuses with this status and the code and message that go with it.
   *
   * @throws IllegalArgumentException unless {@code status} is 400 to 599
   */
  public ProviderSimulator fail(int status) {
    return add(Failures.of(status));
  }

  /**
   * Refuses.
   *
   * @param errorCode OpenAI's {@code error.code}, as in {@code "context_length_exceeded"}; Ollama
   *     has none
   * @throws IllegalArgumentException unless {@code status} is 400 to 599
   */
  public ProviderSimulator fail(int status, String errorCode, String message) {
    return add(new Step.Failure(status, errorCode, message, null));
  }

  /**
   * Sends this much of a stream and hangs up, without its end. A response that is no stream ends in
   * the middle of its body, short of its content length. All of it was sent, but the JDK's client
   * may throw away what it had not handed out yet when the end came.
   */
  public ProviderSimulator cutAfter(String partialText) {
    return add(new Step.Cut(partialText));
  }

  /**
   * Takes the request, begins the stream if it is to be one (headers, and in OpenAI's dialect the
   * first delta, which has the role and no text), and then sends nothing until the client leaves or
   * this is closed.
   */
  public ProviderSimulator stall() {
    return stallAfter("");
  }

  /** The same, with this much of the text sent before the silence, if it is a stream. */
  public ProviderSimulator stallAfter(String partialText) {
    return add(new Step.Stall(partialText));
  }

  /**
   * Sends this much of a stream and then an error in it, after the status was 200. A response that
   * is no stream is refused with status 500 and this error.
   */
  public ProviderSimulator errorInStream(String partialText, String errorCode, String message) {
    return add(new Step.StreamError(partialText, errorCode, message));
  }

  /**
   * Lets time pass before the step that is scripted next or, if none is, before the next answer
   * without a script. This is real time, the client's and ours being two sides of a socket: keep it
   * short, or better use {@link #stall()}. Delays in a row add up.
   *
   * @throws IllegalArgumentException if {@code delay} is negative
   */
  public ProviderSimulator delay(Duration delay) {
    script.delay(delay);
    return this;
  }

  /**
   * Lets a share of the requests that have no script fail: with 429, 500, 502 or 503, cut, or with
   * an error in the stream, never with silence. The same seed gives the same faults in the same
   * order of arrival.
   *
   * @param share from 0 (none, as in the beginning) to 1
   * @throws IllegalArgumentException if {@code share} is out of range
   */
  public ProviderSimulator faults(long seed, double share) {
    script.faults(seed, share);
    return this;
  }

  /** The models to list. They are not checked in requests: any model answers. */
  public ProviderSimulator withModels(String... names) {
    models = List.of(names);
    return this;
  }

  /** A header for every answer to a chat request from now on, errors too. */
  public ProviderSimulator withHeader(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /**
   * Keeps only the last requests for {@link #requests()}, not all as it does otherwise: for
   * benchmarks, which send more than the memory holds.
   *
   * @throws IllegalArgumentException if {@code count} is negative
   */
  public ProviderSimulator keepLast(int count) {
    log.keepLast(count);
    return this;
  }

  /** Everything that was received so far, of any path, in order. */
  public List<RecordedRequest> requests() {
    return log.requests();
  }

  /**
   * Blocks until this many requests have been received, whether or not they were answered.
   *
   * @throws IllegalStateException if they have not come within two minutes
   */
  public void awaitRequests(int count) throws InterruptedException {
    log.awaitRequests(count);
  }

  /**
   * How many responses the client gave up on: it hung up before all was sent. What the operating
   * system took off our hands counts as sent, so use {@link #stall()} or {@link #stallAfter} to
   * test this, not a short answer that nobody reads.
   */
  public int abandoned() {
    return log.abandoned();
  }

  /**
   * Blocks until the client has given up on this many responses.
   *
   * @throws IllegalStateException if it has not within two minutes
   */
  public void awaitAbandoned(int count) throws InterruptedException {
    log.awaitAbandoned(count);
  }

  /** Hangs up all connections and waits until their threads have ended. */
  @Override
  public void close() {
    listener.close();
  }

  private ProviderSimulator add(Step step) {
    script.add(step);
    return this;
  }

  private void serve(HttpConnection connection) throws IOException {
    boolean more = true;
    while (more && connection.isOpen()) {
      var request = connection.read();
      if (request.isPresent()) {
        RecordedRequest recorded = RecordedRequest.of(request.get());
        answer(connection, recorded, log.add(recorded));
      }
      more = request.map(HttpConnection.Request::keepAlive).orElse(false);
    }
  }

  private void answer(HttpConnection connection, RecordedRequest request, int number)
      throws IOException {
    switch (request.method() + " " + request.path()) {
      case "POST /v1/chat/completions" -> chat(connection, OPEN_AI, request.body(), number);
      case "POST /api/chat" -> chat(connection, OLLAMA, request.body(), number);
      case "GET /v1/models" -> respond(connection, 200, ModelLists.openAi(models));
      case "GET /api/tags" -> respond(connection, 200, ModelLists.ollama(models));
      case "GET /api/version" ->
          respond(connection, 200, JsonNodeFactory.instance.objectNode().put("version", "0.5.1"));
      default -> {
        respond(connection, 404, unknown(request));
        // It may have been a HEAD, after which no client expects the body that it got.
        connection.close();
      }
    }
  }

  private void chat(HttpConnection connection, Dialect dialect, JsonNode request, int number)
      throws IOException {
    String complaint = dialect.complaint(request);
    if (complaint != null) {
      respond(connection, 400, dialect.error(400, null, complaint));
      return;
    }
    Script.Cue cue = script.next();
    Stage stage = new Stage(connection, dialect, request, number, headers);
    try {
      if (!cue.delay().isZero()) {
        stage.pause(cue.delay());
      }
      cue.step().play(stage);
    } catch (IOException e) {
      if (!listener.closed()) {
        log.addAbandoned();
      }
      throw e;
    }
  }

  private static JsonNode unknown(RecordedRequest request) {
    Dialect dialect = request.path().startsWith("/api/") ? OLLAMA : OPEN_AI;
    String message = "Unknown request URL: " + request.method() + " " + request.path() + ".";
    return dialect.error(404, "unknown_url", message);
  }

  private static void respond(HttpConnection connection, int status, JsonNode body)
      throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    connection.respond(status, Map.of("content-type", "application/json"), bytes);
  }
}
