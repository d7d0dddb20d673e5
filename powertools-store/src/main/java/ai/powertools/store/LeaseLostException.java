package ai.powertools.store;

import ai.powertools.core.PowerToolsException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lease is not its holder's any more: another one has it, or it was released. Whatever it
 * protects must stop; only a new lease, with a new token, helps.
 */
public final class LeaseLostException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final long token;
  private final transient @Nullable LeaseInfo successor;

  LeaseLostException(LeaseInfo lost, Optional<LeaseInfo> successor) {
    super(
        "Lease \"%s\" (token %d) of \"%s\" is lost: %s. Stop what it protects, and acquire it anew."
            .formatted(
                lost.name(),
                lost.token(),
                lost.holder(),
                successor
                    .map(now -> "\"%s\" has token %d".formatted(now.holder(), now.token()))
                    .orElse("it was released")));
    this.name = lost.name();
    this.token = lost.token();
    this.successor = successor.orElse(null);
  }

  /** The name of the lease. */
  public String name() {
    return name;
  }

  /** The token that counts no more. */
  public long token() {
    return token;
  }

  /** Who has the lease now; empty if nobody has. */
  public Optional<LeaseInfo> successor() {
    return Optional.ofNullable(successor);
  }
}
