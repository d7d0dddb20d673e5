package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits, sets of them, demands and dimensions: what they are, say and refuse. */
class ValuesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Limit SIXTY = Limit.of(Dimension.REQUESTS, 60, MINUTE);

  @Test
  void limitsSayWhatTheyAllow() {
    assertThat(SIXTY).hasToString("60 requests per minute");
    assertThat(Limit.of(Dimension.REQUESTS, 1, Duration.ofSeconds(1)))
        .hasToString("1 request per second");
    assertThat(Limit.of(Dimension.INPUT_TOKENS, 5, Duration.ofHours(1)))
        .hasToString("5 input tokens per hour");
    assertThat(Limit.of(Dimension.of("micro_usd"), 1, Duration.ofDays(1)))
        .hasToString("1 micro usd per day");
    assertThat(Limit.of(Dimension.TOKENS, 7, Duration.ofMillis(1500)))
        .hasToString("7 tokens per PT1.5S");
  }

  @Test
  void aLimitHoldsASixtiethAtOnceUnlessToldOtherwise() {
    assertThat(SIXTY.burst()).isEqualTo(1);
    assertThat(SIXTY.burst(7).burst()).isEqualTo(7);
    assertThat(SIXTY.slidingWindow().burst()).isEqualTo(60);
    assertThat(SIXTY.slidingWindow().burst(3).burst()).isEqualTo(60);
  }

  @Test
  void aShareOfALimitIsAtLeastOne() {
    assertThat(SIXTY.burst(30).scaled(0.5))
        .isEqualTo(new Limit(Dimension.REQUESTS, 30, MINUTE, 15, Counting.TOKEN_BUCKET));
    assertThat(SIXTY.scaled(0.0001).amount()).isEqualTo(1);
    Limits limits = Limits.of(SIXTY).concurrency(3);
    assertThat(limits.scaled(0.5)).hasToString("30 requests per minute, 1 call at once");
    assertThat(limits.scaled(1e12).concurrency()).hasValue(Integer.MAX_VALUE);
    assertThat(Limits.of(SIXTY).scaled(2).concurrency()).isEmpty();
    for (double nonsense : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> SIXTY.scaled(nonsense));
    }
  }

  @Test
  void limitsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Limit.of(Dimension.TOKENS, 0, MINUTE));
    assertThatIllegalArgumentException().isThrownBy(() -> SIXTY.burst(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Limit.of(Dimension.TOKENS, Limit.MOST + 1, MINUTE));
    for (Duration window : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(3661))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Limit.of(Dimension.TOKENS, 1, window))
          .withMessageContaining("needs a window of 1 ns to ten years");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Limits.none().concurrency(0));
  }

  @Test
  void setsOfLimitsAreEqualByWhatTheyHold() {
    Limits one = Limits.of(SIXTY).concurrency(2);
    assertThat(one).isEqualTo(Limits.of(SIXTY).concurrency(2));
    assertThat(one).hasSameHashCodeAs(Limits.of(SIXTY).concurrency(2));
    assertThat(one).isNotEqualTo(Limits.of(SIXTY)).isNotEqualTo(Limits.none().concurrency(2));
    assertThat(one).isNotEqualTo("60 requests per minute, 2 calls at once");
    assertThat(one).hasToString("60 requests per minute, 2 calls at once");
    assertThat(Limits.none()).hasToString("no limits");
    assertThat(Limits.none().isEmpty()).isTrue();
    assertThat(Limits.none().concurrency(1).isEmpty()).isFalse();
    assertThat(Limits.of(SIXTY).isEmpty()).isFalse();
  }

  @Test
  void demandsSayWhatTheyAskFor() {
    assertThat(Demand.request()).hasToString("a request");
    assertThat(Demand.tokens(1)).hasToString("a request of 1 token");
    assertThat(Demand.tokens(3, 4)).hasToString("a request of 7 tokens");
    assertThat(Demand.request().and(Dimension.REQUESTS, 5)).hasToString("5 requests");
    assertThat(Demand.request().and(Dimension.INPUT_TOKENS, 5))
        .hasToString("a request of 5 + 0 tokens");
    assertThat(Demand.request().and(Dimension.OUTPUT_TOKENS, 5))
        .hasToString("a request of 0 + 5 tokens");
    assertThat(Demand.tokens(2).and(Dimension.of("images"), 2).and(Dimension.of("audio_s"), 1))
        .hasToString("a request of 2 tokens and 1 audio s and 2 images");
    assertThat(Demand.request().priority(Priority.LOW).tenant("ada").at("openai", "gpt"))
        .hasToString("a request {at=[openai, gpt], priority=LOW, tenant=ada}");
  }

  @Test
  void tokensThatAreNotToldApartCountInFullAsEither() {
    Demand untold = Demand.tokens(10);
    assertThat(untold.amount(Dimension.INPUT_TOKENS)).isEqualTo(10);
    assertThat(untold.amount(Dimension.OUTPUT_TOKENS)).isEqualTo(10);
    Demand told = Demand.tokens(10, 20);
    assertThat(told.tokens()).isEqualTo(30);
    assertThat(told.amount(Dimension.INPUT_TOKENS)).isEqualTo(10);
    assertThat(told.amount(Dimension.of("images"))).isZero();
    assertThat(told.priority()).isEqualTo(Priority.NORMAL);
    assertThat(told.tenant()).isEmpty();
    assertThat(told.keys()).isEmpty();
  }

  @Test
  void whatWasUsedInAllIsTheInputAndTheRest() {
    Amounts reserved = Demand.tokens(100, 50).amounts();
    assertThat(reserved.usedInAll(120, reserved)).isEqualTo(Demand.tokens(100, 20).amounts());
    assertThat(reserved.usedInAll(80, reserved)).isEqualTo(Demand.tokens(80, 0).amounts());
    Amounts untold = Demand.tokens(100).amounts();
    assertThat(untold.usedInAll(30, untold)).isEqualTo(Demand.tokens(30).amounts());
  }

  @Test
  void nonsenseInADemandIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Demand.request().at("a", ""))
        .withMessageContaining("empty key among [a, ]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Demand.request().within(Duration.ofNanos(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> Demand.tokens(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Demand.tokens(1, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Demand.request().and(Dimension.of("images"), -1));
    for (String name : List.of("", "Images", "1st", "a b", "a".repeat(65))) {
      assertThatIllegalArgumentException().isThrownBy(() -> Dimension.of(name));
    }
  }

  @Test
  void nonsenseInABuilderIsRefused() {
    RateLimiterBuilder builder = RateLimiter.builder().level("user", key -> Limits.none());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.levelApart("user", key -> Limits.none()))
        .withMessage("There is a level \"user\" already: give each a name of its own.");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxKeys(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.queue(-1, Shed.NEWEST));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.weights(1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.leases(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.leases(MINUTE.negated()));
    // Asked for only where there is a line to stand in.
    RateLimiter careless = RateLimiter.builder().concurrency(1).tenantWeights(tenant -> 0).build();
    careless.acquire(Demand.request().tenant("ada"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> careless.acquire(Demand.request().tenant("ada")))
        .withMessageContaining("The weight of tenant \"ada\" of 0");
  }
}
