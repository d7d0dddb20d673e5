package ai.powertools.router;

import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Offers as a router would make them, for tests of what is done with them. */
final class Offers {
  private Offers() {}

  static Offer of(String label, String dollars, double quality) {
    return of(label, dollars, quality, Standing.FRESH, 0);
  }

  static Offer of(
      String label, String dollars, double quality, Standing standing, long cachedTokens) {
    Optional<Usd> cost = dollars.isEmpty() ? Optional.empty() : Optional.of(Usd.of(dollars));
    return new Offer(
        label,
        false,
        false,
        new TokenPlan(1_000, true, 1_000, cachedTokens, 500, 4_000),
        cost,
        cost.map(usd -> usd.times(4)),
        cost.map(usd -> usd.approximately() * 1_000).orElse(Double.NaN),
        Optional.of(new Quality(quality, quality, 0, 0)),
        standing);
  }

  static Offer lastResort(String label) {
    Offer usual = of(label, "0", 0.1);
    return new Offer(
        label,
        true,
        true,
        usual.tokens(),
        usual.expectedCost(),
        usual.worstCost(),
        0,
        usual.quality(),
        usual.standing());
  }

  /** One that is so fast: milliseconds to the first token, tokens a second after it. */
  static Standing fast(double first, double tokensPerSecond, int inFlight) {
    return new Standing(
        new Latency(first, first * 3, tokensPerSecond, first + 500_000 / tokensPerSecond, 50),
        0,
        0,
        inFlight,
        Duration.ZERO);
  }

  static RoutingInputs inputs(long seed, long turn, OptionalLong key, List<Offer> offers) {
    return new RoutingInputs(
        "chat",
        OptionalDouble.of(0.5),
        Optional.empty(),
        key,
        seed,
        turn,
        false,
        offers,
        List.of());
  }

  static RoutingInputs inputs(Offer... offers) {
    return inputs(1, 0, OptionalLong.empty(), List.of(offers));
  }

  static RoutingInputs random(RandomGenerator random) {
    List<Offer> offers = new ArrayList<>();
    int count = random.nextInt(1, 12);
    for (int i = 0; i < count; i++) {
      String dollars = random.nextInt(5) == 0 ? "" : "0.0" + random.nextInt(1, 1_000);
      Standing standing =
          random.nextBoolean()
              ? Standing.FRESH
              : fast(random.nextInt(1, 5_000), random.nextInt(1, 300), random.nextInt(20));
      offers.add(
          of(
              "p" + (i % 3) + ":m" + i,
              dollars,
              random.nextDouble(),
              standing,
              random.nextInt(4) == 0 ? random.nextInt(1_000) : 0));
    }
    if (random.nextInt(3) == 0) {
      offers.add(random.nextInt(offers.size() + 1), lastResort("builtin:last"));
    }
    OptionalLong key =
        random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty();
    return inputs(random.nextLong(), random.nextInt(1_000), key, offers);
  }

  static List<String> labels(Ranking ranking) {
    return ranking.order().stream().map(place -> place.offer().label()).toList();
  }
}
