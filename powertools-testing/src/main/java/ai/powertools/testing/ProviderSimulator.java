package ai.powertools.testing;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A language model provider on loopback that answers, and fails, as it is told: real HTTP, in the
 * dialects of OpenAI, Anthropic, Gemini, Ollama and llama.cpp, whole or as a stream.
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
 * When there are none left, a request is answered by what its last user message said. Embeddings
 * and counts use up the next step only if it is a refusal ({@link #rateLimit} or {@link #fail(int)
 * fail}), and are then refused. Fetching and loading a model use it up unless it is an answer.
 * Lists of models, unknown paths and requests that no provider would take use up no step.
 *
 * <p>One port serves all of them; the path tells which one is meant. OpenAI: chat completions,
 * responses and the count of their input, embeddings, models; the first and the third also under
 * Azure's paths. Anthropic: messages, the count of their tokens, models. Gemini, also under the
 * paths of Vertex: content whole and streamed, counts, embeddings, models. Ollama: {@code chat},
 * {@code embed}, {@code generate} without a prompt, which loads and unloads, {@code show}, {@code
 * pull}, {@code tags}, {@code ps} and {@code version} under {@code /api}. After {@link
 * #asLlamaCpp()}, llama.cpp: chat completions and embeddings on OpenAI's paths, {@code /health},
 * {@code /props}, {@code /tokenize}, {@code /detokenize} and {@code /apply-template}. Connections
 * are kept alive. Each has a thread of its own (a virtual one on 21+). Safe for use by many
 * threads.
 */
public final class ProviderSimulator implements AutoCloseable {
  private final Script script = new Script();
  private final RequestLog log = new RequestLog(Duration.ofMinutes(2));
  private final Setup setup = new Setup();
  private final HttpListener listener;

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
    return answer(SimulatedAnswer.of(text));
  }

  /**
   * Answers with this text and usage.
   *
   * @throws IllegalArgumentException if a count is negative
   */
  public ProviderSimulator answer(String text, int promptTokens, int completionTokens) {
    SimulatedUsage usage = SimulatedUsage.of(promptTokens, completionTokens);
    return answer(SimulatedAnswer.builder().text(text).usage(usage).build());
  }

  /** Answers with all that a model can say: reasoning, text, tool calls, and how it ended. */
  public ProviderSimulator answer(SimulatedAnswer answer) {
    return add(new Step.Answer(answer));
  }

  /**
   * Refuses with status 429. The wait goes into {@code Retry-After} when it is whole seconds, and
   * into {@code retry-after-ms} when it is not; at Gemini, which has no such header, into the
   * {@code RetryInfo} of the body.
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
   * @param errorCode OpenAI's {@code error.code}, as in {@code "context_length_exceeded"}. If it is
   *     one of Anthropic's types of errors, as in {@code "overloaded_error"}, or in capitals like
   *     Gemini's, as in {@code "RESOURCE_EXHAUSTED"}, they say it too; else they say what goes with
   *     the status. Ollama and llama.cpp have none
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
   * is no stream is refused with status 500 and this error. The code is as in {@link #fail(int,
   * String, String)}.
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

  /**
   * The models to list, all of them in memory. They are not checked in chats: any model answers.
   * One that is fetched from Ollama is added. Of Ollama's, one whose name contains {@code embed}
   * says that it only embeds.
   */
  public ProviderSimulator withModels(String... names) {
    setup.setModels(List.of(names));
    return this;
  }

  /** Takes all models out of Ollama's memory; those that are asked or loaded come back. */
  public ProviderSimulator unloadAll() {
    setup.unloadAll();
    return this;
  }

  /** A header for every answer from now on, errors too. */
  public ProviderSimulator withHeader(String name, String value) {
    setup.headers().put(name, value);
    return this;
  }

  /**
   * Refuses every request from now on that does not bring this key, as the vendor refuses it: with
   * status 401, and Gemini with 400. Such requests use up no step. Only {@code GET /health} is open
   * to everybody.
   *
   * @throws IllegalArgumentException if {@code key} is blank
   */
  public ProviderSimulator requireKey(String key) {
    setup.requireKey(key);
    return this;
  }

  /**
   * From now on, the paths that OpenAI and the server of llama.cpp share are llama.cpp's, and its
   * own paths are served.
   */
  public ProviderSimulator asLlamaCpp() {
    setup.beLlamaCpp();
    return this;
  }

  /**
   * Is a llama.cpp that is still loading its model: this many requests from now on are refused with
   * status 503, whatever their path, and use up no step. Other dialects are not affected.
   *
   * @throws IllegalArgumentException if {@code times} is negative
   */
  public ProviderSimulator loading(int times) {
    setup.setLoading(times);
    return asLlamaCpp();
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
    Runnable abandoned =
        () -> {
          if (!listener.closed()) {
            log.addAbandoned();
          }
        };
    Router.serve(new Exchange(connection, request, number, setup, script, abandoned), setup);
  }
}
