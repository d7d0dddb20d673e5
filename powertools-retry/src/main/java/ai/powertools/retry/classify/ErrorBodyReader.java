package ai.powertools.retry.classify;

import ai.powertools.core.headers.Span;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of failures, in every shape that vendors use. A body is a stranger's: whatever
 * it is, nothing throws, and no more than its first 64 Ki characters and 12 levels are looked at.
 * What stands before a fault counts, so that a body that was cut off still tells something.
 */
final class ErrorBodyReader {
  private static final int LONGEST_BODY = 65_536;
  private static final int DEEPEST = 12;
  private static final int MOST_CODES = 64;
  private static final int LONGEST_CODE = 128;
  private static final int LONGEST_TEXT = 4_000;
  private static final int FIRST_ERROR = 400;
  private static final int LAST_ERROR = 599;

  /** A wait of more means never, or is nonsense. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(31);

  /** Names that strangers make up are not worth keeping. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  /** Where vendors write what kind of error it is. */
  private static final Set<String> CODES =
      Set.of(
          "code",
          "type",
          "status",
          "__type", // AWS
          "error_type", // text-generation-inference
          "error.code",
          "error.type",
          "error.status",
          "error.innererror.code", // Azure
          "error.details.reason", // Google
          "error.details.error_code", // Anthropic
          "error.metadata.error_type", // OpenRouter
          "error.metadata.limit_source",
          "response.error.code"); // OpenAI, a response that failed in a stream

  /** Where they write it for people. */
  private static final Set<String> MESSAGES =
      Set.of(
          "error",
          "message",
          "detail",
          "detail.msg", // FastAPI
          "error.message",
          "error.metadata.raw", // OpenRouter: what the provider behind it said
          "error.details.violations.quotaId"); // Google

  private static final Set<String> STATUSES =
      Set.of("code", "status", "error.code", "error.status");

  private static final Set<String> WAITS =
      Set.of(
          "error.details.retryDelay", // Google
          "estimated_time"); // Hugging Face: until the model is loaded

  private final Set<String> codes = new HashSet<>();
  private final StringBuilder text = new StringBuilder();
  private boolean error;
  private OptionalInt status = OptionalInt.empty();
  private Optional<Duration> wait = Optional.empty();

  private ErrorBodyReader() {}

  static ErrorBody read(String body) {
    ErrorBodyReader reader = new ErrorBodyReader();
    String start = body.length() > LONGEST_BODY ? body.substring(0, LONGEST_BODY) : body;
    int json = start.indexOf('{');
    if (json < 0) {
      reader.addText(start);
    } else {
      reader.readJson(start.substring(json));
      reader.readInner();
    }
    return reader.result();
  }

  private ErrorBody result() {
    Optional<Duration> said = wait.or(() -> SpokenWait.in(text));
    return new ErrorBody(
        error,
        Set.copyOf(codes),
        text.toString().toLowerCase(Locale.ROOT),
        status,
        said.filter(length -> length.compareTo(LONGEST_WAIT) <= 0));
  }

  /** Gateways put the whole body of the vendor into their own message. */
  private void readInner() {
    int json = text.indexOf("{");
    if (json >= 0) {
      readJson(text.substring(json));
    }
  }

  private void readJson(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      walk(parser);
    } catch (IOException notJsonFromHereOn) {
      // What was read before counts.
    }
  }

  private void walk(JsonParser parser) throws IOException {
    Deque<String> above = new ArrayDeque<>();
    String field = "";
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token == JsonToken.FIELD_NAME) {
        field = parser.currentName();
      } else if (token.isStructStart()) {
        if (above.size() >= DEEPEST) {
          parser.skipChildren();
        } else {
          above.addLast(field);
          noteObject(path(above, ""), token);
        }
        field = "";
      } else if (token.isStructEnd()) {
        above.pollLast();
        field = "";
      } else {
        note(path(above, field), token, parser);
      }
    }
  }

  /** The names above and this one, with dots between; arrays do not count. */
  private static String path(Deque<String> above, String field) {
    StringBuilder path = new StringBuilder();
    for (String name : above) {
      append(path, name);
    }
    append(path, field);
    return path.toString();
  }

  private static void append(StringBuilder path, String name) {
    if (!name.isEmpty()) {
      path.append(path.isEmpty() ? "" : ".").append(name);
    }
  }

  private void noteObject(String path, JsonToken token) {
    if (token == JsonToken.START_OBJECT
        && (path.equals("error") || path.equals("response.error"))) {
      error = true;
    }
  }

  private void note(String path, JsonToken token, JsonParser parser) throws IOException {
    boolean spoken = token == JsonToken.VALUE_STRING;
    boolean counted = token.isNumeric();
    if (spoken || counted) {
      String value = parser.getText();
      if (spoken) {
        noteText(path, value);
      }
      if (CODES.contains(path)) {
        addCode(value);
      }
      if (STATUSES.contains(path)) {
        addStatus(value);
      }
      if (WAITS.contains(path) && wait.isEmpty()) {
        wait = Span.parse(value);
      }
    }
  }

  private void noteText(String path, String value) {
    boolean names = path.equals("type") || path.equals("object");
    error |= path.equals("error") || (names && value.equals("error"));
    if (MESSAGES.contains(path)) {
      addText(value);
    }
  }

  private void addText(String value) {
    int room = LONGEST_TEXT - text.length();
    if (room > 0) {
      text.append(value, 0, Math.min(room, value.length())).append('\n');
    }
  }

  /** AWS puts a namespace and a hash before the name. */
  private void addCode(@Nullable String value) {
    if (value != null && value.length() <= LONGEST_CODE && codes.size() < MOST_CODES) {
      codes.add(value.substring(value.indexOf('#') + 1).toLowerCase(Locale.ROOT));
    }
  }

  private void addStatus(String value) {
    if (value.length() == 3 && value.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
      int number = Integer.parseInt(value);
      if (number >= FIRST_ERROR && number <= LAST_ERROR && status.isEmpty()) {
        status = OptionalInt.of(number);
      }
    }
  }
}
