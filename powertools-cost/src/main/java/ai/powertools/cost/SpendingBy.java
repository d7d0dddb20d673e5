package ai.powertools.cost;

/**
 * What was spent on one thing among others: one task, one model.
 *
 * @param key the task, or the model as {@code provider/id}
 * @param spending the sum over its attempts
 */
public record SpendingBy(String key, Spending spending) {}
