package ai.powertools.router;

/**
 * What a call would take of a model, in tokens.
 *
 * @param input what the conversation takes
 * @param exact whether that was counted with the model's own tokenizer
 * @param inputAtMost a bound above it, where it was estimated
 * @param cached how much of the input the vendor is expected to read from its prompt cache
 * @param expectedOutput how long the answer is expected to be, from earlier answers to such tasks
 * @param maxOutput the most that the answer can take: the request's limit, the model's, what is
 *     left of the context, or what the budget allows
 */
public record TokenPlan(
    long input,
    boolean exact,
    long inputAtMost,
    long cached,
    long expectedOutput,
    long maxOutput) {}
