package ai.powertools.router.providers;

import ai.powertools.router.ErrorKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a vendor says when it refuses, read from the HTTP status and a body of whatever shape.
 *
 * @param kind what it comes to
 * @param why the vendor's own words, not masked yet
 * @param mayBeBilled whether the vendor may have worked before it failed
 * @param retryAfter how long the body asks to wait, as Google's do
 */
record VendorError(ErrorKind kind, String why, boolean mayBeBilled, Optional<Duration> retryAfter) {
  /**
   * What vendors write into {@code code}, {@code type}, {@code status} and the message, most
   * telling first. Codes by the error guides of <a
   * href="https://platform.openai.com/docs/guides/error-codes">OpenAI</a>, <a
   * href="https://docs.claude.com/en/api/errors">Anthropic</a> and <a
   * href="https://ai.google.dev/gemini-api/docs/troubleshooting">Gemini</a>; the rest are words of
   * vLLM, llama.cpp, Groq, Mistral, Azure and OpenRouter.
   */
  private static final List<Sign> SIGNS =
      List.of(
          new Sign(ErrorKind.CONTEXT_WINDOW, "context_length_exceeded"),
          new Sign(ErrorKind.CONTEXT_WINDOW, "exceed_context_size"),
          new Sign(ErrorKind.CONTEXT_WINDOW, "maximum context length"),
          new Sign(ErrorKind.CONTEXT_WINDOW, "prompt is too long"),
          new Sign(ErrorKind.CONTEXT_WINDOW, "exceed context limit"),
          new Sign(ErrorKind.CONTEXT_WINDOW, "request_too_large"),
          new Sign(ErrorKind.CONTEXT_WINDOW, "exceeds the maximum number of tokens"),
          new Sign(ErrorKind.CONTEXT_WINDOW, "exceeds the available context size"),
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
          new Sign(ErrorKind.QUOTA_EXHAUSTED, "billing_error"),
          new Sign(ErrorKind.QUOTA_EXHAUSTED, "credit balance is too low"),
          // A day's quota is no matter of a short wait.
          new Sign(ErrorKind.QUOTA_EXHAUSTED, "perday"),
          new Sign(ErrorKind.AUTHENTICATION, "invalid_api_key"),
          new Sign(ErrorKind.AUTHENTICATION, "api_key_invalid"),
          new Sign(ErrorKind.AUTHENTICATION, "authentication_error"),
          new Sign(ErrorKind.PERMISSION, "permission_error"),
          new Sign(ErrorKind.PERMISSION, "permission_denied"),
          new Sign(ErrorKind.PERMISSION, "user location is not supported"),
          new Sign(ErrorKind.INVALID_REQUEST, "model_not_found"),
          new Sign(ErrorKind.INVALID_REQUEST, "not_found_error"),
          new Sign(ErrorKind.RATE_LIMITED, "rate_limit"),
          new Sign(ErrorKind.RATE_LIMITED, "resource_exhausted"),
          new Sign(ErrorKind.OVERLOADED, "overloaded"),
          new Sign(ErrorKind.OVERLOADED, "server busy"),
          new Sign(ErrorKind.OVERLOADED, "slow_down"),
          new Sign(ErrorKind.TIMEOUT, "timeout_error"),
          new Sign(ErrorKind.TIMEOUT, "deadline_exceeded"));

  /** Google's wait, in the form of protobuf: {@code 37s}, {@code 1.5s}. */
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?s");

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
    JsonNode error = body.path("error").isObject() ? body.path("error") : body;
    JsonNode code = error.path("code"); // OpenRouter, Google: the status that it would have been
    int status = code.canConvertToInt() ? code.asInt() : 0;
    if (status == 0 && Json.text(error, "type").equals("invalid_request_error")) {
      status = 400;
    }
    VendorError read = of(status >= 400 && status < 600 ? status : 500, body, "");
    return new VendorError(read.kind(), read.why(), true, read.retryAfter());
  }

  private static VendorError of(int status, JsonNode body, String plain) {
    JsonNode error = body.path("error");
    JsonNode node = error.isObject() ? error : body;
    String message = error.isTextual() ? error.asText() : words(node);
    String why = message.isBlank() ? plain : message;
    String signs =
        String.join(
            " ",
            Json.text(node, "code"),
            Json.text(node, "type"),
            Json.text(node, "status"),
            details(node),
            why);
    ErrorKind kind = bySigns(status, signs).orElseGet(() -> byStatus(status));
    return new VendorError(
        kind, why.isBlank() ? "HTTP status " + status : why, worked(status), wait(node));
  }

  /** Google's machine-readable reasons and the quotas that were hit. */
  private static String details(JsonNode error) {
    StringBuilder words = new StringBuilder();
    for (JsonNode detail : error.path("details")) {
      words.append(Json.text(detail, "reason")).append(' ');
      for (JsonNode violation : detail.path("violations")) {
        words.append(Json.text(violation, "quotaId")).append(' ');
      }
    }
    return words.toString();
  }

  private static Optional<Duration> wait(JsonNode error) {
    for (JsonNode detail : error.path("details")) {
      Matcher seconds = SECONDS.matcher(Json.text(detail, "retryDelay"));
      if (seconds.matches()) {
        String fraction = seconds.group(2) == null ? "" : seconds.group(2);
        long nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
        return Optional.of(Duration.ofSeconds(Long.parseLong(seconds.group(1)), nanos));
      }
    }
    return Optional.empty();
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
