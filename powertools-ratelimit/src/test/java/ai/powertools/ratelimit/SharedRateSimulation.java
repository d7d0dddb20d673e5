package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several processes that use one key, each with the limit of the whole key as its own, none knowing
 * of the others: an {@link AimdRate} each brings them to fair shares of it.
 */
class SharedRateSimulation {
  private static final int SEEDS = RandomInput.size("powertools.simulation.seeds", 10);
  private static final Duration WARM_UP = Duration.ofMinutes(10);
  private static final Duration MEASURED = Duration.ofMinutes(30);

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10})
  void sharesAnUnknownLimitFairly(int processes) {
    List<FairShare> shares = new ArrayList<>();
    RandomInput.check(
        SEEDS,
        input -> {
          RateMarket market = new RateMarket(input);
          market.join(processes);
          market.run(WARM_UP);

          FairShare share = market.run(MEASURED);

          shares.add(share);
          assertThat(share.jain()).as("%s", share).isGreaterThanOrEqualTo(0.9);
          assertThat(share.utilisation()).as("%s", share).isGreaterThanOrEqualTo(0.8);
          assertThat(share.refusedShare()).as("%s", share).isLessThanOrEqualTo(0.08);
        });
    print(processes + " processes share a rate", shares);
  }

  private static void print(String what, List<FairShare> shares) {
    FairShare worst = Collections.min(shares, Comparator.comparingDouble(FairShare::jain));
    System.out.printf("%s, the worst of %d: %s%n", what, shares.size(), worst);
  }

  @Test
  void makesRoomForOneThatComesLater() {
    RandomInput.check(
        SEEDS,
        input -> {
          RateMarket market = new RateMarket(input);
          market.join(2);
          market.run(WARM_UP);
          market.join(1);
          market.run(WARM_UP);

          FairShare share = market.run(MEASURED);

          assertThat(share.jain()).as("%s", share).isGreaterThanOrEqualTo(0.9);
        });
  }

  @Test
  void followsAVendorThatHalvesItsLimitWithinTwoWindows() {
    List<FairShare> first = new ArrayList<>();
    List<FairShare> then = new ArrayList<>();
    RandomInput.check(
        SEEDS,
        input -> {
          RateMarket market = new RateMarket(input);
          market.join(3);
          market.run(WARM_UP);
          market.limitTo(0.5);

          FairShare atOnce = market.run(Duration.ofMinutes(2));
          FairShare later = market.run(Duration.ofMinutes(10));

          first.add(atOnce);
          then.add(later);
          assertThat(atOnce.refusedShare()).as("%s", atOnce).isLessThanOrEqualTo(0.15);
          assertThat(later.refusedShare()).as("%s", later).isLessThanOrEqualTo(0.08);
          assertThat(later.utilisation()).as("%s", later).isGreaterThanOrEqualTo(0.8);
        });
    print("Two minutes after the limit was halved", first);
    print("Ten minutes later", then);
  }

  @Test
  void takesWhatAVendorGivesBackWithinTwoWindows() {
    RandomInput.check(
        SEEDS,
        input -> {
          RateMarket market = new RateMarket(input);
          market.limitTo(0.5);
          market.join(3);
          market.run(WARM_UP);
          market.limitTo(1);
          market.run(Duration.ofMinutes(2));

          FairShare share = market.run(Duration.ofMinutes(10));

          assertThat(share.utilisation()).as("%s", share).isGreaterThanOrEqualTo(0.8);
        });
  }
}
