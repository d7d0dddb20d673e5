package ai.powertools.testing;

import ai.powertools.core.Time;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a {@link Step} is played: one request, its connection, and the dialect it came in. */
final class Stage {
  /** A word with the space after it. Leading space is a piece of its own. */
  private static final Pattern PIECE = Pattern.compile("\\S+\\s*|\\s+");

  private final HttpConnection connection;
  private final Dialect dialect;
  private final JsonNode request;
  private final int number;
  private final Map<String, String> headers;
  private final Time time = Time.system();
  private final Instant created = time.instant();
  private final long startNanos = time.nanos();
  private Tokens tokens = new Tokens(0, 0);

  Stage(
      HttpConnection connection,
      Dialect dialect,
      JsonNode request,
      int number,
      Map<String, String> headers) {
    this.connection = connection;
    this.dialect = dialect;
    this.request = request;
    this.number = number;
    this.headers = headers;
  }

  JsonNode request() {
    return request;
  }

  boolean streams() {
    return dialect.wantsStream(request);
  }

  /** Empty when there is none. */
  String lastUserMessage() {
    String last = "";
    for (JsonNode message : request.path("messages")) {
      if (message.path("role").asText().equals("user")) {
        last = Tokens.textOf(message);
      }
    }
    return last;
  }

  void use(Tokens used) {
    tokens = used;
  }

  void pause(Duration duration) throws IOException {
    connection.stayIdle(duration);
  }

  void whole(String text) throws IOException {
    connection.respond(200, jsonHeaders(), bytes(dialect.whole(reply(), text)));
  }

  void half(String text) throws IOException {
    connection.respondHalf(200, jsonHeaders(), bytes(dialect.whole(reply(), text)));
  }

  void refuse(int status, Map<String, String> more, @Nullable String code, String message)
      throws IOException {
    Map<String, String> all = jsonHeaders();
    all.putAll(more);
    connection.respond(status, all, bytes(dialect.error(status, code, message)));
  }

  void open() throws IOException {
    Map<String, String> all = allHeaders(dialect.streamType());
    all.put("cache-control", "no-cache");
    connection.beginChunks(all);
    send(dialect.opening(reply()));
  }

  void say(String text) throws IOException {
    Matcher piece = PIECE.matcher(text);
    while (piece.find()) {
      send(dialect.piece(reply(), piece.group()));
    }
  }

  void finish() throws IOException {
    for (String last : dialect.closing(reply())) {
      send(last);
    }
    connection.endChunks();
  }

  void breakOff(String code, String message) throws IOException {
    send(dialect.errorInStream(code, message));
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

  private Reply reply() {
    return new Reply(number, request, tokens, created, time.since(startNanos));
  }

  private Map<String, String> jsonHeaders() {
    return allHeaders("application/json");
  }

  private Map<String, String> allHeaders(String contentType) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("content-type", contentType);
    all.put("x-request-id", "req_simulated_" + number);
    all.putAll(headers);
    return all;
  }

  private static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
