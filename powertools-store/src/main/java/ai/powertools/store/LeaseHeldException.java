package ai.powertools.store;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.time.Instant;

/** A lease could not be had in time: another one holds it. Trying again later may help. */
public final class LeaseHeldException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String holder;
  private final Instant expiresAt;

  LeaseHeldException(LeaseInfo held, Duration patience) {
    super(
        "Lease \"%s\" could not be had within %s: \"%s\" holds it until %s (token %d). Wait longer, or look after that holder."
            .formatted(held.name(), patience, held.holder(), held.expiresAt(), held.token()));
    this.name = held.name();
    this.holder = held.holder();
    this.expiresAt = held.expiresAt();
  }

  /** The name of the lease. */
  public String name() {
    return name;
  }

  /** Who holds it. */
  public String holder() {
    return holder;
  }

  /** Until when, unless it is renewed or released. */
  public Instant expiresAt() {
    return expiresAt;
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
