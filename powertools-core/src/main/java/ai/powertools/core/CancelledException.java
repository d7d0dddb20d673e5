package ai.powertools.core;

import org.jspecify.annotations.Nullable;

/**
 * The caller called it off, by interrupting the thread, closing a stream or cancelling a future.
 */
public final class CancelledException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was called off
   * @param cause how it came to light, or null
   */
  public CancelledException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * For a caught {@link InterruptedException}: restores the thread's interrupt flag and gives the
   * error to throw in its place.
   *
   * @param what what was going on, as in "waiting for a permit"
   */
  public static CancelledException interrupted(String what, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new CancelledException("Interrupted while " + what + ".", cause);
  }
}
