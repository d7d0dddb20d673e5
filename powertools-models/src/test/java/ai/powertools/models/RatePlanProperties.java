package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Each token is charged once, at the price of the most specific unit that has one: tokens are made
 * in small heaps of one kind and modality, counted in every unit that includes the heap, and priced
 * heap by heap with the simplest rule there is.
 */
class RatePlanProperties {
  private static final int CASES = Integer.getInteger("powertools.model.operations", 5_000);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  private static final List<Unit> HEAPS =
      List.of(
          Unit.INPUT_TOKENS,
          Unit.INPUT_TEXT_TOKENS,
          Unit.INPUT_AUDIO_TOKENS,
          Unit.INPUT_IMAGE_TOKENS,
          Unit.CACHE_READ_TOKENS,
          Unit.CACHE_AUDIO_READ_TOKENS,
          Unit.CACHE_IMAGE_READ_TOKENS,
          Unit.CACHE_WRITE_TOKENS,
          Unit.CACHE_WRITE_5M_TOKENS,
          Unit.CACHE_WRITE_1H_TOKENS,
          Unit.CACHE_AUDIO_WRITE_TOKENS,
          Unit.INPUT_TOOL_TOKENS,
          Unit.INPUT_TEXT_TOOL_TOKENS,
          Unit.OUTPUT_TOKENS,
          Unit.OUTPUT_AUDIO_TOKENS,
          Unit.OUTPUT_REASONING_TOKENS,
          Unit.OUTPUT_CITATION_TOKENS,
          Unit.OUTPUT_TEXT_REASONING_TOKENS);

  @Test
  void chargesEveryTokenOnceAtTheMostSpecificPrice() {
    Pricing pricing = new Pricing(InstantSource.system());
    for (int i = 0; i < CASES; i++) {
      Random random = new Random(SEED + i);
      Map<Unit, Usd> prices = prices(random);
      Map<Unit, Long> heaps = heaps(random);
      Usage usage = Usage.of(counted(heaps));
      Model model = Model.builder("acme", "foo").prices(Prices.of(Rates.of(prices))).build();

      Cost cost = pricing.cost(model, usage);

      String label = "-Dpowertools.seed=%d: %s %s".formatted(SEED + i, prices, heaps);
      Usd expected = Usd.ZERO;
      for (Map.Entry<Unit, Long> heap : heaps.entrySet()) {
        expected = expected.plus(price(prices, heap.getKey()).forUnits(heap.getValue(), 1_000_000));
      }
      assertThat(cost.certainty()).as(label + " " + cost).isNotEqualTo(Certainty.UNKNOWN);
      if (cost.certainty() == Certainty.EXACT) {
        assertThat(cost.total()).as(label).contains(expected);
      }
      long tokens = cost.lines().stream().mapToLong(CostLine::quantity).sum();
      assertThat(tokens).as(label).isEqualTo(usage.totalTokens());
    }
  }

  /**
   * The price of the most specific unit that includes the heap; of two equally specific, the
   * kind's.
   */
  private static Usd price(Map<Unit, Usd> prices, Unit heap) {
    return prices.keySet().stream()
        .filter(unit -> unit.includes(heap))
        .max(Comparator.comparingInt(Unit::depth).thenComparing(Unit::hasKind))
        .map(prices::get)
        .orElseThrow();
  }

  private static Map<Unit, Usd> prices(Random random) {
    Map<Unit, Usd> prices = new EnumMap<>(Unit.class);
    prices.put(Unit.INPUT_TOKENS, rate(random));
    prices.put(Unit.OUTPUT_TOKENS, rate(random));
    for (Unit unit : HEAPS) {
      if (random.nextInt(3) == 0) {
        prices.put(unit, rate(random));
      }
    }
    return prices;
  }

  private static Map<Unit, Long> heaps(Random random) {
    Map<Unit, Long> heaps = new EnumMap<>(Unit.class);
    for (Unit unit : HEAPS) {
      if (random.nextBoolean()) {
        heaps.put(unit, 1L + random.nextInt(1_000));
      }
    }
    return heaps;
  }

  /** What a vendor reports: every unit that has some of a heap. */
  private static Map<Unit, Long> counted(Map<Unit, Long> heaps) {
    Map<Unit, Long> counted = new EnumMap<>(Unit.class);
    for (Map.Entry<Unit, Long> heap : heaps.entrySet()) {
      List<Unit> units = new ArrayList<>(heap.getKey().wholes());
      units.add(heap.getKey());
      units.forEach(unit -> counted.merge(unit, heap.getValue(), Long::sum));
    }
    return counted;
  }

  private static Usd rate(Random random) {
    return Usd.ofPico(random.nextInt(1_000) * 1_000_000_000L);
  }
}
