package ai.powertools.router.providers;

import ai.powertools.router.ErrorKind;
import java.util.Optional;

/** Requests that an API has no form for are refused before anything is sent. */
final class Refusals {
  private Refusals() {}

  static void check(Attempt attempt, Optional<String> refusal) {
    if (refusal.isPresent()) {
      throw attempt
          .failure(ErrorKind.INVALID_REQUEST, "nothing was sent: " + refusal.get())
          .build();
    }
  }
}
