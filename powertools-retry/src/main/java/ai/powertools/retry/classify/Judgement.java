package ai.powertools.retry.classify;

import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Verdict;
import java.time.Duration;
import java.util.Optional;

/** Makes verdicts of what tables say and what was asked. */
final class Judgement {
  private Judgement() {}

  /**
   * A verdict.
   *
   * @param wait what the other side asks for; of no account where nobody tries again
   */
  static Verdict of(ErrorKind kind, String reason, Optional<Duration> wait) {
    boolean again = kind == ErrorKind.TRANSIENT || kind == ErrorKind.THROTTLED;
    return new Verdict(kind, again ? wait : Optional.empty(), reason);
  }

  static Verdict of(ErrorKind kind, String reason) {
    return of(kind, reason, Optional.empty());
  }
}
