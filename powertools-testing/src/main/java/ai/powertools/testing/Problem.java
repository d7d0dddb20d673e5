package ai.powertools.testing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no answer.
 *
 * @param number of the request among all of this simulator
 * @param code in OpenAI's words mostly; null if none was given
 * @param pause before another attempt; null if unknown
 */
record Problem(
    int number, int status, @Nullable String code, String message, @Nullable Duration pause) {
  Problem(int number, int status, @Nullable String code, String message) {
    this(number, status, code, message, null);
  }
}
