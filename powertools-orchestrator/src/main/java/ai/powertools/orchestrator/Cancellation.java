package ai.powertools.orchestrator;

import ai.powertools.core.CancelledException;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderException;

/** What a question ends with that somebody called off, which is no failure. */
final class Cancellation {
  private Cancellation() {}

  static boolean is(Throwable error) {
    return error instanceof CancelledException
        || (error instanceof ProviderException provider && provider.kind() == ErrorKind.CANCELLED);
  }
}
