package ai.powertools.cli;

import ai.powertools.retry.kept.DeadLetter;
import ai.powertools.retry.report.AttemptSummary;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;

/** A dead letter as one JSON object. */
final class LetterJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private LetterJson() {}

  /** Without its payload and attempts. */
  static ObjectNode of(DeadLetter letter) {
    return MAPPER
        .createObjectNode()
        .put("id", letter.id())
        .put("task", letter.task())
        .put("key", letter.key())
        .put("state", state(letter))
        .put("kind", letter.kind().name().toLowerCase(Locale.ROOT))
        .put("type", letter.type())
        .put("message", letter.message())
        .put("first_failed_at", letter.firstFailedAt().toString())
        .put("last_failed_at", letter.lastFailedAt().toString())
        .put("redrives", letter.redrives())
        .put("taken_until", letter.takenUntil().map(Instant::toString).orElse(null))
        .put("idempotency_key", letter.idempotencyKey());
  }

  /** All of it. */
  static ObjectNode whole(DeadLetter letter) {
    ObjectNode json = of(letter).put("cut", letter.cut()).put("payload", letter.payload());
    ArrayNode attempts = json.putArray("attempts");
    for (AttemptSummary attempt : letter.attempts()) {
      attempts
          .addObject()
          .put("number", attempt.number())
          .put("duration_ms", attempt.duration().toMillis())
          .put("waited_ms", attempt.waited().toMillis())
          .put("kind", attempt.kind().name().toLowerCase(Locale.ROOT))
          .put("type", attempt.type())
          .put("message", attempt.message());
    }
    return json;
  }

  /** As in {@code given_up}. */
  static String state(DeadLetter letter) {
    return letter.state().name().toLowerCase(Locale.ROOT);
  }
}
