package ai.powertools.cli;

import ai.powertools.core.CancelledException;
import ai.powertools.core.ConfigurationException;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.core.PowerToolsException;
import ai.powertools.cost.BudgetExceededException;
import ai.powertools.cost.UnknownCostException;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.NoFeasibleModelException;
import ai.powertools.router.ProviderException;
import ai.powertools.router.local.LocalModelException;
import ai.powertools.session.SessionException;
import ai.powertools.store.StoreException;
import ai.powertools.workflow.StepFailedException;

/** What a script learns from how the command ended. */
enum ExitCode {
  /** It was done. */
  OK(0),
  /** A bug of ours. */
  INTERNAL(1),
  /** The command line is wrong. */
  USAGE(2),
  /** A file, a variable or the configuration is wrong. */
  CONFIGURATION(3),
  /** Nothing was sent: no model can answer, or a budget has no room. */
  REFUSED(4),
  /** Every model that was tried failed. */
  PROVIDER(5),
  /** Time ran out. */
  TIMEOUT(6),
  /** Some rows of the input could not be read; the others were done. */
  PARTLY(7),
  /** Ctrl-C, as shells have it: 128 and the number of the signal. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ExitCode of(Throwable error) {
    if (error instanceof StepFailedException && error.getCause() != null) {
      return of(error.getCause());
    }
    if (error instanceof CancelledException
        || (error instanceof ProviderException call && call.kind() == ErrorKind.CANCELLED)) {
      return INTERRUPTED;
    }
    if (error instanceof NoFeasibleModelException
        || error instanceof BudgetExceededException
        || error instanceof UnknownCostException) {
      return REFUSED;
    }
    if (error instanceof LocalModelException local) {
      return of(local.reason());
    }
    if (error instanceof ConfigurationException
        || error instanceof StoreException
        || error instanceof SessionException) {
      return CONFIGURATION;
    }
    if (error instanceof DeadlineExceededException) {
      return TIMEOUT;
    }
    return error instanceof PowerToolsException ? PROVIDER : INTERNAL;
  }

  private static ExitCode of(LocalModelException.Reason reason) {
    return switch (reason) {
      case NO_SERVER, NO_SUCH_MODEL, NOT_SUPPORTED -> REFUSED;
      case OUT_OF_TIME -> TIMEOUT;
      case FAILED -> PROVIDER;
    };
  }
}
