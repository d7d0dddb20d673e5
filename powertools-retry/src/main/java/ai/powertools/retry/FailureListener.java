package ai.powertools.retry;

/**
 * Keeps account of calls that failed, or almost did. Called on the thread that ends the call, so it
 * should be quick; what it throws does not touch the call, but goes to the uncaught exception
 * handler of that thread.
 */
@FunctionalInterface
public interface FailureListener {
  /** A call had attempts that failed. Cancelled calls are not told of. */
  void onFailure(FailedCall call);
}
