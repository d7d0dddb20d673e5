package ai.powertools.router;

import ai.powertools.models.Cost;
import ai.powertools.models.Model;

/**
 * A model that could answer a request, and what that would take.
 *
 * @param provider who would serve it
 * @param model what is known of it
 * @param id the provider's own name of it
 * @param inputTokens what the conversation takes
 * @param exact whether that was counted with the model's own tokenizer
 * @param inputTokensAtMost a bound above it, where it was estimated
 * @param maxOutputTokens the most that the answer can take: the request's limit, the model's, or
 *     what is left of the context
 * @param expected what the call will cost if the answer is of usual length
 * @param worstCase what one attempt can cost at most
 */
public record Candidate(
    ChatProvider provider,
    Model model,
    String id,
    long inputTokens,
    boolean exact,
    long inputTokensAtMost,
    long maxOutputTokens,
    Cost expected,
    Cost worstCase) {
  /** As in {@code openai:gpt-5-mini}. */
  public String label() {
    return provider.name() + ":" + id;
  }
}
