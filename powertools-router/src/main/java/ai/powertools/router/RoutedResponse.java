package ai.powertools.router;

/**
 * An answer, and how it came about.
 *
 * @param call the call as its interceptors saw it, with what they left in it
 * @param response the answer
 * @param decision who was asked, and why
 */
public record RoutedResponse(Call call, ChatResponse response, RoutingDecision decision) {
  /** The id of the call. */
  public String callId() {
    return call.id();
  }

  /** The answer's text. */
  public String text() {
    return response.text();
  }
}
