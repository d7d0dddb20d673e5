package ai.powertools.router.providers;

import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderException;

/** One request to a vendor: by when it is wanted, and how it says that it failed. */
interface Attempt {
  /** By when the answer is wanted. */
  Deadline deadline();

  /** The clock that it is timed with. */
  Time time();

  /**
   * An error that knows whose request it was, and what had arrived.
   *
   * @param why the vendor's or the network's words; they are masked here
   */
  ProviderException.Builder failure(ErrorKind kind, String why);
}
