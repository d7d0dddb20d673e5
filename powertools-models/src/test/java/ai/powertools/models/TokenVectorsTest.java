package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts against the token ids that tiktoken gave for some hundred texts in many languages. */
class TokenVectorsTest {
  @ParameterizedTest
  @CsvSource({
    "O200K_BASE, jtokkit-o200k_base_encodings.csv",
    "O200K_HARMONY, jtokkit-o200k_base_encodings.csv",
    "CL100K_BASE, jtokkit-cl100k_base_encodings.csv",
    "CL100K_BASE, jtokkit-base_prompts.csv",
    "P50K_BASE, jtokkit-p50k_base_encodings.csv",
    "P50K_EDIT, jtokkit-p50k_edit_encodings.csv",
    "R50K_BASE, jtokkit-r50k_base_encodings.csv"
  })
  void countsWhatTiktokenCounts(Tokenizer tokenizer, String file) {
    TokenCounter counter = TokenCounter.of(tokenizer);
    List<TokenVectors> vectors = TokenVectors.read(file);

    assertThat(vectors).hasSizeGreaterThan(30);
    for (TokenVectors vector : vectors) {
      assertThat(counter.count(vector.text()))
          .as(vector.text())
          .isEqualTo(TokenCount.exactly(vector.tokens()));
    }
  }

  /** Other people's vocabularies, among them two much poorer ones, stand in for those we lack. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "O200K_BASE",
        "O200K_HARMONY",
        "CL100K_BASE",
        "P50K_BASE",
        "P50K_EDIT",
        "R50K_BASE",
        "WORDS"
      })
  void boundsWhatAnyOfTheKnownVocabulariesCount(Tokenizer tokenizer) {
    TokenCounter counter = TokenCounter.of(tokenizer);
    for (TokenVectors vector : TokenVectors.read("jtokkit-cl100k_base_encodings.csv")) {
      for (EncodingType type : EncodingType.values()) {
        Encoding encoding = Vocabularies.ALL.getEncoding(type);
        assertThat((long) encoding.countTokensOrdinary(vector.text()))
            .as("%s of %s", type, vector.text())
            .isLessThanOrEqualTo(counter.count(vector.text()).atMost());
      }
    }
  }

  private static final class Vocabularies {
    private static final EncodingRegistry ALL = Encodings.newLazyEncodingRegistry();
  }
}
