package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How old something is, as it is typed: {@code 30d}, {@code 12h}, {@code 90m}, {@code 5s}. */
final class Age {
  private static final Pattern TYPED = Pattern.compile("([0-9]{1,9})([dhms])");

  private Age() {}

  /**
   * Reads it; what ISO 8601 says is understood too.
   *
   * @throws ConfigurationException if it is none, or negative
   */
  static Duration parse(String option, String text) {
    Matcher typed = TYPED.matcher(text.strip());
    try {
      Duration age =
          typed.matches()
              ? of(Long.parseLong(typed.group(1)), typed.group(2))
              : Duration.parse(text.strip());
      if (!age.isNegative()) {
        return age;
      }
    } catch (DateTimeException e) {
      throw wrong(option, text, e);
    }
    throw wrong(option, text, null);
  }

  private static Duration of(long number, String unit) {
    return switch (unit) {
      case "d" -> Duration.ofDays(number);
      case "h" -> Duration.ofHours(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }

  private static ConfigurationException wrong(
      String option, String text, @Nullable Throwable cause) {
    return new ConfigurationException(
        "%s must be a time as in 30d, 12h or 90m, not \"%s\".".formatted(option, text), cause);
  }
}
