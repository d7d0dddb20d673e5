package ai.powertools.retry.classify;

import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the body of a failure tells.
 *
 * @param error whether it tells of an error at all
 * @param codes its codes, types, statuses and reasons, in lower case
 * @param text its messages and the names of quotas, in lower case, cut short
 * @param status the HTTP status it names, for errors in an answer that had begun well
 * @param asked how long it asks to wait
 */
record ErrorBody(
    boolean error, Set<String> codes, String text, OptionalInt status, Optional<Duration> asked) {

  /** The same with a code more. */
  ErrorBody withCode(String code) {
    Set<String> more = new HashSet<>(codes);
    more.add(code.toLowerCase(Locale.ROOT));
    return new ErrorBody(error, more, text, status, asked);
  }
}
