package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;

/** Errors as Google's APIs write them: the status of gRPC, and details that have types. */
final class GeminiErrors implements ErrorShape {
  private static final String TYPES = "type.googleapis.com/google.rpc.";

  @Override
  public JsonNode body(Problem problem) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error");
    error
        .put("code", number(problem))
        .put("message", problem.message())
        .put("status", status(problem));
    addDetails(error, problem);
    return body;
  }

  private static void addDetails(ObjectNode error, Problem problem) {
    ArrayNode details = error.arrayNode();
    if ("API_KEY_INVALID".equals(problem.code())) {
      details
          .addObject()
          .put("@type", TYPES + "ErrorInfo")
          .put("reason", "API_KEY_INVALID")
          .put("domain", "googleapis.com")
          .putObject("metadata")
          .put("service", "generativelanguage.googleapis.com");
    }
    Duration wait = problem.pause();
    if (wait != null) {
      details.addObject().put("@type", TYPES + "RetryInfo").put("retryDelay", seconds(wait) + "s");
    }
    if (!details.isEmpty()) {
      error.set("details", details);
    }
  }

  private static String seconds(Duration wait) {
    BigDecimal nanos = BigDecimal.valueOf(wait.getNano(), 9);
    BigDecimal seconds = BigDecimal.valueOf(wait.getSeconds()).add(nanos).stripTrailingZeros();
    return seconds.toPlainString();
  }

  /** A stream that has begun has no status that could say more than the code does. */
  private static int number(Problem problem) {
    String code = problem.code();
    if (code == null || problem.status() != 500) {
      return problem.status();
    }
    return switch (code) {
      case "RESOURCE_EXHAUSTED" -> 429;
      case "UNAVAILABLE" -> 503;
      case "DEADLINE_EXCEEDED" -> 504;
      default -> 500;
    };
  }

  /** A code in capitals is a status already. */
  private static String status(Problem problem) {
    String code = problem.code();
    if (code != null && code.matches("[A-Z_]+") && !code.equals("API_KEY_INVALID")) {
      return code;
    }
    return switch (problem.status()) {
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ABORTED";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 500 -> "INTERNAL";
      case 504 -> "DEADLINE_EXCEEDED";
      default -> problem.status() > 500 ? "UNAVAILABLE" : "INVALID_ARGUMENT";
    };
  }
}
