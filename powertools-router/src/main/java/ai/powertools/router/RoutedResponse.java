package ai.powertools.router;

/**
 * An answer, and how it came about.
 *
 * @param call the call as its interceptors saw it, with what they left in it
 * @param response the answer
 * @param decision who was asked, and why
 * @param router who decided
 */
public record RoutedResponse(
    Call call, ChatResponse response, RoutingDecision decision, LlmRouter router) {
  /** The id of the call. */
  public String callId() {
    return call.id();
  }

  /** The answer's text. */
  public String text() {
    return response.text();
  }

  /**
   * Says how good the answer was, so that later calls for tasks of this kind are routed better.
   *
   * @param score 0 (useless) to 1 (as good as can be)
   */
  public void feedback(double score) {
    router.feedback(decision, score);
  }
}
