package ai.powertools.router;

/**
 * A model that can't answer a request.
 *
 * @param label the model, as in {@code openai:gpt-5-mini}
 * @param reason why not, and what would help
 */
public record Refusal(String label, String reason) {}
