package ai.powertools.testing;

import ai.powertools.core.Time;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a {@link Step} is played: one request, its connection, and the dialect it came in. */
final class Stage {
  private final HttpConnection connection;
  private final Call call;
  private final int number;
  private final Map<String, String> headers;
  private final Time time = Time.system();
  private final Instant created = time.instant();
  private final long startNanos = time.nanos();
  private Reply reply;
  private AnswerStream stream;

  Stage(HttpConnection connection, Call call, int number, Map<String, String> headers) {
    this.connection = connection;
    this.call = call;
    this.number = number;
    this.headers = headers;
    this.reply = reply(SimulatedAnswer.of(""));
    this.stream = call.dialect().stream(reply);
  }

  boolean streams() {
    return call.streams();
  }

  /** Empty when there is none. */
  String lastUserMessage() {
    return call.dialect().prompt(call.request().body()).lastOfUser();
  }

  void pause(Duration duration) throws IOException {
    connection.stayIdle(duration);
  }

  /** From here on it is about this answer. */
  void begin(SimulatedAnswer answer) {
    reply = reply(answer);
    stream = call.dialect().stream(reply);
  }

  void whole() throws IOException {
    connection.respond(200, jsonHeaders(), bytes(call.dialect().whole(reply)));
  }

  void half() throws IOException {
    connection.respondHalf(200, jsonHeaders(), bytes(call.dialect().whole(reply)));
  }

  void refuse(int status, @Nullable String code, String message, @Nullable Duration wait)
      throws IOException {
    Map<String, String> all = jsonHeaders();
    if (wait != null && call.vendor().saysWaitInHeader()) {
      addWait(all, wait);
    }
    Problem problem = new Problem(number, status, code, message, wait);
    connection.respond(status, all, bytes(call.vendor().error(problem)));
  }

  /** {@code Retry-After} knows whole seconds only; OpenAI's clients know {@code -ms} too. */
  private static void addWait(Map<String, String> headers, Duration wait) {
    long millis = wait.plusNanos(999_999).toMillis(); // never less than was meant
    boolean whole = millis % 1000 == 0;
    String name = whole ? "retry-after" : "retry-after-ms";
    headers.put(name, Long.toString(whole ? millis / 1000 : millis));
  }

  void open() throws IOException {
    Map<String, String> all = allHeaders(stream.type());
    all.put("cache-control", "no-cache");
    connection.beginChunks(all);
    send(stream.open());
  }

  void say() throws IOException {
    SimulatedAnswer answer = reply.answer();
    for (String piece : Words.pieces(answer.reasoning())) {
      send(stream.reasoning(piece));
    }
    for (String piece : Words.pieces(answer.text())) {
      send(stream.text(piece));
    }
    for (int i = 0; i < answer.toolCalls().size(); i++) {
      send(stream.toolCall(i, answer.toolCalls().get(i)));
    }
  }

  void finish() throws IOException {
    send(stream.close());
    connection.endChunks();
  }

  void breakOff(String code, String message) throws IOException {
    send(stream.error(code, message));
    connection.endChunks();
  }

  void hangUp() {
    connection.close();
  }

  void fallSilent() throws IOException {
    connection.stayIdle();
  }

  private void send(String piece) throws IOException {
    // An empty chunk would mean the end.
    if (!piece.isEmpty()) {
      connection.chunk(piece);
    }
  }

  private Reply reply(SimulatedAnswer answer) {
    SimulatedUsage usage = answer.usage();
    return new Reply(
        number, call, answer, usage == null ? counted(answer) : usage, created, time, startNanos);
  }

  /** One token a word, of everything that was said by either side. */
  private SimulatedUsage counted(SimulatedAnswer answer) {
    int reasoning = Words.count(answer.reasoning());
    int completion = reasoning + Words.count(answer.text());
    for (SimulatedAnswer.ToolCall tool : answer.toolCalls()) {
      completion += Words.count(tool.name()) + Words.count(tool.arguments());
    }
    int prompt = call.dialect().prompt(call.request().body()).words();
    return new SimulatedUsage(prompt, 0, 0, completion, reasoning);
  }

  private Map<String, String> jsonHeaders() {
    return allHeaders("application/json");
  }

  private Map<String, String> allHeaders(String contentType) {
    return call.vendor().headers(contentType, number, headers);
  }

  private static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
