package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Prices.LongContext;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Laws of pricing over random prices and usage. */
class PricingProperties {
  private static final int CASES = Integer.getInteger("powertools.model.operations", 5_000);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  private final Pricing pricing = new Pricing();

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
                line.ratePerMillion()
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
    Optional<LongContext> tier =
        random.nextBoolean()
            ? Optional.of(
                new LongContext(1 + random.nextInt(300_000), prices(random, Optional.empty())))
            : Optional.empty();
    return Model.builder("acme", "foo").prices(prices(random, tier)).build();
  }

  private static Prices prices(Random random, Optional<LongContext> tier) {
    return new Prices(
        rate(random),
        random.nextBoolean() ? Optional.of(rate(random)) : Optional.empty(),
        random.nextBoolean() ? Optional.of(rate(random)) : Optional.empty(),
        rate(random),
        tier);
  }

  /** Down to a ten-millionth of a dollar per million: less than a pico-dollar per token. */
  private static Usd rate(Random random) {
    return Usd.of(BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(8)));
  }

  private static String label(int i) {
    return "-Dpowertools.seed=" + (SEED + i);
  }
}
