package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Errors as Anthropic writes them: the type goes with the status, and there is no code. */
final class AnthropicErrors implements ErrorShape {
  private static final Set<String> TYPES =
      Set.of(
          "invalid_request_error",
          "authentication_error",
          "billing_error",
          "permission_error",
          "not_found_error",
          "request_too_large",
          "rate_limit_error",
          "api_error",
          "timeout_error",
          "overloaded_error");

  @Override
  public JsonNode body(Problem problem) {
    ObjectNode body = Json.object().put("type", "error");
    body.putObject("error").put("type", type(problem)).put("message", problem.message());
    return body.put("request_id", "req_simulated_" + problem.number());
  }

  /** A code that is a type of Anthropic's says more than the status: in a stream it was 200. */
  private static String type(Problem problem) {
    String code = problem.code();
    return code != null && TYPES.contains(code) ? code : type(problem.status());
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      case 529 -> "overloaded_error";
      default -> status >= 500 ? "api_error" : "invalid_request_error";
    };
  }
}
