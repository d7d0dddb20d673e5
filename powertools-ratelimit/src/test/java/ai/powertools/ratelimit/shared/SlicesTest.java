package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlicesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Limits HOT =
      Limits.of(
          Limit.of(Dimension.REQUESTS, 60_000, MINUTE).burst(2_000),
          Limit.of(Dimension.REQUESTS, 6_000, Duration.ofSeconds(1)).burst(2_000));

  private final VirtualClock clock = VirtualClock.create();
  private final InMemoryLimits shared = InMemoryLimits.on(clock);
  private final Slices slices = Slices.of("key", HOT);

  private Optional<Slices.Unused> ask(SharedTake take) {
    return slices.answered(take, Optional.of(shared.take(take).join()), clock.nanos());
  }

  private static long[] one() {
    return new long[] {1};
  }

  /** What is asked for, one demand after the other, where the held ones are not counted. */
  private List<Long> asked(int demands) {
    List<Long> asked = new ArrayList<>();
    for (int i = 0; i < demands; i++) {
      if (!slices.take(one(), clock.nanos())) {
        SharedTake take = slices.next(one(), Duration.ZERO, clock.nanos()).orElseThrow();
        asked.add(take.most().get(Dimension.REQUESTS));
        ask(take);
      }
    }
    return asked;
  }

  @Test
  void aSliceIsAFiftiethOfAWindowOrATenthOfASecond() {
    assertThat(slices.size(Dimension.REQUESTS)).isEqualTo(100);
    assertThat(slices.size(Dimension.TOKENS)).isZero();
    assertThat(slices.lifetime()).isEqualTo(Duration.ofMillis(100));
    assertThat(slices.dimensions()).containsExactly(Dimension.REQUESTS);
    assertThat(
            Slices.of("key", Limits.of(Limit.of(Dimension.REQUESTS, 60, MINUTE)))
                .size(Dimension.REQUESTS))
        .as("a slow limit has no slices")
        .isZero();
  }

  @Test
  void asksForTwiceAsMuchEachTimeWhileItIsHot() {
    assertThat(asked(120)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L);
    clock.advance(Duration.ofMillis(100));
    assertThat(slices.covers(one(), clock.nanos())).as("too old").isFalse();
    assertThat(asked(1)).as("cold again").containsExactly(1L);
  }

  @Test
  void neverHoldsMoreThanASlice() {
    assertThat(asked(229)).endsWith(64L, 101L, 101L);
    assertThat(slices.rest().orElseThrow().amounts())
        .as("one of the last was for the call itself")
        .isEqualTo(Map.of(Dimension.REQUESTS, 100L));
  }

  @Test
  void whatIsTooOldGoesBack() {
    asked(9);
    assertThat(slices.unused(clock.nanos())).isEmpty();
    clock.advance(Duration.ofMillis(100));
    Slices.Unused unused = slices.unused(clock.nanos()).orElseThrow();
    assertThat(unused.amounts()).isEqualTo(Map.of(Dimension.REQUESTS, 6L));
    assertThat(unused.key()).isEqualTo("key");
    assertThat(unused.limits()).isEqualTo(HOT);
    assertThat(slices.unused(clock.nanos())).isEmpty();
    assertThat(slices.rest()).isEmpty();
  }

  @Test
  void itsAgeCountsFromBeforeItWasAskedFor() {
    asked(1);
    SharedTake take = slices.next(one(), Duration.ZERO, clock.nanos()).orElseThrow();
    Grant grant = shared.take(take).join();
    clock.advance(Duration.ofMillis(99));
    slices.answered(take, Optional.of(grant), clock.nanos());
    assertThat(slices.covers(one(), clock.nanos())).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(slices.covers(one(), clock.nanos())).isFalse();
    assertThat(slices.covers(new long[] {0}, clock.nanos())).isTrue();
  }

  @Test
  void oneSliceIsAskedForAtATime() {
    assertThat(slices.next(one(), Duration.ZERO, clock.nanos())).isPresent();
    SharedTake slice = slices.next(one(), Duration.ZERO, clock.nanos()).orElseThrow();
    assertThat(slices.next(one(), Duration.ZERO, clock.nanos())).isEmpty();
    slices.answered(slice, Optional.empty(), clock.nanos());
    assertThat(slices.next(one(), Duration.ZERO, clock.nanos())).isPresent();
  }

  @Test
  void aCallGivesBackToTheSliceItTookFrom() {
    asked(9);
    long stamp = slices.stamp();
    assertThat(slices.take(new long[] {5}, clock.nanos())).isTrue();
    assertThat(slices.giveBack(new long[] {3}, stamp, clock.nanos())).isTrue();
    assertThat(slices.giveBack(new long[] {3}, stamp - 1, clock.nanos())).isFalse();
    assertThat(slices.giveBack(new long[] {1_000}, stamp, clock.nanos())).isFalse();
    clock.advance(Duration.ofMillis(100));
    assertThat(slices.giveBack(new long[] {1}, stamp, clock.nanos())).isFalse();
    assertThat(slices.rest().orElseThrow().amounts()).containsEntry(Dimension.REQUESTS, 4L);
  }

  @Test
  void oldOnesGoBackWhenANewOneCame() {
    asked(9);
    clock.advance(Duration.ofMillis(60));
    asked(6);
    SharedTake take = slices.next(one(), Duration.ZERO, clock.nanos()).orElseThrow();
    Grant grant = shared.take(take).join();
    assertThat(slices.answered(take, Optional.of(grant), clock.nanos())).isEmpty();
    SharedTake late = slices.next(new long[] {40}, Duration.ZERO, clock.nanos()).orElseThrow();
    Grant more = shared.take(late).join();
    clock.advance(Duration.ofMillis(100));
    assertThat(slices.answered(late, Optional.of(more), clock.nanos())).isPresent();
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> Slices.of("key", HOT, 1.1, MINUTE))
        .hasMessage("A slice is a share of [0, 1], not 1.1.");
    assertThatThrownBy(() -> Slices.of("key", HOT, Double.NaN, MINUTE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Slices.of("key", HOT, 0.1, Duration.ZERO))
        .hasMessage("A slice lives for some time, not for PT0S.");
  }
}
