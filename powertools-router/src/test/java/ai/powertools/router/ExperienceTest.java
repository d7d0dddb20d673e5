package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperienceTest {
  private final Experience experience = Experience.none();

  @Test
  void learnsHowLongAnswersAreOfEachModelAndOfAll() {
    for (int tokens = 1; tokens <= 100; tokens++) {
      experience.lengths("code").add("a:m", tokens * 10);
      experience.lengths("code").add("b:m", tokens);
    }
    AnswerLengths lengths = experience.lengths("code");

    assertThat(lengths.usual("a:m")).isCloseTo(490, within(20L));
    assertThat(lengths.longOne("a:m")).isCloseTo(930, within(30L));
    assertThat(lengths.usual("b:m")).isCloseTo(49, within(2L));
    assertThat(lengths.usual("c:new")).isBetween(50L, 500L);
    assertThat(experience.lengths("chat").usual("a:m")).isEqualTo(-1);
    assertThat(experience.lengths("chat").longOne("a:m")).isEqualTo(-1);
  }

  @Test
  void forgetsHowLongAnswersWereLongAgo() {
    for (int i = 0; i < 1_000; i++) {
      experience.lengths("code").add("a:m", 4_000);
    }
    for (int i = 0; i < 1_500; i++) {
      experience.lengths("code").add("a:m", 100);
    }

    assertThat(experience.lengths("code").usual("a:m")).isCloseTo(100, within(2L));
  }

  @Test
  void learnsWhatVendorsCountWhereWeEstimate() {
    assertThat(experience.factor("claude")).isEqualTo(1);
    experience.counted("claude", 100, 130);
    experience.counted("claude", 100, 130);
    assertThat(experience.factor("claude")).as("two reports are too few").isEqualTo(1);
    experience.counted("claude", 1_000, 1_300);
    assertThat(experience.factor("claude")).isCloseTo(1.3, within(1e-9));
    for (int i = 0; i < 100; i++) {
      experience.counted("claude", 100, 110);
    }
    assertThat(experience.factor("claude")).isCloseTo(1.1, within(0.01));
    assertThat(experience.factor("llama")).isEqualTo(1);
  }

  @Test
  void takesNoReportForMoreThanItCanBe() {
    for (int i = 0; i < 10; i++) {
      experience.counted("odd", 10, 5_000); // a hidden prompt, not another tokenizer
      experience.counted("none", 0, 10);
      experience.counted("none", 10, 0);
    }
    assertThat(experience.factor("odd")).isEqualTo(2);
    assertThat(experience.factor("none")).isEqualTo(1);
  }

  @Test
  void keepsFeedbackByKindOfTask() {
    experience.rate("code", "a:m", 1);
    experience.rate("code", "a:m", 0.25);
    experience.rate("chat", "a:m", 0);

    assertThat(experience.ratings("code").get("a:m")).isEqualTo(new Rating(1.25, 0.75));
    assertThat(experience.ratings("chat").get("a:m")).isEqualTo(new Rating(0, 1));
    assertThat(experience.ratings("other")).isEmpty();
  }

  @Test
  void newFeedbackWinsOverOld() {
    for (int i = 0; i < 1_000; i++) {
      experience.rate("code", "a:m", 1);
    }
    for (int i = 0; i < 300; i++) {
      experience.rate("code", "a:m", 0);
    }
    Rating rating = experience.ratings("code").get("a:m");
    assertThat(rating.bad()).isGreaterThan(10 * rating.good());
  }

  @Test
  void comesBackFromJson() {
    for (int i = 1; i <= 50; i++) {
      experience.lengths("code").add("a:m", i);
      experience.counted("claude", 100, 120);
      experience.rate("code", "a:m", 0.5);
    }
    String json = experience.toJson();
    Experience again = Experience.fromJson(json);

    assertThat(again.toJson()).isEqualTo(json);
    assertThat(again.lengths("code").usual("a:m"))
        .isEqualTo(experience.lengths("code").usual("a:m"));
    assertThat(again.factor("claude")).isEqualTo(experience.factor("claude"));
    assertThat(again.ratings("code")).isEqualTo(experience.ratings("code"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[                                                    | is no JSON",
        "{}                                                   | is of version",
        "{\"version\":1}                                      | has no \"answerTokens\"",
        "{\"version\":1,\"answerTokens\":{\"k\":{\"m\":[7]}}} | pairs of tokens",
        "{\"version\":1,\"answerTokens\":{},\"tokenFactors\":{\"f\":{}}} | \"factor\" is missing",
      })
  void saysWhatIsWrongWithTheJson(String json, String wrong) {
    assertThatThrownBy(() -> Experience.fromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(wrong);
  }
}
