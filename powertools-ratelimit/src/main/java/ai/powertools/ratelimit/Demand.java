package ai.powertools.ratelimit;

import ai.powertools.core.Deadline;
import java.time.Duration;

/**
 * What a call asks of a limiter: one request, so many tokens, and how long it can wait. Immutable.
 *
 * @param tokens how many tokens the call may use, an estimate that {@link Permit#used} corrects;
 *     zero or more
 * @param patience how long it waits at most, from when it asks; zero never waits
 * @param deadline when its answer is no longer worth having
 */
public record Demand(long tokens, Duration patience, Deadline deadline) {
  private static final Duration ENDLESS = Deadline.never().remaining();
  private static final Demand REQUEST = new Demand(0, ENDLESS, Deadline.never());

  /** Refuses a negative number of tokens and a negative wait. */
  public Demand {
    Limit.requireCount("A demand", tokens, 0);
    if (patience.isNegative()) {
      throw new IllegalArgumentException("A demand cannot wait for " + patience + ".");
    }
  }

  /** One request and {@code tokens} tokens, that waits without end. */
  public static Demand tokens(long tokens) {
    return new Demand(tokens, ENDLESS, Deadline.never());
  }

  /** One request and no tokens, that waits without end. */
  public static Demand request() {
    return REQUEST;
  }

  /** The same, waiting at most this long; zero never waits. */
  public Demand within(Duration patience) {
    return new Demand(tokens, patience, deadline);
  }

  /** The same, for an answer that is worth having until {@code deadline}. */
  public Demand until(Deadline deadline) {
    return new Demand(tokens, patience, deadline);
  }

  /** What patience and deadline allow together, in nanoseconds from now. */
  long waitNanos() {
    long patient = patience.compareTo(ENDLESS) >= 0 ? Long.MAX_VALUE : patience.toNanos();
    // What comes at the deadline comes too late.
    return deadline.isNever()
        ? patient
        : Math.min(patient, Math.max(0, deadline.remaining().toNanos() - 1));
  }

  /** As in {@code "a request of 1500 tokens"}, for messages. */
  String label() {
    return tokens == 0 ? "a request" : "a request of " + tokens + " tokens";
  }
}
