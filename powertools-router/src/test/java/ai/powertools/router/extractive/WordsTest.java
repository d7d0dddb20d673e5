package ai.powertools.router.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @Test
  void takesWordsAsTheyStandInLowerCase() {
    assertThat(Words.plain("The miller's 3.14 hours, 1,000 x; snake_case don’t 'quoted' I.O.U."))
        .containsExactly(
            "the", "miller", "3.14", "hours", "1,000", "x", "snake", "case", "don't", "quoted", "i",
            "o", "u");
    assertThat(Words.plain("it's that's")).containsExactly("it's", "that's");
    assertThat(Words.plain(" … ")).isEmpty();
  }

  @Test
  void takesScriptsWithoutSpacesByPairs() {
    assertThat(Words.plain("潮汐磨坊, 水")).containsExactly("潮汐", "汐磨", "磨坊", "水");
    assertThat(Words.plain("Java语言 17")).containsExactly("java", "语言", "17");
    assertThat(Words.plain("𠀀𠀁𠀂")).containsExactly("𠀀𠀁", "𠀁𠀂");
    assertThat(Words.plain("한국어 สวัสดี")).hasSize(2 + 5);
  }

  @Test
  void keepsMarksWithTheirLettersAndComposesThem() {
    String decomposed = Normalizer.normalize("Mühle", Normalizer.Form.NFD);

    assertThat(Words.plain(decomposed)).containsExactly("mühle");
    assertThat(Words.plain("हिन्दी")).containsExactly("हिन्दी");
  }

  @Test
  void knowsEnglishWhenItReadsIt() {
    assertThat(Words.like(List.of(Texts.REPORT)).english()).isTrue();
    assertThat(Words.like(List.of(Texts.HANDBOOK)).english()).isTrue();
    assertThat(Words.like(List.of(Texts.GERMAN)).english()).isFalse();
    assertThat(Words.like(List.of(Texts.CHINESE)).english()).isFalse();
    assertThat(Words.like(List.of()).english()).isFalse();
    assertThat(Words.like(List.of(Texts.GERMAN.repeat(100), Texts.REPORT)).english()).isFalse();
  }

  @Test
  void comparesEnglishByStemsWithoutStopWordsAndOthersAsTheyStand() {
    assertThat(new Words(true).terms("What are the refunded tickets?"))
        .containsExactly("refund", "ticket");
    assertThat(new Words(false).terms("What are tickets"))
        .containsExactly("what", "are", "tickets");
  }

  /** Examples of step 1 in Porter's paper, and forms of one word that must meet. */
  @ParameterizedTest
  @CsvSource({
    "caresses,caress",
    "ponies,poni",
    "ties,ti",
    "caress,caress",
    "cats,cat",
    "feed,feed",
    "agreed,agree",
    "plastered,plaster",
    "bled,bled",
    "motoring,motor",
    "sing,sing",
    "conflated,conflate",
    "troubled,trouble",
    "sized,size",
    "hopping,hop",
    "tanned,tan",
    "falling,fall",
    "hissing,hiss",
    "fizzed,fizz",
    "failing,fail",
    "filing,file",
    "happy,happi",
    "sky,sky",
    "retry,retri",
    "retries,retri",
    "retried,retri",
    "storing,store",
    "boxing,box",
    "playing,plai",
    "as,as",
    "mühlen,mühlen",
    "x7s,x7s",
  })
  void stemsAsPorterDoesInHisFirstStep(String word, String stem) {
    assertThat(Stemmer.stem(word)).isEqualTo(stem);
  }

  @Test
  void leavesMonstersAlone() {
    assertThat(Stemmer.stem("y".repeat(1_000_000) + "s")).hasSize(1_000_001);
  }
}
