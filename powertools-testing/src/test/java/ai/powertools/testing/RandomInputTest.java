package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomInputTest {
  private static final String SEED = "powertools.seed";
  private static final String SIZE = "powertools.testing.size-of-this-test";

  private final String seedOfTheBuild = System.getProperty(SEED);

  @AfterEach
  void restore() {
    System.clearProperty(SIZE);
    if (seedOfTheBuild == null) {
      System.clearProperty(SEED);
    } else {
      System.setProperty(SEED, seedOfTheBuild);
    }
  }

  private static List<Object> sample(RandomInput input) {
    return List.of(
        input.ints(0, 1_000_000),
        input.longs(0, Long.MAX_VALUE),
        input.text(50),
        input.oneOf("a", "b", "c"),
        input.durations(Duration.ZERO, Duration.ofDays(1)),
        input.lists(5, () -> input.ints(0, 9)),
        input.chance(0.5));
  }

  @Test
  void givesTheSameForTheSameSeed() {
    assertThat(sample(RandomInput.of(7))).isEqualTo(sample(RandomInput.of(7)));
    assertThat(sample(RandomInput.of(7))).isNotEqualTo(sample(RandomInput.of(8)));
  }

  @Test
  void takesItsSeedFromThePropertyIfThereIsOne() {
    System.setProperty(SEED, "42");
    assertThat(RandomInput.seeded().seed()).isEqualTo(42);
    assertThat(RandomInput.seeded()).hasToString("random input of seed 42");

    System.clearProperty(SEED);
    long fresh = RandomInput.seeded().seed();
    assertThat(fresh).isNotEqualTo(42);
  }

  @Test
  void namesTheSeedThatMakesTheFailingCaseTheFirst() {
    System.setProperty(SEED, "1");
    List<Integer> seen = new ArrayList<>();
    Throwable failure =
        catchThrowable(
            () ->
                RandomInput.check(
                    500,
                    input -> {
                      seen.add(input.ints(0, 100));
                      assertThat(seen.get(seen.size() - 1)).isNotEqualTo(13);
                    }));

    assertThat(failure)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Case " + seen.size() + " of 500 failed; it is the first one with ")
        .hasCauseInstanceOf(AssertionError.class);
    String seed = failure.getMessage().replaceAll("(?s).*-Dpowertools.seed=(-?\\d+):.*", "$1");
    System.setProperty(SEED, seed);
    List<Integer> again = new ArrayList<>();
    RandomInput.check(1, input -> again.add(input.ints(0, 100)));
    assertThat(again).containsExactly(13);
  }

  @Test
  void failsByWhateverACaseThrows() {
    Exception checked = new Exception("checked");

    assertThatThrownBy(
            () ->
                RandomInput.check(
                    1,
                    input -> {
                      throw checked;
                    }))
        .isInstanceOf(AssertionError.class)
        .hasCause(checked)
        .hasMessageEndingWith("java.lang.Exception: checked");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void keepsTheInterruptOfACase() {
    assertThatThrownBy(
            () ->
                RandomInput.check(
                    1,
                    input -> {
                      throw new InterruptedException();
                    }))
        .isInstanceOf(AssertionError.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void givesEveryCaseAnotherInput() {
    Set<Long> seen = new TreeSet<>();

    RandomInput.check(1_000, input -> seen.add(input.longs(Long.MIN_VALUE, Long.MAX_VALUE)));

    assertThat(seen).hasSize(1_000);
  }

  @Test
  void sizesATestByPropertyOrByDefault() {
    assertThat(RandomInput.size(SIZE, 100)).isEqualTo(100);
    System.setProperty(SIZE, "2_000_000");
    assertThat(RandomInput.size(SIZE, 100)).isEqualTo(2_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "0", "-5", ""})
  void takesNoSizeThatIsNone(String value) {
    System.setProperty(SIZE, value);

    assertThatThrownBy(() -> RandomInput.size(SIZE, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-D" + SIZE + "=" + value + " is not a size: give a positive whole number.");
  }

  @Test
  void staysInItsRanges() {
    RandomInput.check(
        2_000,
        input -> {
          assertThat(input.ints(-3, 3)).isBetween(-3, 2);
          assertThat(input.longs(1L << 40, (1L << 40) + 2)).isBetween(1L << 40, (1L << 40) + 1);
          assertThat(input.durations(Duration.ofMillis(1), Duration.ofMillis(2)))
              .isGreaterThanOrEqualTo(Duration.ofMillis(1))
              .isLessThan(Duration.ofMillis(2));
          assertThat(input.lists(3, () -> "x").size()).isBetween(0, 3);
          assertThat(input.oneOf(List.of(1, 2, 3))).isBetween(1, 3);
          assertThat(input.chance(0)).isFalse();
          assertThat(input.chance(1)).isTrue();
        });
  }

  @Test
  void writesTextThatIsShortEnoughValidAndWithoutNul() {
    RandomInput.check(
        2_000,
        input -> {
          String text = input.text(40);
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          assertThat(text.length()).isLessThanOrEqualTo(40);
          assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(text);
          assertThat(text).doesNotContain("\0");
        });
  }

  @Test
  void writesTextWithEverythingThatBreaksPrograms() {
    RandomInput input = RandomInput.of(3);
    StringBuilder all = new StringBuilder();
    boolean empty = false;
    for (int i = 0; i < 500; i++) {
      String text = input.text(40);
      all.append(text);
      empty |= text.isEmpty();
    }

    assertThat(empty).isTrue();
    assertThat(all)
        .contains(
            "\"", "'", "\\", "\n", "\u2028", "\u202e", "🙂", "👩\u200d👩", "\u05e9\u05dc", " ");
  }
}
