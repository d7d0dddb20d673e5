package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Errors as OpenAI and Azure write them. */
final class OpenAiErrors implements ErrorShape {
  @Override
  public JsonNode body(Problem problem) {
    ObjectNode body = Json.object();
    body.putObject("error")
        .put("message", problem.message())
        .put("type", type(problem.status(), problem.code()))
        .putNull("param")
        .put("code", problem.code());
    return body;
  }

  private static String type(int status, @Nullable String code) {
    if ("insufficient_quota".equals(code)) {
      return "insufficient_quota";
    }
    if (status == 429) {
      return "rate_limit_error";
    }
    return status >= 500 ? "server_error" : "invalid_request_error";
  }
}
