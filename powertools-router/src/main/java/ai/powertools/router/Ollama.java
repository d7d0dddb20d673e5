package ai.powertools.router;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import ai.powertools.models.Model;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Models that run in an <a href="https://ollama.com">Ollama</a>, by its own API, whole or streamed.
 *
 * <pre>{@code
 * Optional<Ollama> ollama = Ollama.find(System.getenv());
 * ollama.ifPresent(found -> router.model(found.model("llama3.2")));
 * }</pre>
 *
 * <p>One call is one request. An interrupt, and the end of the call's deadline, hang up at once.
 * Usage is what Ollama counts; what it leaves out is counted here and {@link
 * ai.powertools.models.Certainty#ESTIMATED}. Where a conversation needs more than the 4,096 tokens
 * that Ollama gives by default, as much is asked for as it needs: otherwise Ollama would leave out
 * its beginning.
 *
 * <p>Safe for use by many threads.
 */
public final class Ollama implements ChatProvider {
  private static final String NAME = "ollama";
  private static final String HOST = "OLLAMA_HOST";
  private static final int PORT = 11434;

  /** A machine that is slow may load a model for minutes before it says a word. */
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  /** What somebody waits at the start of a program for a machine that may not be there. */
  private static final Duration PROBE = Duration.ofMillis(300);

  /** What is asked besides chats is answered from memory. */
  private static final Duration QUICK = Duration.ofSeconds(5);

  private final Endpoint endpoint;
  private final ConcurrentMap<String, OllamaContext> contexts = new ConcurrentHashMap<>();

  private Ollama(HttpUrl url) {
    this.endpoint = new Endpoint(url, new Headers.Builder().build(), null, TIMEOUT, Time.system());
  }

  /**
   * The Ollama at this address; nothing is asked yet.
   *
   * @param url as in {@code http://127.0.0.1:11434}
   * @throws ConfigurationException if it is no address of HTTP
   */
  public static Ollama at(URI url) {
    return new Ollama(Endpoint.url(url, "The address of Ollama"));
  }

  /**
   * The Ollama that {@code OLLAMA_HOST} names, or the one of this machine, if it takes a connection
   * within 300 ms and then says its version within five seconds. Where nothing listens that is
   * known at once.
   *
   * @param env as {@link System#getenv()} gives it
   * @throws ConfigurationException if {@code OLLAMA_HOST} is no address
   */
  public static Optional<Ollama> find(Map<String, String> env) {
    HttpUrl url = address(env.getOrDefault(HOST, ""));
    if (!listens(url)) {
      return Optional.empty();
    }
    Ollama ollama = new Ollama(url);
    try {
      ollama.ask("api/version", null, Deadline.after(QUICK));
      return Optional.of(ollama);
    } catch (ProviderException somethingElse) {
      return Optional.empty();
    }
  }

  /** By a bare socket: an HTTP client takes longer to load than most programs take to start. */
  private static boolean listens(HttpUrl url) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(url.host(), url.port()), (int) PROBE.toMillis());
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }

  /**
   * The names of the models that it has, as in {@code llama3.2:latest}.
   *
   * @throws ProviderException if it does not say
   */
  public List<String> models() {
    JsonNode answer = ask("api/tags", null, Deadline.after(QUICK));
    List<String> names = new ArrayList<>();
    answer.path("models").forEach(model -> names.add(Json.text(model, "name")));
    return List.copyOf(names);
  }

  /**
   * One of its models. It costs exactly $0, and its context is the one that Ollama knows of; 4,096
   * tokens if it does not answer within five seconds, or does not know. One that runs at
   * ollama.com, whose name ends with {@code cloud}, has no known price.
   */
  @Override
  public RoutedModel model(String id) {
    long context = context(id).assumed();
    return model(
        isCloud(id)
            ? Model.builder(NAME, id).limits(context, context).build()
            : Model.local(NAME, id, context));
  }

  @Override
  public String name() {
    return NAME;
  }

  /** True on a loopback address. */
  @Override
  public boolean isLocal() {
    return endpoint.isLoopback();
  }

  @Override
  public Optional<URI> endpoint() {
    return Optional.of(endpoint.address());
  }

  /** Ollama hands some models on to its makers, also when it runs on this machine. */
  @Override
  public Optional<String> refusal(Model model, ChatRequest request) {
    return request.localOnly() && isCloud(model.id())
        ? Optional.of("it runs at ollama.com, and the request must stay on this machine")
        : Optional.empty();
  }

  @Override
  public ChatResponse chat(ProviderCall call) {
    Arrival arrival = endpoint.arrival(this, call);
    try (Exchange exchange = endpoint.post(arrival, "api/chat", body(call))) {
      OllamaAnswer answer = new OllamaAnswer(exchange, arrival);
      return call.listener().isPresent() ? answer.stream() : answer.whole();
    }
  }

  private byte[] body(ProviderCall call) {
    ChatRequest request = call.request();
    ObjectNode body = Json.object().put("model", call.model());
    OpenAiRequest.messages(request, body.putArray("messages"));
    body.put("stream", call.listener().isPresent());
    ObjectNode options = Json.object();
    request.temperature().ifPresent(temperature -> options.put("temperature", temperature));
    request.maxOutputTokens().ifPresent(limit -> options.put("num_predict", limit));
    contexts
        .getOrDefault(call.model(), OllamaContext.UNKNOWN)
        .windowFor(request)
        .ifPresent(window -> options.put("num_ctx", window));
    if (!options.isEmpty()) {
      body.set("options", options);
    }
    return Json.bytes(body);
  }

  /** What was learnt is remembered, what was not is asked for again. */
  private OllamaContext context(String id) {
    OllamaContext known = contexts.getOrDefault(id, OllamaContext.UNKNOWN);
    if (!known.equals(OllamaContext.UNKNOWN)) {
      return known;
    }
    try {
      ObjectNode question = Json.object().put("model", id);
      OllamaContext shown = OllamaContext.of(ask("api/show", question, Deadline.after(QUICK)));
      contexts.put(id, shown);
      return shown;
    } catch (ProviderException e) {
      return OllamaContext.UNKNOWN; // not there, or older: the first call will say more
    }
  }

  private JsonNode ask(String path, @Nullable ObjectNode question, Deadline deadline) {
    ChatRequest none = ChatRequest.of("-"); // errors are worded for calls
    Arrival arrival =
        endpoint.arrival(this, new ProviderCall(path, none, Optional.empty(), deadline));
    try (Exchange exchange =
        question == null
            ? endpoint.get(arrival, path)
            : endpoint.post(arrival, path, Json.bytes(question))) {
      return Json.parse(exchange.readAll());
    } catch (JsonProcessingException e) {
      throw arrival.failure(ErrorKind.MALFORMED_RESPONSE, "it is not JSON").build();
    }
  }

  private static boolean isCloud(String id) {
    return id.endsWith("-cloud") || id.endsWith(":cloud");
  }

  /** {@code OLLAMA_HOST} as Ollama itself reads it: any of scheme, host and port may be missing. */
  static HttpUrl address(String host) {
    String text = host.isBlank() ? "127.0.0.1" : host.strip();
    boolean hasScheme = text.contains("://");
    HttpUrl url = HttpUrl.parse((hasScheme ? "" : "http://") + withHost(text));
    if (url == null) {
      throw new ConfigurationException(
          HOST + " is no address. Set it to one, as in http://127.0.0.1:" + PORT + ".");
    }
    boolean hasPort = text.matches(".*:\\d+(?:/.*)?");
    HttpUrl full = hasScheme || hasPort ? url : url.newBuilder().port(PORT).build();
    // A server may listen on all addresses; a client has to pick one.
    boolean all = full.host().equals("0.0.0.0") || full.host().equals("::");
    return all ? full.newBuilder().host("127.0.0.1").build() : full;
  }

  private static String withHost(String text) {
    return text.startsWith(":") ? "127.0.0.1" + text : text;
  }
}
