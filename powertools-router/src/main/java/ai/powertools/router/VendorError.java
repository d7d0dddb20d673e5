package ai.powertools.router;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a vendor says when it refuses, read from the HTTP status and a body of whatever shape.
 *
 * @param kind what it comes to
 * @param why the vendor's own words, not masked yet
 * @param mayBeBilled whether the vendor may have worked before it failed
 */
record VendorError(ErrorKind kind, String why, boolean mayBeBilled) {
  /**
   * What vendors write into {@code code}, {@code type} and the message, most telling first. Codes
   * by OpenAI's <a href="https://platform.openai.com/docs/guides/error-codes">error guide</a>; the
   * rest are words of vLLM, llama.cpp, Groq, Mistral, Azure and OpenRouter.
   */
  private static final List<Sign> SIGNS =
      List.of(
          new Sign(ErrorKind.CONTEXT_WINDOW, "context_length_exceeded"),
          new Sign(ErrorKind.CONTEXT_WINDOW, "exceed_context_size"),
          new Sign(ErrorKind.CONTEXT_WINDOW, "maximum context length"),
          new Sign(ErrorKind.CONTEXT_WINDOW, "prompt is too long"),
          // More than a whole minute's tokens at once: no wait will ever make it fit.
          new Sign(ErrorKind.CONTEXT_WINDOW, "request too large"),
          new Sign(ErrorKind.CONTENT_POLICY, "content_policy_violation"),
          new Sign(ErrorKind.CONTENT_POLICY, "content_filter"),
          new Sign(ErrorKind.CONTENT_POLICY, "responsibleaipolicyviolation"),
          new Sign(ErrorKind.QUOTA_EXHAUSTED, "insufficient_quota"),
          new Sign(ErrorKind.QUOTA_EXHAUSTED, "billing_hard_limit_reached"),
          new Sign(ErrorKind.QUOTA_EXHAUSTED, "billing_not_active"),
          new Sign(ErrorKind.QUOTA_EXHAUSTED, "exceeded your current quota"),
          new Sign(ErrorKind.QUOTA_EXHAUSTED, "insufficient balance"),
          new Sign(ErrorKind.QUOTA_EXHAUSTED, "insufficient credits"),
          new Sign(ErrorKind.AUTHENTICATION, "invalid_api_key"),
          new Sign(ErrorKind.INVALID_REQUEST, "model_not_found"),
          new Sign(ErrorKind.RATE_LIMITED, "rate_limit"),
          new Sign(ErrorKind.OVERLOADED, "overloaded"),
          new Sign(ErrorKind.OVERLOADED, "server busy"));

  private record Sign(ErrorKind kind, String words) {}

  /** The error of an HTTP response that is not a success. */
  static VendorError ofResponse(int status, byte[] body) {
    JsonNode json = Json.parseLeniently(body);
    JsonNode first = json.isArray() ? json.path(0) : json; // Google wraps it in an array
    String plain = json.isMissingNode() ? new String(body, StandardCharsets.UTF_8) : "";
    return of(status, first, plain);
  }

  /**
   * The error in an answer that had begun with a success.
   *
   * @param body the object that has an {@code error}, or that is one
   */
  static VendorError ofBody(JsonNode body) {
    JsonNode code =
        body.path("error").path("code"); // OpenRouter: the status that it would have been
    int status = code.canConvertToInt() ? code.asInt() : 0;
    VendorError error = of(status >= 400 && status < 600 ? status : 500, body, "");
    return new VendorError(error.kind(), error.why(), true);
  }

  private static VendorError of(int status, JsonNode body, String plain) {
    JsonNode error = body.path("error");
    JsonNode node = error.isObject() ? error : body;
    String message = error.isTextual() ? error.asText() : words(node);
    String why = message.isBlank() ? plain : message;
    String signs = Json.text(node, "code") + ' ' + Json.text(node, "type") + ' ' + why;
    ErrorKind kind = bySigns(status, signs).orElseGet(() -> byStatus(status));
    return new VendorError(kind, why.isBlank() ? "HTTP status " + status : why, worked(status));
  }

  /** A message, or what servers built with FastAPI send: a detail, or a list of them. */
  private static String words(JsonNode node) {
    JsonNode detail = node.path("detail");
    if (detail.isArray()) {
      return Json.text(detail.path(0), "msg");
    }
    return detail.isTextual() ? detail.asText() : Json.text(node, "message");
  }

  private static Optional<ErrorKind> bySigns(int status, String words) {
    // Whose key is wrong has no other error, whatever the words.
    if (status == 401) {
      return Optional.empty();
    }
    String lower = words.toLowerCase(Locale.ROOT);
    return SIGNS.stream().filter(sign -> lower.contains(sign.words())).map(Sign::kind).findFirst();
  }

  private static ErrorKind byStatus(int status) {
    return switch (status) {
      case 401 -> ErrorKind.AUTHENTICATION;
      case 402 -> ErrorKind.QUOTA_EXHAUSTED;
      case 403 -> ErrorKind.PERMISSION;
      case 408, 504, 524 -> ErrorKind.TIMEOUT;
      case 409 -> ErrorKind.SERVER; // by OpenAI's guide: somebody else changed it, try again
      case 413 -> ErrorKind.CONTEXT_WINDOW;
      case 429 -> ErrorKind.RATE_LIMITED;
      case 503, 529 -> ErrorKind.OVERLOADED;
      default -> status >= 500 ? ErrorKind.SERVER : ErrorKind.INVALID_REQUEST;
    };
  }

  private static boolean worked(int status) {
    return status == 408 || (status >= 500 && status != 503 && status != 529);
  }
}
