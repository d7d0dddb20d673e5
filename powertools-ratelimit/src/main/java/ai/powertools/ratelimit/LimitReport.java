package ai.powertools.ratelimit;

import ai.powertools.core.headers.HeaderLimit;
import ai.powertools.core.headers.LimitHeaders;
import ai.powertools.core.headers.RetryAfter;
import ai.powertools.core.headers.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a provider said about its limits with one answer. What it did not say is not in it; nonsense
 * counts as not said. Immutable.
 *
 * @param dimensions of each dimension that was mentioned the limit that will be hit first
 * @param retryAfter how long the provider asks to wait; zero or more, at most 31 days
 */
public record LimitReport(Map<Dimension, Reported> dimensions, Optional<Duration> retryAfter) {
  /** Nothing said. */
  public static final LimitReport NONE = new LimitReport(Map.of(), Optional.empty());

  private static final Duration LONGEST_WAIT = Duration.ofDays(31);

  /** Keeps a copy of the map. */
  public LimitReport {
    dimensions = Map.copyOf(dimensions);
  }

  /**
   * One limit.
   *
   * @param limit the most in a window
   * @param remaining what is left of it
   * @param reset how long until all of it is there again, from when the answer came
   * @param window the window, where its length was said
   */
  public record Reported(
      OptionalLong limit,
      OptionalLong remaining,
      Optional<Duration> reset,
      Optional<Duration> window) {
    private static final List<Duration> USUAL =
        List.of(
            Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1));

    /** One whose window was not said. */
    public Reported(OptionalLong limit, OptionalLong remaining, Optional<Duration> reset) {
      this(limit, remaining, reset, Optional.empty());
    }

    /**
     * The window if it was said, or else the one of a second, a minute, an hour or a day that the
     * numbers fit: a bucket into which the limit flows evenly is full after {@code reset}, so its
     * window is {@code reset · limit / (limit − remaining)}. Groq's 14370 left of 14400, full in
     * 2m59.56s, are a day.
     *
     * @return empty when nothing is used yet, or no such window is within a factor of three
     */
    public Optional<Duration> likelyWindow() {
      if (window.isPresent() || limit.isEmpty() || remaining.isEmpty() || reset.isEmpty()) {
        return window;
      }
      long used = limit.getAsLong() - remaining.getAsLong();
      double seconds = reset.get().toMillis() / 1e3 * limit.getAsLong() / Math.max(1, used);
      return used <= 0 ? Optional.empty() : USUAL.stream().filter(near(seconds)).findFirst();
    }

    private static Predicate<Duration> near(double seconds) {
      return usual -> seconds > usual.toSeconds() / 3.0 && seconds < usual.toSeconds() * 3.0;
    }
  }

  /**
   * Reads the headers of an answer, of all the vendors and forms that {@link LimitHeaders} and
   * {@link RetryAfter} list.
   *
   * @param headers the value of a header, whatever the case of its name, or null
   * @param now when the answer came; what times in headers are compared with
   */
  public static LimitReport of(Function<String, @Nullable String> headers, Instant now) {
    return of(LimitHeaders.read(headers, now), headers, now);
  }

  private static LimitReport of(
      LimitHeaders read, Function<String, @Nullable String> headers, Instant now) {
    Map<Dimension, Reported> dimensions = new HashMap<>();
    for (HeaderLimit limit : read.limits()) {
      read.tightest(limit.of())
          .ifPresent(
              tightest ->
                  dimensions.put(
                      Dimension.of(limit.of()),
                      new Reported(
                          tightest.limit(),
                          tightest.remaining(),
                          tightest.reset(),
                          tightest.window())));
    }
    return new LimitReport(dimensions, RetryAfter.asked(headers, now));
  }

  /** The same from a map of all headers, such as that of {@code java.net.http.HttpHeaders}. */
  public static LimitReport of(Map<String, List<String>> headers, Instant now) {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, values) -> {
          // HttpURLConnection has the status line under null.
          if (name != null && !values.isEmpty()) {
            byName.put(name, isList(name) ? String.join(", ", values) : values.get(0));
          }
        });
    return of(LimitHeaders.read(byName.keySet(), byName::get, now), byName::get, now);
  }

  /** Whether a header that comes several times is one list. */
  private static boolean isList(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("ratelimit") || lower.equals("ratelimit-policy");
  }

  /** That the provider asks to wait so long. */
  public static LimitReport throttled(Duration retryAfter) {
    return new LimitReport(Map.of(), Optional.of(retryAfter));
  }

  /**
   * That the provider asks to wait so long, as Google's Gemini writes it into the body of a 429:
   * the {@code retryDelay} of the detail {@code google.rpc.RetryInfo}. It sends no headers about
   * limits.
   *
   * @param delay as in {@code 34s} or {@code 34.074824224s}, or null
   * @return {@link #NONE} for nonsense
   */
  public static LimitReport ofRetryDelay(@Nullable String delay) {
    return Span.parse(delay)
        .filter(wait -> wait.compareTo(LONGEST_WAIT) <= 0)
        .map(LimitReport::throttled)
        .orElse(NONE);
  }

  /** Whether nothing was said. */
  public boolean isEmpty() {
    return dimensions.isEmpty() && retryAfter.isEmpty();
  }
}
