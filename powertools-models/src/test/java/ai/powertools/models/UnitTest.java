package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UnitTest {
  @Test
  void hasTheNamesAndSizesOfTheRegistryThatOthersUse() throws IOException {
    List<String> lines = Files.readAllLines(SharedData.file("prices/genai-prices-units.yml"));
    TreeSet<String> theirs = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.matches("[a-z0-9_]+:")) {
        String key = line.substring(0, line.length() - 1);
        theirs.add(key);
        long per = Long.parseLong(lines.get(i + 1).replaceAll("[^0-9]", ""));
        assertThat(Unit.of(key).orElseThrow().per()).as(key).isEqualTo(per);
      }
    }

    assertThat(theirs).hasSize(59);
  }

  @Test
  void isPartOfItsWholes() {
    assertThat(Unit.CACHE_AUDIO_WRITE_1H_TOKENS.wholes())
        .containsExactlyInAnyOrder(
            Unit.INPUT_TOKENS,
            Unit.INPUT_AUDIO_TOKENS,
            Unit.CACHE_WRITE_TOKENS,
            Unit.CACHE_WRITE_1H_TOKENS,
            Unit.CACHE_AUDIO_WRITE_TOKENS);
    assertThat(Unit.INPUT_TOKENS.wholes()).isEmpty();
    assertThat(Unit.AUDIO_SECONDS.includes(Unit.INPUT_AUDIO_SECONDS)).isTrue();
    assertThat(Unit.INPUT_TOKENS.includes(Unit.OUTPUT_TOKENS)).isFalse();
    assertThat(Unit.WEB_SEARCHES.includes(Unit.STORAGE_SEARCHES)).isFalse();
  }

  @Test
  void hasAnOverlapWithAnotherOfTheSameWholes() {
    assertThat(Unit.CACHE_READ_TOKENS.overlapWith(Unit.INPUT_AUDIO_TOKENS))
        .contains(Unit.CACHE_AUDIO_READ_TOKENS);
    assertThat(Unit.INPUT_IMAGE_TOKENS.overlapWith(Unit.CACHE_WRITE_1H_TOKENS))
        .contains(Unit.CACHE_IMAGE_WRITE_1H_TOKENS);
    assertThat(Unit.CACHE_READ_TOKENS.overlapWith(Unit.CACHE_WRITE_TOKENS)).isEmpty();
    assertThat(Unit.CACHE_READ_TOKENS.overlapWith(Unit.OUTPUT_AUDIO_TOKENS)).isEmpty();
    assertThat(Unit.INPUT_TOKENS.overlapWith(Unit.INPUT_AUDIO_TOKENS)).isEmpty();
    assertThat(Unit.REQUESTS.overlapWith(Unit.INPUT_AUDIO_TOKENS)).isEmpty();
  }

  @Test
  void goesAWayOrNone() {
    assertThat(Unit.INPUT_PIXELS.direction()).contains(Unit.Direction.INPUT);
    assertThat(Unit.WEB_SEARCHES.direction()).isEmpty();
    assertThat(Unit.of("smiles")).isEmpty();
  }

  @Test
  void isCountedInUsageOnceWhereverItStands() {
    Usage usage = Usage.of(10, 5).and(Unit.WEB_SEARCHES, 2).and(Unit.CACHE_READ_TOKENS, 4);

    assertThat(usage).isEqualTo(new Usage(10, 4, 0, 5, 0, Map.of(Unit.WEB_SEARCHES, 2L)));
    assertThat(usage.get(Unit.WEB_SEARCHES)).isEqualTo(2);
    assertThat(usage.get(Unit.CACHE_READ_TOKENS)).isEqualTo(4);
    assertThat(usage.get(Unit.CACHE_WRITE_TOKENS)).isZero();
    assertThat(usage.get(Unit.OUTPUT_REASONING_TOKENS)).isZero();
    assertThat(usage.get(Unit.REQUESTS)).isZero();
    assertThat(Usage.of(usage.quantities())).isEqualTo(usage);
    assertThat(usage.plus(usage).get(Unit.WEB_SEARCHES)).isEqualTo(4);
    assertThat(usage.plus(Usage.of(1, 1)).get(Unit.WEB_SEARCHES)).isEqualTo(2);
    assertThat(Usage.of(1, 1).and(Unit.REQUESTS, 0).details()).isEmpty();
  }

  @Test
  void isRefusedInUsageWhenItCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Usage.of(1, 1).and(Unit.WEB_SEARCHES, -1))
        .withMessage("A quantity must not be negative: web_searches -1.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Usage(1, 0, 0, 0, 0, Map.of(Unit.OUTPUT_TOKENS, 1L)))
        .withMessage(
            "output_tokens has a place of its own; it can't be among the details as well.");
  }

  @Test
  void isTheSameWhereverAVendorSaysAnywhere() {
    CallTerms terms = CallTerms.at(Instant.EPOCH);

    assertThat(terms.region("global")).isEqualTo(terms);
    assertThat(terms.region("not_available").region()).isEmpty();
    assertThat(terms.region(" US ").region()).contains("us");
    assertThat(terms.knownAt(Instant.MAX).knownAt()).isEqualTo(Optional.of(Instant.MAX));
  }
}
