package ai.powertools.router.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final Checkpoint FREE = what -> {};

  private final Vocabulary vocabulary = new Vocabulary();

  private Vectors vectors(String... sentences) {
    List<int[]> terms =
        Arrays.stream(sentences).map(sentence -> vocabulary.add(Words.plain(sentence))).toList();
    return Vectors.of(terms, vocabulary.size());
  }

  @Test
  void vectorsAreAlikeByTheRareWordsThatTheyShare() {
    Vectors vectors = vectors("sea mill", "sea mill", "sea wheel", "oak", "");

    assertThat(vectors.similarity(0, 1)).isCloseTo(1, within(1e-12));
    assertThat(vectors.similarity(0, 3)).isZero();
    assertThat(vectors.similarity(0, 4)).isZero();
    // sea is in 3 of 5, mill in 2, wheel in 1
    double sea = Math.log(1 + 5.0 / 3);
    double mill = Math.log(1 + 5.0 / 2);
    double wheel = Math.log(1 + 5.0);
    assertThat(vectors.similarity(0, 2))
        .isCloseTo(sea * sea / Math.hypot(sea, mill) / Math.hypot(sea, wheel), within(1e-12));
  }

  @Test
  void aWordSaidTwiceCountsTwice() {
    Vectors vectors = vectors("sea sea mill", "sea", "mill");

    assertThat(vectors.similarity(0, 1)).isGreaterThan(vectors.similarity(0, 2));
  }

  @Test
  void theSentenceThatOthersResembleIsCentral() {
    Vectors vectors = vectors("a b", "b c", "c d", "a b c d", "x y");
    double[] scores = LexRank.scores(vectors, FREE);

    assertThat(Arrays.stream(scores).sum()).isCloseTo(1, within(1e-6));
    assertThat(scores[3]).isEqualTo(Arrays.stream(scores).max().getAsDouble());
    assertThat(scores[0]).isCloseTo(scores[2], within(1e-6));
    assertThat(vectors.centrality()[3])
        .isEqualTo(Arrays.stream(vectors.centrality()).max().getAsDouble());
  }

  /** Against the definition: p = (1 - d) / n + d M p, with the whole matrix. */
  @Test
  void scoresAreTheStationaryDistribution() {
    Vectors vectors = vectors(Arrays.stream(Texts.REPORT.split("\\.", -1)).toArray(String[]::new));
    double[] scores = LexRank.scores(vectors, FREE);
    int n = vectors.size();
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        double row = 0;
        for (int k = 0; k < n; k++) {
          row += link(vectors, j, k);
        }
        sum += link(vectors, j, i) / row * scores[j];
      }
      assertThat(scores[i]).isCloseTo(0.15 / n + 0.85 * sum, within(1e-6));
    }
  }

  private static double link(Vectors vectors, int one, int other) {
    double similarity = one == other ? 1 : vectors.similarity(one, other);
    return similarity >= 0.1 ? similarity : 0;
  }

  @Test
  void nothingIsRankedWithoutSentences() {
    assertThat(LexRank.scores(vectors(), FREE)).isEmpty();
    assertThat(new Mmr(vectors(), new double[0]).next(i -> true)).isEmpty();
  }

  @Test
  void whatRepeatsATakenSentenceComesLaterAndTheSameNever() {
    Vectors vectors = vectors("sea mill wheel", "sea mill wheel", "sea mill gate", "oak beam");
    Mmr mmr = new Mmr(vectors, new double[] {1, 0.99, 0.9, 0.8});

    assertThat(mmr.next(i -> true)).hasValue(0);
    assertThat(mmr.next(i -> true)).hasValue(3);
    assertThat(mmr.next(i -> i != 2)).isEqualTo(OptionalInt.empty());
    assertThat(mmr.next(i -> true)).hasValue(2);
    assertThat(mmr.next(i -> true)).isEmpty();
  }

  @Test
  void aSentenceWithoutTermsIsTakenOnce() {
    Mmr mmr = new Mmr(vectors("", ""), new double[] {1, 1});

    assertThat(mmr.next(i -> true)).hasValue(0);
    assertThat(mmr.next(i -> true)).hasValue(1);
    assertThat(mmr.next(i -> true)).isEmpty();
  }

  /** By hand, from the formula of the paper with one added under the logarithm. */
  @Test
  void bm25IsThatOfThePaper() {
    List<int[]> passages = new ArrayList<>();
    for (String passage : List.of("sea sea mill", "mill", "wheel oak oak oak")) {
      passages.add(vocabulary.add(Words.plain(passage)));
    }
    int sea = vocabulary.find("sea");
    int mill = vocabulary.find("mill");
    double[] scores = new Bm25(passages).scores(Set.of(sea, mill));

    double average = 8 / 3.0;
    double idfSea = Math.log(1 + 2.5 / 1.5);
    double idfMill = Math.log(1 + 1.5 / 2.5);
    double first = 1.2 * (0.25 + 0.75 * 3 / average);
    double second = 1.2 * (0.25 + 0.75 * 1 / average);
    assertThat(scores[0])
        .isCloseTo(idfSea * 2 * 2.2 / (2 + first) + idfMill * 2.2 / (1 + first), within(1e-12));
    assertThat(scores[1]).isCloseTo(idfMill * 2.2 / (1 + second), within(1e-12));
    assertThat(scores[2]).isZero();
    assertThat(new Bm25(List.of()).scores(Set.of(1))).isEmpty();
  }
}
