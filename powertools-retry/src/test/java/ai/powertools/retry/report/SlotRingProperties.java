package ai.powertools.retry.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A ring of counts against a map that forgets nothing. */
class SlotRingProperties {
  private static final int SIZE = 5;

  @Test
  void eachSlotHasItsCountWhenTheyComeInOrder() {
    RandomInput.check(
        3_000,
        input -> {
          SlotRing ring = new SlotRing(SIZE);
          SlotRing half = new SlotRing(SIZE);
          Map<Long, Long> map = new TreeMap<>();
          long slot = input.longs(-20, 20);
          for (int i = input.ints(0, 40); i > 0; i--) {
            slot += input.ints(0, 4);
            long count = input.ints(1, 9);
            (input.chance(0.5) ? ring : half).add(slot, count);
            map.merge(slot, count, Long::sum);
          }
          ring.add(half);
          long last = slot + input.ints(0, 7);
          int slots = input.ints(1, SIZE + 3);

          long first = last - Math.min(slots, SIZE) + 1;
          assertThat(ring.upTo(last, slots))
              .isEqualTo(
                  LongStream.rangeClosed(first, last)
                      .mapToObj(s -> map.getOrDefault(s, 0L))
                      .toList());
        });
  }

  @Test
  void whatComesLateIsCountedWhileItsSlotIsThere() {
    SlotRing ring = new SlotRing(SIZE);
    ring.add(10, 1);
    ring.add(6, 2);
    ring.add(5, 4);
    ring.add(100, 8);
    ring.add(10, 16);

    assertThat(ring.upTo(100, SIZE)).containsExactly(0L, 0L, 0L, 0L, 8L);
    ring = new SlotRing(SIZE);
    ring.add(10, 1);
    ring.add(6, 2);
    ring.add(5, 4);
    assertThat(ring.upTo(10, SIZE)).containsExactly(2L, 0L, 0L, 0L, 1L);
  }
}
