package ai.powertools.router.providers;

import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came back from an errand.
 *
 * @param errand what was asked
 * @param json the body
 * @param requestId the provider's name for the call
 */
record Reply(Errand errand, JsonNode json, Optional<String> requestId) {
  /** Asks without a body. */
  static Reply get(Endpoint endpoint, Errand errand, String path) {
    return to(endpoint, errand, path, null);
  }

  /** Asks. */
  static Reply post(Endpoint endpoint, Errand errand, String path, ObjectNode question) {
    return to(endpoint, errand, path, question);
  }

  private static Reply to(
      Endpoint endpoint, Errand errand, String path, @Nullable ObjectNode question) {
    try (Exchange exchange =
        question == null
            ? endpoint.get(errand, path)
            : endpoint.post(errand, path, Json.bytes(question))) {
      Exchange.Body body = exchange.readAll();
      try {
        return new Reply(errand, body.json(), exchange.requestId());
      } catch (JsonProcessingException e) {
        throw AnswerReader.malformed(exchange, "it is not JSON");
      }
    }
  }

  /**
   * The count under a name.
   *
   * @throws ProviderException if there is none
   */
  long count(String name) {
    JsonNode count = json.path(name);
    if (!count.canConvertToLong()) {
      throw malformed("it has no count");
    }
    return count.asLong();
  }

  /** That it can't be what was asked for. */
  ProviderException malformed(String why) {
    return errand
        .failure(ErrorKind.MALFORMED_RESPONSE, "the answer can't be read: " + why)
        .requestId(requestId)
        .mayBeBilled(true)
        .build();
  }
}
