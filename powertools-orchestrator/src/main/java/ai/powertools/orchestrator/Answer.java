package ai.powertools.orchestrator;

import ai.powertools.router.ChatResponse;

/**
 * What came back, and the receipt for it.
 *
 * @param response the answer as the model gave it
 * @param receipt who answered and why, what it used, cost and took, and where that is kept
 */
public record Answer(ChatResponse response, Receipt receipt) {
  /** The answer's text. */
  public String text() {
    return response.text();
  }
}
