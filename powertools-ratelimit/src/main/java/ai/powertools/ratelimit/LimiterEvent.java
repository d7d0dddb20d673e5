package ai.powertools.ratelimit;

import java.time.Duration;

/**
 * Something that happened at a limiter. Told on the thread on which it happened, after the decision
 * was made: a listener may be slow, but then so is the call, and it must not throw.
 */
public sealed interface LimiterEvent {
  /** The limiter's name. */
  String limiter();

  /**
   * A call was let through.
   *
   * @param waited how long it had waited; zero when it did not
   */
  record Granted(String limiter, Demand demand, Duration waited) implements LimiterEvent {}

  /**
   * A call was not let through.
   *
   * @param refusal why
   * @param limit what was in the way, as in {@code "60 requests per minute"}
   * @param waited how long it had waited; zero when it was refused at once
   */
  record Refused(String limiter, Demand demand, Refusal refusal, String limit, Duration waited)
      implements LimiterEvent {}

  /**
   * Somebody gave up: it was interrupted, or its future was cancelled.
   *
   * @param waited how long it had waited
   */
  record GaveUp(String limiter, Demand demand, Duration waited) implements LimiterEvent {}

  /**
   * A permit came back.
   *
   * @param held how long it was out
   */
  record Ended(String limiter, Demand demand, Duration held) implements LimiterEvent {}

  /**
   * A permit was not given back in time; its place was given to others.
   *
   * @param held how long it was out
   */
  record LeaseEnded(String limiter, Demand demand, Duration held) implements LimiterEvent {}

  /**
   * Nobody is let through for a while.
   *
   * @param place as in {@code provider "openai"}; empty for the whole limiter
   * @param pause from now
   */
  record Closed(String limiter, String place, Duration pause) implements LimiterEvent {}

  /**
   * Limits are others now: somebody changed them, or they were learned.
   *
   * @param place as in {@code provider "openai"}; empty for the whole limiter
   */
  record Changed(String limiter, String place, Limits limits) implements LimiterEvent {}
}
