package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeamTest {
  private static final String SAID = "The quick brown fox jumps over the lazy";

  private static String joined(String said, String... pieces) {
    Seam seam = new Seam(said);
    StringBuilder text = new StringBuilder(said);
    for (String piece : pieces) {
      text.append(seam.add(piece));
    }
    return text.append(seam.end()).toString();
  }

  @Test
  void addsWhatIsNew() {
    assertThat(joined(SAID, " dog", " and runs.")).isEqualTo(SAID + " dog and runs.");
  }

  @Test
  void leavesOutAnAnswerThatBeginsAnew() {
    assertThat(joined(SAID, "The quick brown ", "fox jumps over the lazy dog."))
        .isEqualTo(SAID + " dog.");
  }

  @Test
  void leavesOutTheEndThatIsSaidAgain() {
    assertThat(joined(SAID, "fox jumps over ", "the lazy dog.")).isEqualTo(SAID + " dog.");
  }

  @Test
  void aShortLikenessMayBeChance() {
    assertThat(joined("ha, ha, ha, and then she laughed: ha", "ha, and left."))
        .isEqualTo("ha, ha, ha, and then she laughed: haha, and left.");
  }

  @Test
  void whatBeginsAnewAndEndsTooSoonAddsTheWholeOfIt() {
    // It is no continuation, and nobody can say what it is; nothing of it is dropped.
    assertThat(joined(SAID, "The quick")).isEqualTo(SAID + "The quick");
    assertThat(joined(SAID)).isEqualTo(SAID);
  }

  @Test
  void holdsNothingBackLongerThanNeeded() {
    Seam seam = new Seam(SAID);

    assertThat(seam.add(" cat")).isEqualTo(" cat");
    assertThat(seam.add(" sleeps")).isEqualTo(" sleeps");
    assertThat(seam.end()).isEmpty();
  }

  @Test
  void knowsWhetherThereWasAnyNewText() {
    Seam seam = new Seam(SAID);
    assertThat(seam.heard()).isFalse();
    seam.add("The");
    assertThat(seam.heard()).isTrue();
  }

  @Test
  void neitherLosesNorRepeatsAnythingWhateverThePiecesAreCutLike() {
    RandomInput.check(
        2_000,
        input -> {
          String whole = words(input, 400);
          int broke = input.ints(1, whole.length());
          String said = whole.substring(0, broke);
          // It goes on, or says the last so many characters again, or all.
          int again =
              said.length() < 30 || input.chance(0.4)
                  ? 0
                  : input.chance(0.3) ? said.length() : input.ints(20, said.length());
          String added = whole.substring(broke - again);

          assertThat(joined(said, pieces(input, added))).isEqualTo(whole);
        });
  }

  /** Words with numbers, so that no twenty characters occur twice. */
  private static String words(RandomInput input, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = input.ints(5, count); i > 0; i--) {
      text.append(input.oneOf("alpha", "beta", "gamma")).append(i).append(' ');
    }
    return text.toString();
  }

  private static String[] pieces(RandomInput input, String text) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + input.ints(1, input.chance(0.1) ? 300 : 12));
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces.toArray(String[]::new);
  }
}
