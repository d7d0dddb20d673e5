package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Errors as the server of llama.cpp writes them: the code is the status. */
final class LlamaCppErrors implements ErrorShape {
  @Override
  public JsonNode body(Problem problem) {
    ObjectNode body = Json.object();
    body.putObject("error")
        .put("code", problem.status())
        .put("message", problem.message())
        .put("type", type(problem.status()));
    return body;
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 501 -> "not_supported_error";
      case 503 -> "unavailable_error";
      default -> status >= 500 ? "server_error" : "invalid_request_error";
    };
  }
}
