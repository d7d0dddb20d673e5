package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Laws of pricing over random prices and usage. */
class PricingProperties {
  private static final int CASES = Integer.getInteger("powertools.model.operations", 5_000);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  private final Pricing pricing = new Pricing(InstantSource.system());

  @Test
  void linesSumToTheTotalAndToEveryTokenOnce() {
    for (int i = 0; i < CASES; i++) {
      Random random = new Random(SEED + i);
      Usage usage = usage(random);
      Cost cost = pricing.cost(model(random), usage);

      BigDecimal sum = BigDecimal.ZERO;
      long tokens = 0;
      for (CostLine line : cost.lines()) {
        sum =
            sum.add(
                line.rate()
                    .toBigDecimal()
                    .multiply(BigDecimal.valueOf(line.quantity()))
                    .movePointLeft(6));
        tokens += line.quantity();
      }

      assertThat(cost.total().orElseThrow()).as(label(i)).isEqualTo(Usd.of(sum));
      assertThat(tokens).as(label(i)).isEqualTo(usage.totalTokens());
    }
  }

  @Test
  void nothingWithinTheLimitsCostsMoreThanTheWorstCase() {
    for (int i = 0; i < CASES; i++) {
      Random random = new Random(SEED + i);
      Model model = model(random);
      Usage usage = usage(random);

      Usd cost = pricing.cost(model, usage).total().orElseThrow();
      Usd worst =
          pricing
              .worstCase(
                  model,
                  usage.inputTokens() + random.nextInt(1_000),
                  usage.outputTokens() + random.nextInt(1_000))
              .total()
              .orElseThrow();

      assertThat(cost).as(label(i)).isLessThanOrEqualTo(worst);
    }
  }

  @Test
  void costsAddUpWhicheverWayTheyAreAdded() {
    for (int i = 0; i < CASES; i++) {
      Random random = new Random(SEED + i);
      Cost a = pricing.cost(model(random), usage(random));
      Cost b = pricing.cost(model(random), usage(random));

      Usd sum = a.total().orElseThrow().plus(b.total().orElseThrow());

      assertThat(a.plus(b).total()).as(label(i)).contains(sum);
      assertThat(b.plus(a).total()).as(label(i)).contains(sum);
    }
  }

  private static Usage usage(Random random) {
    long plain = random.nextInt(400_000);
    long cached = random.nextInt(100_000);
    long written = random.nextInt(50_000);
    long reasoning = random.nextInt(10_000);
    long answer = random.nextInt(10_000);
    return new Usage(plain + cached + written, cached, written, answer + reasoning, reasoning);
  }

  private static Model model(Random random) {
    Map<Unit, Usd> prices = prices(random);
    List<Rates.Step> steps = new ArrayList<>();
    if (random.nextBoolean()) {
      Map<Unit, Usd> dearer = new EnumMap<>(Unit.class);
      prices.keySet().forEach(unit -> dearer.put(unit, rate(random)));
      steps.add(
          new Rates.Step(
              1 + random.nextInt(300_000), random.nextBoolean(), random.nextBoolean(), dearer));
    }
    return Model.builder("acme", "foo").prices(Prices.of(Rates.of(prices, steps))).build();
  }

  private static Map<Unit, Usd> prices(Random random) {
    Map<Unit, Usd> prices = new EnumMap<>(Unit.class);
    prices.put(Unit.INPUT_TOKENS, rate(random));
    prices.put(Unit.OUTPUT_TOKENS, rate(random));
    for (Unit part :
        List.of(Unit.CACHE_READ_TOKENS, Unit.CACHE_WRITE_TOKENS, Unit.OUTPUT_REASONING_TOKENS)) {
      if (random.nextBoolean()) {
        prices.put(part, rate(random));
      }
    }
    return prices;
  }

  /** Down to a ten-millionth of a dollar per million: less than a pico-dollar per token. */
  private static Usd rate(Random random) {
    return Usd.of(BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(8)));
  }

  private static String label(int i) {
    return "-Dpowertools.seed=" + (SEED + i);
  }
}
