package ai.powertools.core.headers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever a server sends: nothing is thrown, and what is read has bounds. */
class HeadersProperties {
  private static final int ROUNDS = Integer.getInteger("powertools.fuzz.rounds", 2_000);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final String[] NAMES = {
    "Retry-After",
    "retry-after-ms",
    "x-ratelimit-limit",
    "x-ratelimit-reset",
    "x-ratelimit-remaining",
    "x-ratelimit-limit-requests",
    "x-ratelimit-remaining-requests",
    "x-ratelimit-reset-requests",
    "x-ratelimit-reset-tokens",
    "x-ratelimit-remaining-tokens-minute",
    "anthropic-ratelimit-tokens-reset",
    "RateLimit",
    "RateLimit-Policy",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset"
  };

  private static final String[] PIECES = {
    "0",
    "1",
    "59",
    "1800000000",
    "9".repeat(30),
    "-",
    ".",
    "e9",
    "s",
    "ms",
    "m",
    "h",
    "d",
    " ",
    ",",
    ";",
    "=",
    "\"",
    "\\",
    "q=100",
    ";w=60",
    ";r=5",
    ";t=1",
    "limit=",
    "remaining=",
    "reset=",
    ":",
    "2026-01-01T00:00:30Z",
    "+999999999-12-31T23:59:59Z",
    "Sat, 01 Aug 2026 12:01:30 GMT",
    "\u0000",
    "é",
    "١",
    "\ud800",
    "NaN",
    "Infinity",
    "x".repeat(300),
    "\t",
    "qu=\"content-bytes\""
  };

  private static String value(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  @Test
  void readsAnyGarbageWithoutThrowing() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (int i = random.nextInt(8); i >= 0; i--) {
        headers.put(NAMES[random.nextInt(NAMES.length)], value(random));
      }
      String label = "-Dpowertools.seed=" + SEED + ", round " + round + ": " + headers;

      assertThat(RetryAfter.of(headers::get, NOW).orElse(Duration.ZERO))
          .as(label)
          .isBetween(Duration.ZERO, Duration.ofDays(31));
      assertThat(LimitHeaders.read(headers::get, NOW).limits())
          .as(label)
          .hasSizeLessThan(100)
          .allSatisfy(HeadersProperties::hasBounds);
      assertThat(LimitHeaders.read(headers.keySet(), headers::get, NOW).limits())
          .as(label + ": by names")
          .isEqualTo(LimitHeaders.read(headers::get, NOW).limits());
    }
  }

  private static void hasBounds(HeaderLimit limit) {
    assertThat(limit.of()).matches("[a-z][a-z0-9_]*");
    assertThat(limit.limit().orElse(0)).isNotNegative();
    assertThat(limit.remaining().orElse(0)).isNotNegative();
    assertThat(limit.shareLeft()).isBetween(0.0, 1.0);
    assertThat(limit.reset().orElse(Duration.ZERO)).isBetween(Duration.ZERO, Duration.ofDays(366));
    assertThat(limit.window().orElse(Duration.ofSeconds(1))).isPositive();
  }

  @Test
  void readsBackEveryNumberThatIsWrittenInAnyForm() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS / 10; round++) {
      Duration wait = Duration.ofMillis(random.nextInt(86_400_000));
      long left = random.nextInt(1_000_000);
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      headers.put("X-RateLimit-Remaining-Tokens", " " + left + " ");
      headers.put(
          "x-ratelimit-reset-tokens",
          switch (random.nextInt(4)) {
            case 0 ->
                wait.toMinutes() + "m" + wait.minusMinutes(wait.toMinutes()).toMillis() + "ms";
            case 1 -> NOW.plus(wait).toString();
            case 2 -> "" + NOW.plus(wait).toEpochMilli();
            default -> wait.toMillis() + "ms";
          });

      HeaderLimit limit = LimitHeaders.read(headers::get, NOW).tightest("tokens").orElseThrow();
      assertThat(limit.reset()).as("-Dpowertools.seed=" + SEED + headers).contains(wait);
      assertThat(limit.remaining().orElseThrow()).isEqualTo(left);
    }
  }
}
