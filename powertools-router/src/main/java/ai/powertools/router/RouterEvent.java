package ai.powertools.router;

import java.time.Duration;
import java.util.Optional;

/** Something that a router did. */
public sealed interface RouterEvent {
  /** The call that it was done for. */
  String callId();

  /**
   * It was decided in which order models are tried.
   *
   * @param callId the call
   * @param decision the plan; nobody has been asked yet
   */
  record Decided(String callId, RoutingDecision decision) implements RouterEvent {}

  /**
   * A model was tried.
   *
   * @param callId the call
   * @param tried what came of it
   */
  record Tried(String callId, RoutingDecision.Tried tried) implements RouterEvent {}

  /**
   * A second model is asked because the first is slow.
   *
   * @param callId the call
   * @param first which is slow
   * @param second which is asked
   */
  record Hedged(String callId, String first, String second) implements RouterEvent {}

  /**
   * An answer would not do, and a better model is asked.
   *
   * @param callId the call
   * @param label whose answer it was
   * @param complaint why it would not do
   */
  record Escalated(String callId, String label, String complaint) implements RouterEvent {}

  /**
   * No model may be asked at the moment, and one is waited for.
   *
   * @param callId the call
   * @param label which
   * @param time how long
   */
  record Waiting(String callId, String label, Duration time) implements RouterEvent {}

  /**
   * A model is left alone from now on, or is out.
   *
   * @param callId the call that failed
   * @param status how it stands
   */
  record LeftAlone(String callId, ModelStatus status) implements RouterEvent {}

  /**
   * A call ended.
   *
   * @param callId the call
   * @param decision how it came about
   * @param error why there is no answer; empty if there is one
   */
  record Ended(String callId, RoutingDecision decision, Optional<RuntimeException> error)
      implements RouterEvent {}
}
