package ai.powertools.core.headers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor says about its limits in the headers of one answer. Read are
 *
 * <ul>
 *   <li>{@code x-ratelimit-remaining-tokens}, resets as {@code 6m0s}, of OpenAI, Azure, Groq and
 *       those who follow them; with the window in the name, as in {@code …-requests-day} (Cerebras)
 *       and {@code …-req-minute} (Mistral),
 *   <li>{@code anthropic-ratelimit-tokens-remaining}, resets as RFC 3339, and the like with {@code
 *       priority} and {@code fast} in the place of {@code ratelimit},
 *   <li>the bare {@code x-ratelimit-remaining} of GitHub, OpenRouter and gateways, resets in
 *       seconds or as a time since 1970,
 *   <li>{@code RateLimit} and {@code RateLimit-Policy} of draft-ietf-httpapi-ratelimit-headers, and
 *       {@code RateLimit-Limit}, {@code -Remaining}, {@code -Reset} of its early versions.
 * </ul>
 *
 * <p>Google's Gemini sends none. The names do not tell what a window is where they do not say it:
 * Groq's {@code x-ratelimit-limit-requests} counts by the day, OpenAI's by the minute. An instance
 * is immutable.
 *
 * <p>Give the names that an answer has where they are known: otherwise some 180 are asked for.
 */
public final class LimitHeaders {
  private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

  /** A limit of calls that is whole only in more than a year is none. */
  private static final Duration LONGEST = Duration.ofDays(366);

  private final List<HeaderLimit> limits;

  private LimitHeaders(List<HeaderLimit> limits) {
    this.limits = limits;
  }

  /** What is counted, as names of headers have it, and as we call it. */
  private enum Counted {
    REQUESTS("requests", HeaderLimit.REQUESTS),
    REQ("req", HeaderLimit.REQUESTS),
    TOKENS("tokens", HeaderLimit.TOKENS),
    INPUT_TOKENS("input-tokens", HeaderLimit.INPUT_TOKENS),
    OUTPUT_TOKENS("output-tokens", HeaderLimit.OUTPUT_TOKENS),
    IMAGES("images", "images");

    private final String header;
    private final String of;

    Counted(String header, String of) {
      this.header = header;
      this.of = of;
    }
  }

  /** The ends of names that tell the window. */
  private enum Window {
    UNSAID("", Optional.empty()),
    SECOND("-second", Optional.of(Duration.ofSeconds(1))),
    MINUTE("-minute", Optional.of(Duration.ofMinutes(1))),
    HOUR("-hour", Optional.of(Duration.ofHours(1))),
    DAY("-day", Optional.of(Duration.ofDays(1))),
    MONTH("-month", Optional.of(Duration.ofDays(30)));

    private final String end;
    private final Optional<Duration> length;

    Window(String end, Optional<Duration> length) {
      this.end = end;
      this.length = length;
    }
  }

  /** The names of the three headers that tell of one limit. */
  private record Form(
      String of, Optional<Duration> window, String limit, String remaining, String reset) {
    /** As OpenAI has them. */
    static Form ending(String of, Optional<Duration> window, String end) {
      String start = "x-ratelimit-";
      return new Form(
          of, window, start + "limit" + end, start + "remaining" + end, start + "reset" + end);
    }

    /** As Anthropic has them. */
    static Form starting(String of, String start) {
      return new Form(
          of, Optional.empty(), start + "-limit", start + "-remaining", start + "-reset");
    }

    HeaderLimit read(Function<String, @Nullable String> header, Instant now) {
      return new HeaderLimit(
          of,
          whole(header.apply(limit)),
          whole(header.apply(remaining)),
          LimitHeaders.reset(header.apply(reset), now),
          window);
    }
  }

  private static final List<Form> FORMS = forms();

  private static List<Form> forms() {
    List<Form> forms = new ArrayList<>();
    for (Counted counted : Counted.values()) {
      for (Window window : Window.values()) {
        forms.add(Form.ending(counted.of, window.length, "-" + counted.header + window.end));
      }
      forms.add(Form.starting(counted.of, "anthropic-ratelimit-" + counted.header));
      for (String pool : List.of("priority", "fast")) {
        forms.add(
            Form.starting(pool + "_" + counted.of, "anthropic-" + pool + "-" + counted.header));
      }
    }
    forms.add(Form.ending(HeaderLimit.REQUESTS, Optional.empty(), ""));
    String formerly = "x-ratelimitbysize-"; // Mistral's limits of tokens
    forms.add(
        new Form(
            HeaderLimit.TOKENS,
            Window.MINUTE.length,
            formerly + "limit-minute",
            formerly + "remaining-minute",
            "ratelimitbysize-reset"));
    forms.add(
        new Form(
            HeaderLimit.TOKENS,
            Window.MONTH.length,
            formerly + "limit-month",
            formerly + "remaining-month",
            formerly + "reset-month"));
    return List.copyOf(forms);
  }

  /** Where in {@link #FORMS} a name stands. */
  private static final Map<String, Integer> BY_NAME = byName();

  private static Map<String, Integer> byName() {
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < FORMS.size(); i++) {
      byName.put(FORMS.get(i).limit, i);
      byName.put(FORMS.get(i).remaining, i);
      byName.put(FORMS.get(i).reset, i);
    }
    return Map.copyOf(byName);
  }

  /**
   * Reads the headers of an answer whose names are not known: asks for all that may be there.
   *
   * @param header the value of a header, whatever the case of its name, or null
   * @param now when the answer came; what times in headers are compared with
   */
  public static LimitHeaders read(Function<String, @Nullable String> header, Instant now) {
    return read(FORMS.stream(), true, header, now);
  }

  /**
   * Reads the headers of an answer.
   *
   * @param names those it has, in any case
   * @param header the value of a header, whatever the case of its name, or null
   * @param now when the answer came; what times in headers are compared with
   */
  public static LimitHeaders read(
      Iterable<String> names, Function<String, @Nullable String> header, Instant now) {
    BitSet present = new BitSet(FORMS.size());
    boolean standard = false;
    for (String name : names) {
      String lower = name.toLowerCase(Locale.ROOT);
      Integer form = BY_NAME.get(lower);
      if (form != null) {
        present.set(form);
      }
      standard |= lower.startsWith("ratelimit");
    }
    return read(present.stream().mapToObj(FORMS::get), standard, header, now);
  }

  private static LimitHeaders read(
      Stream<Form> forms,
      boolean standard,
      Function<String, @Nullable String> header,
      Instant now) {
    Stream<HeaderLimit> vendors = forms.map(form -> form.read(header, now));
    Stream<HeaderLimit> others =
        standard ? new StandardFields(header, now).read().stream() : Stream.empty();
    return new LimitHeaders(
        Stream.concat(vendors, others).filter(limit -> !limit.isSilent()).toList());
  }

  static OptionalLong whole(@Nullable String value) {
    return value != null && value.length() <= 64 && WHOLE.matcher(value.strip()).matches()
        ? OptionalLong.of(Long.parseLong(value.strip()))
        : OptionalLong.empty();
  }

  static Optional<Duration> reset(@Nullable String value, Instant now) {
    return Moment.reset(value, now).filter(wait -> wait.compareTo(LONGEST) <= 0);
  }

  /** What was said, one limit after the other; empty when nothing was. */
  public List<HeaderLimit> limits() {
    return limits;
  }

  /**
   * Of the limits of one thing, the one that will be hit first: of which the least share is left,
   * and of those the one that takes longest to come back.
   *
   * @param of what is counted, as in {@link HeaderLimit#of}
   */
  public Optional<HeaderLimit> tightest(String of) {
    return limits.stream()
        .filter(limit -> limit.of().equals(of))
        .min(
            Comparator.comparingDouble(HeaderLimit::shareLeft)
                .thenComparing(
                    limit -> limit.reset().orElse(Duration.ZERO), Comparator.reverseOrder()));
  }
}
