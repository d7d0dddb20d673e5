package ai.powertools.router;

import java.time.Duration;

/**
 * How one of a router's models is.
 *
 * @param label which
 * @param state whether it is asked
 * @param remaining how long it is still left alone; zero in other states
 * @param reason why it is left alone or out; empty when it is ready
 * @param standing what came of its calls
 */
public record ModelStatus(
    String label, State state, Duration remaining, String reason, Standing standing) {
  /** Whether a model is asked. */
  public enum State {
    /** It is. */
    READY,
    /** It failed and is left alone for a while; then one call probes it. */
    COOLING,
    /** It failed in a way that does not pass by itself; see {@link LlmRouter#reinstate}. */
    OUT
  }

  static ModelStatus of(Contender contender, long nanos) {
    Health.State seen = contender.health().state();
    Duration wait = contender.health().untilOpen(nanos);
    State state =
        switch (seen.phase()) {
          case READY -> State.READY;
          case COOLING -> State.COOLING;
          case OUT -> State.OUT;
        };
    return new ModelStatus(
        contender.label(),
        state,
        wait == null ? Duration.ZERO : wait,
        state == State.READY ? "" : seen.why(),
        contender.standing(nanos));
  }
}
