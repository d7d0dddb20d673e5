package ai.powertools.router;

import java.time.Duration;
import java.util.Optional;

/**
 * Sends a copy of some calls to a model that is on trial, after the answer was given, and hands
 * both answers to a comparison. The copy is never returned and its errors never thrown; it is on
 * the bill, goes through the layers around a candidate, and keeps to the constraints of the call.
 *
 * @param label which of the router's models is on trial; strategies still choose it unless they
 *     leave it out
 * @param share of how many calls a copy is sent, 0 to 1
 * @param timeout how long a copy may take
 * @param atOnce how many copies may be under way; more are not sent
 * @param comparison is told of both
 */
public record Shadow(
    String label, double share, Duration timeout, int atOnce, Comparison comparison) {
  /** Is told of both answers, on a thread of the router's. */
  @FunctionalInterface
  public interface Comparison {
    /** Takes in both; what it throws is dropped. */
    void compare(Copied copied);
  }

  /**
   * A call and its copy.
   *
   * @param request what was asked
   * @param answer what was answered
   * @param decision by whom
   * @param shadow what the model on trial answered; empty if it did not
   * @param error why it did not
   */
  public record Copied(
      ChatRequest request,
      ChatResponse answer,
      RoutingDecision decision,
      Optional<ChatResponse> shadow,
      Optional<RuntimeException> error) {}

  /**
   * Refuses nonsense.
   *
   * @throws IllegalArgumentException if the share is not within 0 to 1, or nothing may be under way
   */
  public Shadow {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A share lies between 0 and 1, not at " + share + ".");
    }
    if (atOnce < 1 || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "A shadow needs some time and at least one copy at once, not %s and %d."
              .formatted(timeout, atOnce));
    }
  }

  /** A copy of one in a hundred calls, a minute each, four at once. */
  public static Shadow of(String label, Comparison comparison) {
    return new Shadow(label, 0.01, Duration.ofMinutes(1), 4, comparison);
  }

  /** A copy of this share of calls. */
  public Shadow share(double most) {
    return new Shadow(label, most, timeout, atOnce, comparison);
  }

  /** How long a copy may take, and how many may be under way. */
  public Shadow within(Duration time, int copies) {
    return new Shadow(label, share, time, copies, comparison);
  }
}
