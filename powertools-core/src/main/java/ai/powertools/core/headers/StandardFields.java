package ai.powertools.core.headers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Limits in the fields of draft-ietf-httpapi-ratelimit-headers, in the three forms that its
 * versions gave them.
 */
final class StandardFields {
  private final Function<String, @Nullable String> header;
  private final Instant now;

  StandardFields(Function<String, @Nullable String> header, Instant now) {
    this.header = header;
    this.now = now;
  }

  List<HeaderLimit> read() {
    List<Member> policies = Member.list(header.apply("RateLimit-Policy"));
    List<Member> states = Member.list(header.apply("RateLimit"));
    if (states.stream().anyMatch(state -> state.name().contains("="))) {
      return List.of(dictionary(states, policies));
    }
    List<HeaderLimit> named = named(states, policies);
    return named.isEmpty() ? List.of(three(policies)) : named;
  }

  /** Since version 08: {@code RateLimit: "burst";r=50;t=30}, {@code "burst";q=100;w=60}. */
  private List<HeaderLimit> named(List<Member> states, List<Member> policies) {
    Map<String, Member> stateOf = new LinkedHashMap<>();
    policies.stream()
        .filter(policy -> policy.parameters().containsKey("q"))
        .forEach(policy -> stateOf.put(policy.name(), new Member(policy.name(), Map.of())));
    states.forEach(state -> stateOf.put(state.name(), state));
    List<HeaderLimit> limits = new ArrayList<>();
    for (Member state : stateOf.values()) {
      Map<String, String> policy =
          policies.stream()
              .filter(one -> one.name().equals(state.name()))
              .map(Member::parameters)
              .findFirst()
              .orElse(Map.of());
      limits.add(
          new HeaderLimit(
              unit(policy.get("qu")),
              LimitHeaders.whole(policy.get("q")),
              LimitHeaders.whole(state.parameters().get("r")),
              LimitHeaders.reset(state.parameters().get("t"), now),
              seconds(policy.get("w"))));
    }
    return limits;
  }

  /** Version 07: {@code RateLimit: limit=100, remaining=50, reset=30}. */
  private HeaderLimit dictionary(List<Member> states, List<Member> policies) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Member state : states) {
      String[] pair = state.name().split("=", 2);
      values.put(pair[0].strip().toLowerCase(Locale.ROOT), pair[pair.length - 1].strip());
    }
    OptionalLong limit = LimitHeaders.whole(values.get("limit"));
    return new HeaderLimit(
        HeaderLimit.REQUESTS,
        limit,
        LimitHeaders.whole(values.get("remaining")),
        LimitHeaders.reset(values.get("reset"), now),
        window(policies, limit));
  }

  /** Before: three fields, the first of them {@code RateLimit-Limit: 100, 100;w=60}. */
  private HeaderLimit three(List<Member> policies) {
    List<Member> limits = new ArrayList<>(Member.list(header.apply("RateLimit-Limit")));
    OptionalLong limit =
        limits.isEmpty() ? OptionalLong.empty() : LimitHeaders.whole(limits.get(0).name());
    limits.addAll(policies);
    return new HeaderLimit(
        HeaderLimit.REQUESTS,
        limit,
        LimitHeaders.whole(header.apply("RateLimit-Remaining")),
        LimitHeaders.reset(header.apply("RateLimit-Reset"), now),
        window(limits, limit));
  }

  /** The window of the policy about this many, as in {@code 100;w=60}. */
  private static Optional<Duration> window(List<Member> policies, OptionalLong limit) {
    return policies.stream()
        .filter(policy -> limit.isPresent() && LimitHeaders.whole(policy.name()).equals(limit))
        .flatMap(policy -> seconds(policy.parameters().get("w")).stream())
        .findFirst();
  }

  private static Optional<Duration> seconds(@Nullable String text) {
    return Span.number(text, 1_000_000_000).filter(window -> !window.isZero());
  }

  /** The quota unit, requests unless it is said. */
  private static String unit(@Nullable String text) {
    String unit = text == null ? HeaderLimit.REQUESTS : text.replace('-', '_');
    return unit.matches("[a-z][a-z0-9_]{0,63}") ? unit : "unknown";
  }
}
