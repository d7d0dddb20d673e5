package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/**
 * What the parts of one answer have in common.
 *
 * @param number of the request among all of this simulator, from 1
 * @param request the body of the request
 * @param created when the request came
 * @param took since then
 */
record Reply(int number, JsonNode request, Tokens tokens, Instant created, Duration took) {
  String model() {
    return request.path("model").asText();
  }
}
