package ai.powertools.orchestrator;

import ai.powertools.models.Cost;

/**
 * What the same call would have cost elsewhere: the same text in and out, counted with that model's
 * own tokenizer.
 *
 * @param model the other model, as in {@code gpt-5-mini}
 * @param cost an estimate, since another model would have answered in other words
 */
public record Comparison(String model, Cost cost) {}
