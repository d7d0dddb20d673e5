package ai.powertools.router;

import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A request and what matters in choosing who answers it. Immutable; each method gives another one.
 *
 * <pre>{@code
 * Task.of("Generate Python code for …").complexity(0.7).budgetCents(10)
 * }</pre>
 *
 * @param request what is asked
 * @param constraints what a model must keep to
 * @param complexity how hard it is, from 0 (trivial) to 1 (very hard); empty to have it estimated
 * @param key requests with the same key stay with one model where the strategy is sticky, and find
 *     the vendor's prompt cache warm; as in the id of a conversation. Decisions keep a hash of it
 * @param seed makes chance repeatable; empty to draw one
 */
public record Task(
    ChatRequest request,
    Constraints constraints,
    OptionalDouble complexity,
    Optional<String> key,
    OptionalLong seed) {

  /**
   * Refuses nonsense.
   *
   * @throws IllegalArgumentException if the complexity is not within 0 to 1
   */
  public Task {
    if (complexity.isPresent()
        && !(complexity.getAsDouble() >= 0 && complexity.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "A complexity lies between 0 and 1, not at " + complexity.getAsDouble() + ".");
    }
  }

  /** One question of the person. */
  public static Task of(String question) {
    return of(ChatRequest.of(question));
  }

  /** A request; its cache key, if it has one, is the task's key. */
  public static Task of(ChatRequest request) {
    return new Task(
        request,
        Constraints.NONE,
        OptionalDouble.empty(),
        request.options().cacheKey(),
        OptionalLong.empty());
  }

  /** What the call is for, as in {@code code}; costs are reported and lengths learned by it. */
  public Task kind(String kind) {
    return with(request.toBuilder().task(kind).build());
  }

  /** How hard it is, from 0 (trivial) to 1 (very hard). */
  public Task complexity(double complexity) {
    return new Task(request, constraints, OptionalDouble.of(complexity), key, seed);
  }

  /** The call may cost so much, all attempts together. */
  public Task budget(Usd most) {
    return constrained(constraints.budget(most));
  }

  /** The call may cost so many cents, all attempts together. */
  public Task budgetCents(long cents) {
    return budget(Usd.cents(cents));
  }

  /** The chance of a good answer must be this, 0 to 1. */
  public Task quality(double least) {
    return constrained(constraints.quality(least));
  }

  /** Only models that match one of these patterns, as in {@code openai:*}. */
  public Task allow(String... patterns) {
    return constrained(constraints.allow(patterns));
  }

  /** No models that match one of these patterns. */
  public Task deny(String... patterns) {
    return constrained(constraints.deny(patterns));
  }

  /** Only models that are known to be served in one of these regions, or on this machine. */
  public Task regions(String... names) {
    return constrained(constraints.regions(names));
  }

  /** The text must not leave this machine. */
  public Task localOnly() {
    return constrained(constraints.onlyLocal());
  }

  /** A million tokens may cost so much. */
  public Task maxPrice(Usd input, Usd output) {
    return constrained(constraints.maxPrice(input, output));
  }

  /** The answer has to begin by then, as far as the model's speed is known. */
  public Task firstToken(Duration within) {
    return constrained(constraints.firstToken(within));
  }

  /** Other constraints, in the place of those so far. */
  public Task constrained(Constraints others) {
    return new Task(request, others, complexity, key, seed);
  }

  /** Requests with the same key stay with one model where the strategy is sticky. */
  public Task key(String key) {
    return new Task(request, constraints, complexity, Optional.of(key), seed);
  }

  /** Makes chance repeatable. */
  public Task seed(long seed) {
    return new Task(request, constraints, complexity, key, OptionalLong.of(seed));
  }

  /** The same for another request, as a layer may make of it. */
  @SuppressWarnings("ReferenceEquality") // comparing all of a conversation is not worth it
  Task with(ChatRequest other) {
    return new Task(other, constraints, complexity, key, seed);
  }
}
