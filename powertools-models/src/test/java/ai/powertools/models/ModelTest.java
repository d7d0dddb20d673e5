package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTest {
  @Test
  void isBuiltFromWhatIsKnownAndSaysWhatIsNot() {
    Model model = Model.builder("acme", "foo-1").build();

    assertThat(model.qualifiedId()).isEqualTo("acme/foo-1");
    assertThat(model.name()).isEqualTo("foo-1");
    assertThat(model.prices()).isEmpty();
    assertThat(model.tokenizer()).isEqualTo(Tokenizer.OTHER);
    assertThat(model.contextTokens()).isEqualTo(8_192);
    assertThat(model.maxOutputTokens()).isEqualTo(4_096);
    assertThat(model.aliases()).isEmpty();
    assertThat(model.asOf()).isEqualTo(LocalDate.EPOCH);
  }

  @Test
  void keepsAllThatWasSet() {
    LocalDate day = LocalDate.of(2026, 8, 1);
    URI source = URI.create("https://acme.example/prices");

    Model model =
        Model.builder("acme", "foo-1")
            .name("Foo One")
            .limits(100, 10)
            .tokenizer(Tokenizer.LLAMA)
            .prices(Prices.of(Usd.of("1"), Usd.of("2")))
            .aliases("foo", "foo-latest")
            .from(day, source)
            .build();

    assertThat(model.name()).isEqualTo("Foo One");
    assertThat(model.contextTokens()).isEqualTo(100);
    assertThat(model.maxOutputTokens()).isEqualTo(10);
    assertThat(model.tokenizer()).isEqualTo(Tokenizer.LLAMA);
    assertThat(model.prices()).contains(Prices.of(Usd.of("1"), Usd.of("2")));
    assertThat(model.aliases()).containsExactly("foo", "foo-latest");
    assertThat(model.asOf()).isEqualTo(day);
    assertThat(model.source()).isEqualTo(source);
  }

  @Test
  void countsWordsWhenItIsBuiltInAndEstimatesWhenItIsLocal() {
    assertThat(Model.local("builtin", "extractive", 1_000).tokenizer()).isEqualTo(Tokenizer.WORDS);
    assertThat(Model.local("ollama", "qwen3", 1_000).tokenizer()).isEqualTo(Tokenizer.OTHER);
    assertThat(Model.local("ollama", "qwen3", 1_000).prices()).contains(Prices.FREE);
  }

  @ParameterizedTest
  @CsvSource({"'', foo", "acme, ''", "acme, ' foo'", "'acme ', foo"})
  void refusesNamesThatAreBlankOrHaveSpaceAroundThem(String provider, String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Model.builder(provider, id).build())
        .withMessageContaining("must not be blank or have white space around it");
  }

  @Test
  void refusesBlankNamesAndAliasesToo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Model.builder("acme", "foo").name("").build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Model.builder("acme", "foo").aliases("").build());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "100, 0", "100, 101"})
  void refusesLimitsThatCannotBe(long context, long output) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Model.builder("acme", "foo").limits(context, output).build())
        .withMessage(
            "maxOutputTokens %d of acme/foo must be at least 1 and within contextTokens %d."
                .formatted(output, context));
  }
}
