package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every place for shared limits does, on a clock that the test turns. */
abstract class SharedLimitsContract {
  private static final String KEY = "vendor key 1";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Limit SIXTY = Limit.of(Dimension.REQUESTS, 60, MINUTE);
  private static final Limit TOKENS = Limit.of(Dimension.TOKENS, 6_000, MINUTE).burst(1_000);

  /** The server's clock, in microseconds. */
  private final AtomicLong now = new AtomicLong(1_700_000_000_000_000L);

  private SharedLimits shared = InMemoryLimits.create();

  /** Empty ones on this clock. */
  abstract SharedLimits create(AtomicLong micros);

  @BeforeEach
  void open() {
    shared = create(now);
  }

  @AfterEach
  void close() {
    shared.close();
    shared.close();
  }

  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  private Grant take(SharedTake take) throws Exception {
    return get(shared.take(take));
  }

  private Grant take(Limits limits, Map<Dimension, Long> amounts) throws Exception {
    return take(SharedTake.of(KEY, limits, amounts));
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos() / 1_000);
  }

  private static Map<Dimension, Long> requests(long count) {
    return Map.of(Dimension.REQUESTS, count);
  }

  private static Map<Dimension, Long> tokens(long count) {
    return Map.of(Dimension.TOKENS, count);
  }

  @Test
  void grantsABurstAndThenAsItComesIn() throws Exception {
    Limits limits = Limits.of(SIXTY.burst(3));
    for (int i = 0; i < 3; i++) {
      Grant grant = take(limits, requests(1));
      assertThat(grant.granted()).isTrue();
      assertThat(grant.delay()).isZero();
      assertThat(grant.amounts()).isEqualTo(requests(1));
      assertThat(grant.inTheWay()).isEmpty();
    }
    Grant refused = take(limits, requests(1));
    assertThat(refused.granted()).isFalse();
    assertThat(refused.isBusy()).isFalse();
    assertThat(refused.delay()).isEqualTo(SECOND);
    assertThat(refused.inTheWay()).contains(SIXTY.burst(3));
    assertThat(refused.amounts()).isEmpty();
    pass(SECOND.minusNanos(1_000));
    assertThat(take(limits, requests(1)).granted()).isFalse();
    pass(Duration.ofNanos(1_000));
    assertThat(take(limits, requests(1)).granted()).isTrue();
    assertThat(take(limits, requests(1)).granted()).isFalse();
  }

  @Test
  void takesFromAllLimitsOrFromNone() throws Exception {
    Limits limits = Limits.of(SIXTY.burst(2), TOKENS);
    Map<Dimension, Long> heavy = Map.of(Dimension.REQUESTS, 1L, Dimension.TOKENS, 900L);
    assertThat(take(limits, heavy).granted()).isTrue();
    Grant refused = take(limits, heavy);
    assertThat(refused.granted()).isFalse();
    assertThat(refused.inTheWay()).contains(TOKENS);
    assertThat(refused.delay()).isEqualTo(SECOND.multipliedBy(8));
    Map<Dimension, Long> light = Map.of(Dimension.REQUESTS, 1L, Dimension.TOKENS, 100L);
    assertThat(take(limits, light).granted()).as("the refusal took no request").isTrue();
  }

  @Test
  void grantsAheadInOneLineSoThatLightOnesDoNotOvertake() throws Exception {
    Limits limits = Limits.of(TOKENS);
    take(limits, tokens(1_000));
    Grant heavy = take(SharedTake.of(KEY, limits, tokens(500)).within(Duration.ofSeconds(10)));
    assertThat(heavy.granted()).isTrue();
    assertThat(heavy.delay()).isEqualTo(Duration.ofSeconds(5));
    Grant light = take(SharedTake.of(KEY, limits, tokens(1)).within(Duration.ofSeconds(10)));
    assertThat(light.granted()).isTrue();
    assertThat(light.delay()).isEqualTo(Duration.ofMillis(5_010));
    Grant refused = take(SharedTake.of(KEY, limits, tokens(600)).within(Duration.ofSeconds(10)));
    assertThat(refused.granted()).isFalse();
    assertThat(refused.delay()).isEqualTo(Duration.ofMillis(11_010));
    assertThat(refused.inTheWay()).contains(TOKENS);
  }

  @Test
  void isFullOnlyOnceWhenAnotherLimitDelaysWhatWasGrantedAhead() throws Exception {
    Limits limits = Limits.of(SIXTY, TOKENS);
    Map<Dimension, Long> all = Map.of(Dimension.REQUESTS, 1L, Dimension.TOKENS, 1_000L);
    take(limits, all);
    Grant ahead = take(SharedTake.of(KEY, limits, all).within(MINUTE));
    assertThat(ahead.delay()).isEqualTo(Duration.ofSeconds(10));
    pass(Duration.ofSeconds(10));
    assertThat(take(limits, requests(1)).delay())
        .as("the one request of the burst is that of the grant")
        .isEqualTo(SECOND);
  }

  @Test
  void grantsMoreThanABurstWhenTheBucketIsFullAndLeavesADebt() throws Exception {
    Limits limits = Limits.of(TOKENS);
    assertThat(take(limits, tokens(3_000)).granted()).isTrue();
    assertThat(take(limits, tokens(100)).delay()).isEqualTo(Duration.ofSeconds(21));
    assertThatThrownBy(() -> SharedTake.of(KEY, limits, tokens(6_001)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("There are never more than 6000 of 6000 tokens per minute");
  }

  @Test
  void takesForLaterCallsWhatIsThereNow() throws Exception {
    Limits limits = Limits.of(SIXTY.burst(50), SIXTY.burst(30), TOKENS);
    Map<Dimension, Long> least = Map.of(Dimension.REQUESTS, 1L, Dimension.TOKENS, 10L);
    Map<Dimension, Long> most = Map.of(Dimension.REQUESTS, 40L, Dimension.TOKENS, 500L);
    Grant grant = take(SharedTake.of(KEY, limits, least).upTo(most));
    assertThat(grant.amounts()).isEqualTo(Map.of(Dimension.REQUESTS, 30L, Dimension.TOKENS, 500L));
    Grant ahead = take(SharedTake.of(KEY, limits, least).upTo(most).within(MINUTE));
    assertThat(ahead.delay()).isEqualTo(SECOND);
    assertThat(ahead.amounts())
        .as("nothing is reserved for calls that nobody makes yet")
        .isEqualTo(least);
  }

  @Test
  void whatNoLimitCountsIsThere() throws Exception {
    Map<Dimension, Long> images = Map.of(Dimension.of("images"), 7L);
    assertThat(take(Limits.none(), images).amounts()).isEqualTo(images);
    assertThat(take(Limits.of(SIXTY), Map.of()).granted()).isTrue();
  }

  @Test
  void aSlidingWindowNeverHasMoreThanTheAmount() throws Exception {
    Limit limit = Limit.of(Dimension.REQUESTS, 10, MINUTE).slidingWindow();
    Limits limits = Limits.of(limit);
    assertThat(take(limits, requests(6)).granted()).isTrue();
    pass(Duration.ofSeconds(20));
    assertThat(take(limits, requests(4)).granted()).isTrue();
    Grant refused = take(limits, requests(1));
    assertThat(refused.delay()).isEqualTo(Duration.ofSeconds(40));
    assertThat(refused.inTheWay()).contains(limit);
    pass(Duration.ofSeconds(40));
    assertThat(take(limits, requests(7)).delay()).isEqualTo(Duration.ofSeconds(20));
    assertThat(take(limits, requests(6)).granted()).isTrue();
    Grant ahead = take(SharedTake.of(KEY, limits, requests(4)).within(MINUTE));
    assertThat(ahead.delay()).isEqualTo(Duration.ofSeconds(20));
    assertThat(take(SharedTake.of(KEY, limits, requests(2)).within(MINUTE)).delay())
        .isEqualTo(MINUTE);
  }

  @Test
  void givesBackWhatWasNotUsed() throws Exception {
    Limits limits = Limits.of(TOKENS, TOKENS.slidingWindow());
    Grant grant = take(limits, tokens(1_000));
    get(shared.giveBack(KEY, limits, tokens(700), grant.stamp()));
    assertThat(take(limits, tokens(700)).granted()).isTrue();
    assertThat(take(limits, tokens(1)).granted()).isFalse();
  }

  @Test
  void doesNotGiveBackWhatHasComeInAgain() throws Exception {
    Limits limits = Limits.of(TOKENS);
    Grant grant = take(limits, tokens(1_000));
    pass(Duration.ofSeconds(9));
    take(limits, tokens(900));
    get(shared.giveBack(KEY, limits, tokens(1_000), grant.stamp()));
    assertThat(take(limits, tokens(101)).granted())
        .as("had it never been taken, 1000 would have been there before and 100 after")
        .isFalse();
    assertThat(take(limits, tokens(100)).granted()).isTrue();
    pass(MINUTE);
    get(shared.giveBack(KEY, limits, tokens(900), grant.stamp()));
    assertThat(take(limits, tokens(1_000)).granted()).isTrue();
    assertThat(take(limits, tokens(1)).granted()).isFalse();
  }

  @Test
  void doesNotGiveBackToAWindowThatItHasLeft() throws Exception {
    Limits limits = Limits.of(Limit.of(Dimension.REQUESTS, 10, MINUTE).slidingWindow());
    Grant grant = take(limits, requests(10));
    pass(MINUTE);
    take(limits, requests(10));
    get(shared.giveBack(KEY, limits, requests(10), grant.stamp()));
    assertThat(take(limits, requests(1)).granted()).isFalse();
  }

  @Test
  void aPlaceIsHeldUntilItIsReleasedOrLapses() throws Exception {
    Limits limits = Limits.none().concurrency(2);
    SharedTake one = SharedTake.of(KEY, limits, Map.of());
    Duration ttl = Duration.ofSeconds(30);
    assertThat(take(one.holding("a", ttl)).granted()).isTrue();
    assertThat(take(one.holding("b", ttl)).granted()).isTrue();
    assertThat(take(one.holding("c", ttl)).isBusy()).isTrue();
    assertThat(take(one.holding("a", ttl)).granted()).as("it has one").isTrue();
    get(shared.release(KEY, "b"));
    get(shared.release(KEY, "b"));
    assertThat(take(one.holding("c", ttl)).granted()).isTrue();
    pass(Duration.ofSeconds(20));
    get(shared.renew(KEY, List.of("c"), ttl));
    pass(Duration.ofSeconds(10));
    assertThat(take(one.holding("d", ttl)).granted()).as("a has lapsed").isTrue();
    assertThat(take(one.holding("e", ttl)).isBusy()).as("c was renewed").isTrue();
    assertThat(take(one).granted()).as("without a place").isTrue();
  }

  @Test
  void aPlaceThatIsGrantedAheadIsHeldFromThenOn() throws Exception {
    Limits limits = Limits.of(SIXTY).concurrency(2);
    Duration ttl = Duration.ofSeconds(5);
    SharedTake one = SharedTake.of(KEY, limits, requests(1)).within(ttl);
    take(one.holding("a", ttl));
    assertThat(take(one.holding("b", ttl)).delay()).isEqualTo(SECOND);
    pass(Duration.ofMillis(5_999));
    assertThat(take(one.holding("c", ttl)).granted()).isTrue();
    assertThat(take(one.holding("d", ttl)).isBusy()).isTrue();
  }

  @Test
  void nobodyIsLetThroughDuringAPause() throws Exception {
    Limits limits = Limits.of(SIXTY.burst(2));
    get(shared.backOff(KEY, Duration.ofSeconds(20)));
    get(shared.backOff(KEY, Duration.ofSeconds(5)));
    Grant refused = take(limits, requests(1));
    assertThat(refused.granted()).isFalse();
    assertThat(refused.delay()).isEqualTo(Duration.ofSeconds(20));
    assertThat(refused.closedFor()).isEqualTo(Duration.ofSeconds(20));
    assertThat(refused.inTheWay()).isEmpty();
    Grant ahead = take(SharedTake.of(KEY, limits, requests(1)).within(MINUTE));
    assertThat(ahead.granted()).isTrue();
    assertThat(ahead.delay()).isEqualTo(Duration.ofSeconds(20));
    pass(Duration.ofSeconds(20));
    assertThat(take(limits, requests(1)).closedFor()).isZero();
  }

  @Test
  void grantsNoFurtherAheadThanAPlaceIsHeld() throws Exception {
    Limits limits = Limits.of(SIXTY);
    Duration ttl = Duration.ofSeconds(2);
    List<Boolean> granted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      SharedTake take = SharedTake.of(KEY, limits, requests(1)).within(MINUTE);
      granted.add(take(take.holding("lease " + i, ttl)).granted());
    }
    assertThat(granted).containsExactly(true, true, true, false, false);
  }

  @Test
  void keysDoNotTouchEachOther() throws Exception {
    Limits limits = Limits.of(SIXTY).concurrency(1);
    Duration ttl = Duration.ofSeconds(5);
    assertThat(take(SharedTake.of("a", limits, requests(1)).holding("1", ttl)).granted()).isTrue();
    assertThat(take(SharedTake.of("b", limits, requests(1)).holding("2", ttl)).granted()).isTrue();
    get(shared.backOff("b", MINUTE));
    assertThat(take(SharedTake.of("a{b}", limits, requests(1))).granted()).isTrue();
  }

  @Test
  void aLimitMayChange() throws Exception {
    take(Limits.of(SIXTY.burst(10)), requests(4));
    assertThat(take(Limits.of(SIXTY.burst(3)), requests(3)).granted()).isTrue();
    assertThat(take(Limits.of(SIXTY.burst(3)), requests(1)).granted()).isFalse();
    Limit faster = Limit.of(Dimension.REQUESTS, 7_000, MINUTE).burst(100);
    pass(Duration.ofMillis(500));
    assertThat(take(Limits.of(faster), requests(58)).granted()).isTrue();
    Limit longer = Limit.of(Dimension.REQUESTS, 60, Duration.ofHours(1)).burst(2);
    assertThat(take(Limits.of(longer), requests(2)).granted()).as("another window").isTrue();
  }

  @Test
  void aClockThatIsSetBackHoldsNobodyUp() throws Exception {
    Limits limits = Limits.of(SIXTY, SIXTY.slidingWindow()).concurrency(1);
    Duration ttl = Duration.ofSeconds(10);
    take(SharedTake.of(KEY, limits, requests(1)).holding("a", ttl));
    get(shared.backOff(KEY, Duration.ofMillis(300)));
    pass(Duration.ofHours(-1));
    Grant refused = take(limits, requests(1));
    assertThat(refused.delay()).isEqualTo(SECOND);
    assertThat(refused.closedFor()).isEqualTo(Duration.ofMillis(300));
    pass(SECOND);
    assertThat(take(limits, requests(1)).granted()).isTrue();
    assertThat(take(SharedTake.of(KEY, limits, Map.of()).holding("b", ttl)).isBusy()).isTrue();
    pass(Duration.ofSeconds(9));
    assertThat(take(SharedTake.of(KEY, limits, Map.of()).holding("b", ttl)).granted()).isTrue();
  }

  @Test
  void aRefusalLeavesNoTraceWhenTheClockIsSetBackAfterIt() throws Exception {
    Limits window = Limits.of(Limit.of(Dimension.REQUESTS, 1, MINUTE).slidingWindow());
    Limits bucket = Limits.of(Limit.of(Dimension.TOKENS, 1, MINUTE));
    take(window, requests(1));
    take(bucket, tokens(1));
    pass(SECOND.multipliedBy(50));
    assertThat(take(window, requests(1)).delay()).isEqualTo(SECOND.multipliedBy(10));
    assertThat(take(bucket, tokens(1)).delay()).isEqualTo(SECOND.multipliedBy(10));
    pass(SECOND.multipliedBy(-20));
    assertThat(take(window, requests(1)).delay()).isEqualTo(SECOND.multipliedBy(30));
    assertThat(take(bucket, tokens(1)).delay()).isEqualTo(SECOND.multipliedBy(30));
  }

  @Test
  void aPlaceIsHeldOnWhenTheClockIsSetBackAfterARefusal() throws Exception {
    Limits limits = Limits.of(Limit.of(Dimension.REQUESTS, 1, Duration.ofHours(1))).concurrency(1);
    SharedTake take = SharedTake.of(KEY, limits, requests(1));
    assertThat(take(take.holding("a", SECOND.multipliedBy(20))).granted()).isTrue();
    pass(SECOND.multipliedBy(20));
    assertThat(take(take.holding("b", SECOND)).isBusy()).isFalse();
    pass(SECOND.multipliedBy(-5));
    assertThat(take(take.holding("b", SECOND)).isBusy()).isTrue();
  }

  @Test
  void aBucketGoesOnWhenTheClockIsSetBackAfterAReturn() throws Exception {
    Limits limits = Limits.of(SIXTY.burst(10));
    Grant grant = take(limits, requests(10));
    pass(SECOND.multipliedBy(5));
    get(shared.giveBack(KEY, limits, requests(1), grant.stamp()));
    pass(SECOND.multipliedBy(-5));
    assertThat(take(limits, requests(6)).granted()).isTrue();
    assertThat(take(limits, requests(1)).delay()).isEqualTo(SECOND);
    pass(SECOND);
    assertThat(take(limits, requests(1)).granted()).isTrue();
  }

  @Test
  void aTakeThatIsRefusedFirstSetsNoClock() throws Exception {
    Limits limits = Limits.of(SIXTY.burst(1)).concurrency(1);
    get(shared.renew(KEY, List.of("a"), SECOND.multipliedBy(20)));
    SharedTake take = SharedTake.of(KEY, limits, requests(1));
    pass(SECOND.multipliedBy(10));
    assertThat(take(take.holding("b", SECOND)).isBusy()).isTrue();
    pass(SECOND.multipliedBy(-10));
    assertThat(take(take.holding("b", SECOND)).isBusy()).isTrue();
    pass(SECOND.multipliedBy(15));
    assertThat(take(take.holding("b", SECOND)).isBusy()).isTrue();
    pass(SECOND.multipliedBy(5));
    assertThat(take(take.holding("b", SECOND)).granted()).isTrue();
  }

  @Test
  void countsLargeNumbersExactly() throws Exception {
    long most = ExactLimit.MOST;
    Limit daily = Limit.of(Dimension.TOKENS, most - 1, Duration.ofDays(1)).burst(most);
    Limits limits = Limits.of(daily);
    assertThat(take(limits, tokens(most)).granted()).isTrue();
    assertThat(take(limits, tokens(most)).delay())
        .isBetween(Duration.ofDays(1), Duration.ofDays(1).plusNanos(1_000));
    pass(Duration.ofHours(12));
    assertThat(take(limits, tokens(most / 2)).granted()).isFalse();
    assertThat(take(limits, tokens(most / 2 - 1)).granted()).isTrue();
  }

  @Test
  void saysThatItIsClosed() {
    shared.close();
    SharedTake take = SharedTake.of(KEY, Limits.of(SIXTY), requests(1));
    assertThatThrownBy(() -> get(shared.take(take)))
        .cause()
        .isInstanceOf(SharedLimitsException.class)
        .hasMessageContaining("are closed. Close them after all limiters that share them.");
  }
}
