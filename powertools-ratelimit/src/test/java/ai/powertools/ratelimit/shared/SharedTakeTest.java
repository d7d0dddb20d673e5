package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedTakeTest {
  private static final Limit SIXTY = Limit.of(Dimension.REQUESTS, 60, Duration.ofMinutes(1));
  private static final SharedTake TAKE =
      SharedTake.of("key", Limits.of(SIXTY), Map.of(Dimension.REQUESTS, 1L));

  @Test
  void refusesNonsense() {
    Limits limits = Limits.of(SIXTY);
    assertThatThrownBy(() -> SharedTake.of("", limits, Map.of()))
        .hasMessage("Shared limits need a key, not an empty one.");
    assertThatThrownBy(() -> SharedTake.of("key", limits, Map.of(Dimension.TOKENS, -1L)))
        .hasMessage("-1 tokens make no sense: give 0 to 1000000000000000.");
    assertThatThrownBy(() -> TAKE.upTo(Map.of(Dimension.TOKENS, ExactLimit.MOST + 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TAKE.within(Duration.ofNanos(-1)))
        .hasMessage("Nobody waits for PT-0.000000001S: give zero or more.");
    for (Duration ttl : List.of(Duration.ofNanos(999_999), Duration.ofDays(367))) {
      assertThatThrownBy(() -> TAKE.holding("lease", ttl))
          .hasMessage("A place is held for 1 ms to a year without a word, not for " + ttl + ".");
    }
  }

  @Test
  void asksForNoMoreThanThereCanEverBe() {
    Limits sliding = Limits.of(SIXTY.burst(100).slidingWindow());
    assertThatThrownBy(() -> SharedTake.of("key", sliding, Map.of(Dimension.REQUESTS, 61L)))
        .hasMessage(
            "There are never more than 60 of 60 requests per minute, and 61 are asked for. Ask for"
                + " less, or raise it.");
    Limits bursty = Limits.of(SIXTY.burst(100));
    assertThat(SharedTake.of("key", bursty, Map.of(Dimension.REQUESTS, 100L)).least())
        .containsEntry(Dimension.REQUESTS, 100L);
  }

  @Test
  void waitsForAYearAtMost() {
    assertThat(TAKE.within(Duration.ofSeconds(Long.MAX_VALUE)).maxWait())
        .isEqualTo(Duration.ofDays(366));
  }

  @Test
  void windowsOfFractionsAreRoundedAgainstTheCaller() {
    Limit limit = Limit.of(Dimension.REQUESTS, 6, Duration.ofNanos(10_001));
    ExactLimit exact = ExactLimit.of(limit, 0);
    assertThat(exact.window()).isEqualTo(11);
    assertThat(exact.id()).isEqualTo("requests/11b");
    assertThat(exact.inflow()).isEqualTo(6);
    assertThat(ExactLimit.of(SIXTY, 0).period()).isEqualTo(1_000_000);
  }
}
