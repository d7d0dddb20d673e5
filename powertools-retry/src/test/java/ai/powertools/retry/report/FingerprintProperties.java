package ai.powertools.retry.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws of what is the same. */
class FingerprintProperties {
  private static final List<String> WORDS =
      List.of(
          "limit", "reached", "for", "model", "(TPM)", "upstream", "closed.", "retry", "gpt-4o");

  private static final List<Function<RandomInput, String>> VARYING =
      List.of(
          input -> Long.toString(input.longs(0, 1L << input.ints(1, 60))),
          input ->
              new UUID(input.longs(0, Long.MAX_VALUE), input.longs(0, Long.MAX_VALUE)).toString(),
          input -> input.ints(0, 256) + "." + input.ints(0, 256) + ".7." + input.ints(0, 256),
          input -> input.ints(0, 5_000) + input.oneOf("ms", " ms", "s", " seconds", "m30s"),
          input ->
              "20%02d-%02d-%02dT%02d:15:00Z"
                  .formatted(
                      input.ints(10, 40), input.ints(1, 13), input.ints(1, 29), input.ints(0, 24)),
          input -> "0x" + Integer.toHexString(input.ints(0, Integer.MAX_VALUE)));

  @Test
  void whatVariesMakesNoDifference() {
    RandomInput.check(
        5_000,
        input -> {
          StringBuilder one = new StringBuilder("it says");
          StringBuilder other = new StringBuilder("it says");
          for (int i = input.ints(1, 8); i > 0; i--) {
            String word = " " + input.oneOf(WORDS) + " ";
            Function<RandomInput, String> varying = input.oneOf(VARYING);
            one.append(word).append(varying.apply(input));
            other.append(word).append(varying.apply(input));
          }

          assertThat(Events.of(one.toString()).fingerprint())
              .isEqualTo(Events.of(other.toString()).fingerprint());
        });
  }

  @Test
  void anyTextHasAPatternThatIsShortAndHasNoLineBreaks() {
    RandomInput.check(
        5_000,
        input -> {
          String pattern = MessagePattern.of(input.text(2_000));

          assertThat(pattern.length()).isLessThanOrEqualTo(300);
          assertThat(pattern).doesNotContain("\n", "\r", "\t");
        });
  }

  /** Each of these takes hours where looking ahead is quadratic. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "a",
        "1",
        "-",
        "_",
        "a-",
        "1.",
        "1:",
        "a:",
        "1m",
        "1.1m",
        "1h1m1s",
        "/a",
        "a/",
        "A1b/",
        "A1b",
        "\"",
        " \"",
        "'a' ",
        "?a",
        "/?a",
        "0x",
        "@a",
        "::",
        "1::",
        "a@1",
        "2026-01-01T10:00 ",
        "550e8400-e29b-41d4-a716-446655440000",
        "code 1 ",
        "é",
        "a1b2",
        "=",
        "+"
      })
  void hostileTextTakesTimeLinearInItsLength(String piece) {
    String text = piece.repeat(2_000_000 / piece.length());

    assertThat(MessagePattern.of(text + "x")).hasSizeLessThanOrEqualTo(300);
    assertThat(MessagePattern.of(" ".repeat(100) + "\n" + text + " x")).isNotEmpty();
  }

  /** In steps, not in seconds: how many chars are looked at. */
  @Test
  void twiceTheTextIsTwiceTheWork() {
    for (String piece : List.of("a", "1", " ", "A1b", "a1b2", "1m", "-a", "a:", "1.")) {
      long once = looks(piece, 50_000);
      long twice = looks(piece, 100_000);

      assertThat(twice).as(piece).isLessThanOrEqualTo(2 * once + 1_000);
    }
  }

  private static long looks(String piece, int length) {
    CountedText text = new CountedText(piece.repeat(length / piece.length()));
    MessagePattern.of(text);
    return text.looks();
  }
}
