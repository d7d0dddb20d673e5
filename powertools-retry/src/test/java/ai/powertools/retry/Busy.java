package ai.powertools.retry;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a provider's client throws while the provider is busy, with or without a wish to wait. */
final class Busy extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration wish;

  Busy() {
    this(null, null);
  }

  Busy(Duration wish) {
    this(wish, null);
  }

  Busy(@Nullable Duration wish, @Nullable Throwable cause) {
    super("The provider is busy", cause);
    this.wish = wish;
  }

  @Override
  public boolean retryable() {
    return true;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(wish);
  }
}
