package ai.powertools.session;

import ai.powertools.core.PowerToolsException;

/**
 * What a {@link Codec} throws when a value can't be written or read. It becomes the reason in a
 * {@link SessionException} that names session and key.
 */
public final class CodecException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * A reason.
   *
   * @param reason why not, and what to do, as whole sentences of which the first goes on after a
   *     colon; never a part of the value
   */
  public CodecException(String reason) {
    super(reason, null);
    this.reason = reason;
  }

  /** Why not, and what to do. */
  public String reason() {
    return reason;
  }
}
