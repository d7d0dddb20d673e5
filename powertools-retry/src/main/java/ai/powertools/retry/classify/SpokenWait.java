package ai.powertools.retry.classify;

import ai.powertools.core.headers.Span;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A wait that stands in a message for people, as OpenAI, Azure, Groq and Google write it: {@code
 * Please try again in 6m0s.}, {@code Please retry after 86400 seconds.}, {@code Please retry in
 * 36.42s.}
 */
final class SpokenWait {
  private static final Pattern WAIT =
      Pattern.compile(
          "(?i)\\b(?:retry|try again) (?:in|after) "
              + "((?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|h|m|s)(?![a-z0-9]))"
              + "|(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|h|m|s)){2,4}"
              + "|\\d{1,9}(?:\\.\\d{1,9})?(?= seconds?\\b))");

  private SpokenWait() {}

  static Optional<Duration> in(CharSequence text) {
    Matcher wait = WAIT.matcher(text);
    return wait.find() ? Span.parse(wait.group(1)) : Optional.empty();
  }
}
