package ai.powertools.retry.classify;

import java.util.Optional;

/** What a client throws that keeps the response. */
final class Failing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient HttpFailure failure;

  Failing(HttpFailure failure) {
    super("The call failed");
    this.failure = failure;
  }

  static Optional<HttpFailure> of(Object error) {
    return error instanceof Failing failing ? Optional.of(failing.failure) : Optional.empty();
  }
}
