package ai.powertools.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes usage apart into what is charged at each price, so that nothing is charged twice.
 *
 * <p>A unit is charged for what none of its priced parts is charged for: input less cached input,
 * cached input less cached sound. The parts are therefore taken first.
 */
final class RatePlan {
  private static final int[] NONE = {};

  private final Unit[] units;
  private final Usd[] prices;

  /** The places in the order in which people read a bill: input, output, the rest; wholes first. */
  private final int[] billOrder;

  /** For each unit, the places of its priced parts, which come before it. */
  private final int[][] parts;

  /** For each unit that is the overlap of two others, their places; else none. */
  private final int[][] overlaps;

  private RatePlan(Unit[] units, Usd[] prices, int[][] parts, int[][] overlaps) {
    this.units = units;
    this.prices = prices;
    this.parts = parts;
    this.overlaps = overlaps;
    this.billOrder = billOrder(units);
  }

  static RatePlan of(Map<Unit, Usd> rates) {
    Map<Unit, Usd> priced = new EnumMap<>(Unit.class);
    priced.putAll(rates);
    withOverlaps(priced);
    List<Unit> order = new ArrayList<>(priced.keySet());
    order.sort(Comparator.comparingInt((Unit unit) -> -unit.depth()));
    Unit[] units = order.toArray(Unit[]::new);
    Usd[] prices = order.stream().map(unit -> rate(priced, unit)).toArray(Usd[]::new);
    int[][] parts = new int[units.length][];
    int[][] overlaps = new int[units.length][];
    for (int i = 0; i < units.length; i++) {
      parts[i] = partsOf(units, i);
      overlaps[i] = overlapAt(order, units[i]);
    }
    return new RatePlan(units, prices, parts, overlaps);
  }

  /** The place of the line that is the n-th on a bill. */
  int onBill(int n) {
    return billOrder[n];
  }

  int size() {
    return units.length;
  }

  Unit unit(int i) {
    return units[i];
  }

  Usd price(int i) {
    return prices[i];
  }

  /** The price of a unit: its own, else that of the nearest whole with one; null without either. */
  @Nullable Usd priceOf(Unit asked) {
    for (int i = 0; i < units.length; i++) {
      if (units[i].includes(asked)) {
        return prices[i];
      }
    }
    return null;
  }

  /** What is charged at each price, by place; null when a part is larger than its whole. */
  long @Nullable [] takeApart(Usage usage) {
    long[] own = new long[units.length];
    for (int i = 0; i < units.length; i++) {
      own[i] = left(i, own, usage);
      if (own[i] < 0) {
        return null;
      }
    }
    return own;
  }

  /** Which numbers of usage that can't be taken apart exclude each other. */
  String contradiction(Usage usage) {
    long[] own = new long[units.length];
    int i = 0;
    while (i < units.length - 1 && left(i, own, usage) >= 0) {
      own[i] = left(i, own, usage);
      i++;
    }
    return "the usage contradicts itself: the parts of %s are more than its %d: %s"
        .formatted(units[i].key(), usage.get(units[i]), usage.quantities());
  }

  private long left(int i, long[] own, Usage usage) {
    long left = units[i] == Unit.REQUESTS ? 1 : usage.get(units[i]);
    for (int part : parts[i]) {
      left -= own[part];
    }
    return left;
  }

  /** Whether the usage leaves open how much two of its numbers have in common. */
  boolean leavesOverlapOpen(Usage usage) {
    for (int i = 0; i < units.length; i++) {
      int[] two = overlaps[i];
      if (two.length > 0
          && usage.get(units[i]) == 0
          && usage.get(units[two[0]]) > 0
          && usage.get(units[two[1]]) > 0
          && !prices[two[0]].equals(prices[two[1]])) {
        return true;
      }
    }
    return false;
  }

  /** The first unit of this usage that has no price and is part of nothing that has one. */
  @Nullable Unit unpriced(Usage usage) {
    if (usage.inputTokens() > 0 && priceOf(Unit.INPUT_TOKENS) == null) {
      return Unit.INPUT_TOKENS;
    }
    if (usage.outputTokens() > 0 && priceOf(Unit.OUTPUT_TOKENS) == null) {
      return Unit.OUTPUT_TOKENS;
    }
    if (!usage.details().isEmpty()) {
      for (Unit unit : usage.details().keySet()) {
        if (!unit.isTokens() && priceOf(unit) == null && !isChargedOtherwise(unit)) {
          return unit;
        }
      }
    }
    return null;
  }

  /**
   * Cached sound has a price where cached input and sound have one each: that of cached input,
   * unless it says otherwise. Without this, such tokens would be taken off the input twice.
   */
  private static void withOverlaps(Map<Unit, Usd> priced) {
    List<Unit> given = List.copyOf(priced.keySet());
    for (Unit one : given) {
      for (Unit other : given) {
        if (one.compareTo(other) < 0) {
          Unit byKind = one.hasKind() ? one : other;
          one.overlapWith(other).ifPresent(both -> priced.putIfAbsent(both, rate(priced, byKind)));
        }
      }
    }
  }

  /** A vendor charges for the queries or for the call that made them, and not for both. */
  private boolean isChargedOtherwise(Unit unit) {
    return (unit == Unit.WEB_SEARCHES && priceOf(Unit.SEARCH_PROMPTS) != null)
        || (unit == Unit.SEARCH_PROMPTS && priceOf(Unit.WEB_SEARCHES) != null);
  }

  private static Usd rate(Map<Unit, Usd> priced, Unit unit) {
    Usd rate = priced.get(unit);
    if (rate == null) {
      throw new IllegalStateException("no price of " + unit.key());
    }
    return rate;
  }

  private static int[] billOrder(Unit[] units) {
    return IntStream.range(0, units.length)
        .boxed()
        .sorted(
            Comparator.comparingInt((Integer i) -> directionOnBill(units[i]))
                .thenComparingInt(i -> units[i].depth())
                .thenComparing(i -> units[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int directionOnBill(Unit unit) {
    return unit.direction().map(Unit.Direction::ordinal).orElse(Unit.Direction.values().length);
  }

  private static int[] partsOf(Unit[] units, int whole) {
    int[] found = new int[whole];
    int count = 0;
    for (int i = 0; i < whole; i++) {
      if (units[whole].includes(units[i])) {
        found[count++] = i;
      }
    }
    return count == 0 ? NONE : Arrays.copyOf(found, count);
  }

  private static int[] overlapAt(List<Unit> order, Unit unit) {
    for (Unit one : order) {
      for (Unit other : order) {
        if (one.compareTo(other) < 0
            && one.overlapWith(other).filter(both -> both == unit).isPresent()) {
          return new int[] {order.indexOf(one), order.indexOf(other)};
        }
      }
    }
    return NONE;
  }
}
