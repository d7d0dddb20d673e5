package ai.powertools.ratelimit;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Limits as rows of presets have them: {@code 500 requests/minute, 500_000 tokens/minute}. */
final class PresetLimits {
  private static final Pattern LIMIT =
      Pattern.compile("(\\d[\\d_]{0,30}) ([a-z][a-z0-9_]{0,63})/([a-z]+)");
  private static final Pattern AT_ONCE = Pattern.compile("(\\d{1,9}) at once");

  /** Whoever counts by so long a window lets it be used up whenever one likes. */
  private static final Duration LONG_WINDOW = Duration.ofHours(1);

  private PresetLimits() {}

  /**
   * The limits.
   *
   * @throws IllegalArgumentException with what to give instead
   */
  static Limits parse(String text) {
    Limits limits = Limits.none();
    for (String part : text.split(",", -1)) {
      String one = part.strip();
      Matcher atOnce = AT_ONCE.matcher(one);
      if (atOnce.matches()) {
        limits = limits.concurrency(Integer.parseInt(atOnce.group(1)));
        continue;
      }
      Limit limit = limit(one);
      int before = limits.list().size();
      limits = limits.with(limit);
      if (limits.list().size() == before) {
        throw new IllegalArgumentException("It says \"%s\" twice: keep one.".formatted(limit));
      }
    }
    return limits;
  }

  private static Limit limit(String text) {
    Matcher matcher = LIMIT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          ("\"%s\" is no limit: give a number and what per second, minute, hour, day or month, as in"
                  + " 500_000 tokens/minute, or a number at once, as in 8 at once.")
              .formatted(text));
    }
    Duration window = window(matcher.group(3));
    String digits = matcher.group(1).replace("_", "");
    long amount = digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    Limit limit = Limit.of(Dimension.of(matcher.group(2)), amount, window);
    return window.compareTo(LONG_WINDOW) >= 0 ? limit.slidingWindow() : limit;
  }

  private static Duration window(String name) {
    return switch (name) {
      case "second" -> Duration.ofSeconds(1);
      case "minute" -> Duration.ofMinutes(1);
      case "hour" -> Duration.ofHours(1);
      case "day" -> Duration.ofDays(1);
      case "month" -> Duration.ofDays(30);
      default ->
          throw new IllegalArgumentException(
              "\"%s\" is no window: give second, minute, hour, day or month.".formatted(name));
    };
  }
}
