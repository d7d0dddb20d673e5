package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Usage;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportedUsageTest {
  @Test
  void readsTheTotalsAndTheirParts() throws JsonProcessingException {
    ReportedUsage usage =
        openAi(
            """
            {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120,
             "prompt_tokens_details": {"cached_tokens": 60, "cache_write_tokens": 10},
             "completion_tokens_details": {"reasoning_tokens": 15}}""");

    assertThat(usage.isPlausible(true)).isTrue();
    assertThat(usage.normalised()).isEqualTo(new Usage(100, 60, 10, 20, 15));
  }

  @ParameterizedTest
  @ValueSource(strings = {"prompt_cache_hit_tokens", "num_cached_tokens", "cached_tokens"})
  void findsCachedTokensWhereOtherVendorsPutThem(String name) throws JsonProcessingException {
    ReportedUsage usage =
        openAi("{\"prompt_tokens\":10,\"completion_tokens\":1,\"" + name + "\":4}");

    assertThat(usage.normalised()).isEqualTo(new Usage(10, 4, 0, 1, 0));
  }

  @Test
  void addsReasoningThatIsCountedBesideTheOutput() throws JsonProcessingException {
    ReportedUsage usage =
        openAi(
            """
            {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 45,
             "completion_tokens_details": {"reasoning_tokens": 30}}""");

    assertThat(usage.normalised()).isEqualTo(new Usage(10, 0, 0, 35, 30));
  }

  @Test
  void cutsPartsDownToTheirWholes() throws JsonProcessingException {
    ReportedUsage usage =
        openAi(
            """
            {"prompt_tokens": 10, "completion_tokens": 5,
             "prompt_tokens_details": {"cached_tokens": 8, "cache_write_tokens": 80},
             "completion_tokens_details": {"reasoning_tokens": 50}}""");

    assertThat(usage.normalised()).isEqualTo(new Usage(10, 8, 2, 5, 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"prompt_tokens\":0,\"completion_tokens\":0}",
        "{\"prompt_tokens\":7,\"completion_tokens\":0}",
        "{\"prompt_tokens\":-7,\"completion_tokens\":1}",
        "{\"prompt_tokens\":\"7\",\"completion_tokens\":1}",
        "{\"prompt_tokens\":1e30,\"completion_tokens\":1}",
        "{\"prompt_tokens\":null,\"completion_tokens\":1}"
      })
  void doesNotBelieveWhatNoAnswerWithTextCanHaveUsed(String usage) throws JsonProcessingException {
    assertThat(openAi(usage).isPlausible(true)).isFalse();
  }

  @Test
  void believesThatNothingWasSaid() throws JsonProcessingException {
    assertThat(openAi("{\"prompt_tokens\":7,\"completion_tokens\":0}").isPlausible(false)).isTrue();
  }

  @Test
  void fillsInWhatIsMissingOnly() throws JsonProcessingException {
    ReportedUsage usage = ReportedUsage.ofOllama(Json.parse("{\"eval_count\":12}"));

    assertThat(usage.isPlausible(true)).isFalse();
    assertThat(usage.completed(33, 99)).isEqualTo(Usage.of(33, 12));
  }

  private static ReportedUsage openAi(String json) throws JsonProcessingException {
    return ReportedUsage.ofOpenAi(Json.parse(json));
  }
}
