package ai.powertools.retry;

/** Keeps what failed for good, so that it can be done later. */
@FunctionalInterface
public interface DeadLetterBox {
  /**
   * Keeps a call.
   *
   * @param key who was called; empty if nobody said
   * @param input what the call was made from
   * @param failure how it failed
   * @throws RuntimeException if it cannot be kept; the call fails with its own error all the same,
   *     and this is suppressed in it
   */
  void keep(String key, CallOptions.Input input, Failure failure);
}
