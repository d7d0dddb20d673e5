package ai.powertools.router.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {
  private static List<String> of(String line) {
    return Sentences.of(line).stream().map(Sentences.Piece::text).toList();
  }

  /** A bar stands where a sentence ends. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "It rains. | We stay. | Do you? | Yes! | No… | Well.",
        "Dr. Hart met Mr. Lee at St. Ives. | They talked.",
        "It takes 300 ms. | The next call takes 20 ms.",
        "Pi is 3.14, e.g. for circles, i.e. round things. | Version 2.0.1 is out.",
        "See Fig. 3 and No. 7, pp. 12. | He said no. | Then he left.",
        "In the U.S. Army he was J. F. Smith. | He lived in the U.S. | The rest is known.",
        "It opens at 9 a.m. every day. | It closes at 5 p.m. | The bell rings.",
        "\"Why?\" she asked. | \"Because I can.\" | He nodded (twice.) | “Fine.” | End",
        "Yahoo! and Co. is a firm. | What?! | Really?",
        "Read README.md, or visit example.org/a.b?c=d. | It is short.",
        "Wait... what? | Wait... | Then go.",
        "He left. | 42 others stayed. | (All of them.) | – So it was.",
        "iPhone sales fell. iOS is fine. | The end.",
        "潮汐磨坊建于一七四二年。 | 水轮转动！ | 开放吗？ | 是的",
        "“好的。” | 他说。 | （完。） | 完",
        "नमस्ते। | आप कैसे हैं? | ठीक।",
        "ما اسمك؟ | اسمي علي. | شكرا",
        "¿Qué hora es? | ¡Las tres! | Bien.",
      })
  void ends(String marked) {
    String line = marked.replace("。 | ", "。").replace("！ | ", "！").replace("？ | ", "？");
    line = line.replace("” | 他", "”他").replace("） | 完", "）完").replace(" | ", " ");

    assertThat(of(line)).containsExactly(marked.split(" \\| ", -1));
  }

  @Test
  void fullWidthDecimalsAreNoEnds() {
    assertThat(of("圆周率是３．１４。对")).containsExactly("圆周率是３．１４。", "对");
  }

  @Test
  void dropsWhatHasNeitherLetterNorDigit() {
    assertThat(of("*** !!! ... Hello. --- ?")).containsExactly("Hello.");
    assertThat(of("...")).isEmpty();
    assertThat(of("")).isEmpty();
  }

  @Test
  void tellsWholeSentencesFromOpenOnes() {
    assertThat(Sentences.of("It rains. Rain, and more"))
        .containsExactly(
            new Sentences.Piece("It rains.", Sentences.Form.WHOLE),
            new Sentences.Piece("Rain, and more", Sentences.Form.OPEN));
  }

  @Test
  void cutsWhatIsTooLongBehindACommaElseBetweenWordsElseAnywhere() {
    String commas = "word, ".repeat(300).strip();
    String words = "word ".repeat(300).strip();
    String letters = "é".repeat(1_500);
    String pairs = "x" + "😀".repeat(700) + "y";

    assertThat(of(commas)).allMatch(piece -> piece.endsWith("word,"));
    assertThat(of(words)).allMatch(piece -> piece.startsWith("word") && piece.endsWith("word"));
    assertThat(String.join("", of(letters))).isEqualTo(letters);
    assertThat(of(letters)).hasSize(3);
    assertThat(of(pairs)).allMatch(piece -> piece.indexOf('?') < 0);
    assertThat(of(pairs).get(0)).hasSize(599); // not between the halves of a character
    for (String text : List.of(commas, words, letters)) {
      assertThat(Sentences.of(text))
          .allMatch(piece -> piece.text().length() <= Sentences.LONGEST)
          .allMatch(piece -> piece.form() == Sentences.Form.FRAGMENT);
    }
  }
}
