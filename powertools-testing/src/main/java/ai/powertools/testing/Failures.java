package ai.powertools.testing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The failures that providers show most, in their words. */
final class Failures {
  private Failures() {}

  static Step rateLimit(Duration retryAfter) {
    return new Step.Failure(
        429,
        "rate_limit_exceeded",
        "Rate limit reached for requests. Please try again later.",
        retryAfter);
  }

  static Step of(int status) {
    return new Step.Failure(status, code(status), message(status), null);
  }

  private static @Nullable String code(int status) {
    return switch (status) {
      case 401 -> "invalid_api_key";
      case 404 -> "model_not_found";
      case 429 -> "rate_limit_exceeded";
      default -> null;
    };
  }

  private static String message(int status) {
    return switch (status) {
      case 400 -> "The request is not valid.";
      case 401 -> "Incorrect API key provided.";
      case 403 -> "You are not allowed to use this model.";
      case 404 -> "The model does not exist or you do not have access to it.";
      case 429 -> "Rate limit reached for requests. Please try again later.";
      case 500 -> "The server had an error while processing your request. Sorry about that!";
      case 502 -> "Bad gateway.";
      case 503 -> "The engine is currently overloaded, please try again later.";
      case 504 -> "The request timed out.";
      case 529 -> "Overloaded";
      default -> "The request failed with status " + status + ".";
    };
  }
}
