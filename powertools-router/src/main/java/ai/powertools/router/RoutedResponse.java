package ai.powertools.router;

/**
 * An answer, and how it came about.
 *
 * @param callId the id of the call, as its interceptors saw it
 * @param response the answer
 * @param decision who was asked, and why
 */
public record RoutedResponse(String callId, ChatResponse response, RoutingDecision decision) {
  /** The answer's text. */
  public String text() {
    return response.text();
  }
}
