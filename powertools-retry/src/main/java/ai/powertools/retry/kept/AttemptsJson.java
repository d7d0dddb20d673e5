package ai.powertools.retry.kept;

import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.report.AttemptSummary;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Attempts as one column: a JSON array of objects, times in microseconds. */
final class AttemptsJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final long NANOS_PER_MICRO = 1_000;

  private AttemptsJson() {}

  static String write(List<AttemptSummary> attempts) {
    ArrayNode array = MAPPER.createArrayNode();
    for (AttemptSummary attempt : attempts) {
      array
          .addObject()
          .put("number", attempt.number())
          .put("took_us", micros(attempt.duration()))
          .put("waited_us", micros(attempt.waited()))
          .put("kind", attempt.kind().name())
          .put("type", attempt.type())
          .put("message", attempt.message());
    }
    return array.toString();
  }

  static List<AttemptSummary> read(String json) {
    List<AttemptSummary> attempts = new ArrayList<>();
    for (JsonNode one : parse(json)) {
      attempts.add(
          new AttemptSummary(
              one.path("number").asInt(),
              duration(one.path("took_us").asLong()),
              duration(one.path("waited_us").asLong()),
              ErrorKind.valueOf(one.path("kind").asText()),
              one.path("type").asText(),
              one.path("message").asText()));
    }
    return attempts;
  }

  static long micros(Duration duration) {
    return duration.toNanos() / NANOS_PER_MICRO;
  }

  static Duration duration(long micros) {
    return Duration.ofNanos(micros * NANOS_PER_MICRO);
  }

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "The attempts that were kept of a call are no JSON: something else wrote to the tables"
              + " retry_letter or retry_error.",
          e);
    }
  }
}
