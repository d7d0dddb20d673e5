package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitPresetsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String END = "\t2026-09-24\thttps://example.com/limits";

  @TempDir private Path folder;

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("own.tsv"), List.of(lines));
  }

  @Test
  void knowsWhatOpenAiPublishes() {
    assertThat(LimitPresets.bundled().find("openai", "gpt-5-mini-2025-08-07", "Tier 1"))
        .contains(Limits.perMinute(500, 500_000));
  }

  @Test
  void knowsWhatAnthropicPublishes() {
    assertThat(LimitPresets.bundled().find("Anthropic", "claude-haiku-4-5-20251001", "build"))
        .contains(
            Limits.of(
                Limit.of(Dimension.REQUESTS, 5_000, MINUTE),
                Limit.of(Dimension.INPUT_TOKENS, 5_000_000, MINUTE),
                Limit.of(Dimension.OUTPUT_TOKENS, 1_000_000, MINUTE)));
  }

  @Test
  void letsTheLimitOfADayBeUsedUpAtOnce() {
    assertThat(LimitPresets.bundled().find("google", "gemini-2.5-flash", "free"))
        .contains(
            Limits.of(
                Limit.of(Dimension.REQUESTS, 10, MINUTE),
                Limit.of(Dimension.INPUT_TOKENS, 250_000, MINUTE),
                Limit.of(Dimension.REQUESTS, 250, Duration.ofDays(1)).slidingWindow()));
  }

  @Test
  void knowsNothingOfOthers() {
    LimitPresets presets = LimitPresets.bundled();
    assertThat(presets.find("openai", "gpt-5-mini", "tier-9")).isEmpty();
    assertThat(presets.find("openai", "gpt-5-minimal", "tier-1")).isEmpty();
    assertThat(presets.find("nobody", "gpt-5-mini", "tier-1")).isEmpty();
    assertThat(presets.tiers("nobody")).isEmpty();
  }

  @Test
  void listsWhatItHas() {
    LimitPresets presets = LimitPresets.bundled();
    assertThat(presets.providers())
        .containsExactly("anthropic", "google", "groq", "openai", "openrouter");
    assertThat(presets.tiers("openai"))
        .containsExactly("tier-1", "tier-2", "tier-3", "tier-4", "tier-5");
    assertThat(presets.tiers("anthropic")).containsExactly("start", "build", "scale");
    assertThat(presets.models("openrouter", "10-credits")).containsExactly("*:free");
    assertThat(presets.models("openai", "tier-5")).contains("gpt-6-astra", "gpt-4o-mini-2024-*");
  }

  @Test
  void datesAndSourcesEveryRow() {
    LimitPresets presets = LimitPresets.bundled();
    assertThat(presets.all())
        .hasSizeGreaterThan(120)
        .allSatisfy(
            preset -> {
              assertThat(preset.source().getScheme()).isEqualTo("https");
              assertThat(preset.date())
                  .isBetween(LocalDate.of(2025, 1, 1), presets.asOf().orElseThrow());
              assertThat(preset.limits().isEmpty()).isFalse();
              // A row that another one hides for all its models would be of no use.
              assertThat(
                      presets.find(
                          preset.provider(), preset.model().replace('*', '0'), preset.tier()))
                  .as("%s", preset)
                  .contains(preset.limits());
            });
    assertThat(presets.asOf()).contains(LocalDate.of(2026, 10, 17));
    assertThat(LimitPresets.none().asOf()).isEmpty();
  }

  @Test
  void neverGivesAHigherTierLess() {
    LimitPresets presets = LimitPresets.bundled();
    List<String> tiers = presets.tiers("openai");
    for (int i = 1; i < tiers.size(); i++) {
      for (String model : presets.models("openai", tiers.get(i))) {
        Limits lower = presets.find("openai", model, tiers.get(i - 1)).orElseThrow();
        Limits higher = presets.find("openai", model, tiers.get(i)).orElseThrow();
        assertThat(perMinute(higher, Dimension.TOKENS))
            .as("%s of %s", model, tiers.get(i))
            .isGreaterThanOrEqualTo(perMinute(lower, Dimension.TOKENS));
      }
    }
  }

  private static long perMinute(Limits limits, Dimension dimension) {
    return limits.list().stream()
        .filter(limit -> limit.dimension().equals(dimension) && limit.window().equals(MINUTE))
        .mapToLong(Limit::amount)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void prefersTheUsersOwnRows() throws IOException {
    Path own =
        file(
            "# mine",
            "",
            "OpenAI\tgpt-5-mini\tTier 1\t7 requests/second, 8 at once" + END,
            "openai\tmy-model\ttier-1\t5 requests/month" + END);

    LimitPresets presets = LimitPresets.bundled().load(own);

    assertThat(presets.find("openai", "gpt-5-mini", "tier-1"))
        .contains(Limits.of(Limit.of(Dimension.REQUESTS, 7, Duration.ofSeconds(1))).concurrency(8));
    assertThat(presets.find("openai", "gpt-5-mini-2025-08-07", "tier-1"))
        .contains(Limits.perMinute(500, 500_000));
    assertThat(presets.find("openai", "my-model", "tier-1"))
        .contains(Limits.of(Limit.of(Dimension.REQUESTS, 5, Duration.ofDays(30)).slidingWindow()));
    assertThat(presets.all()).hasSize(LimitPresets.bundled().all().size() + 1);
  }

  @Test
  void takesTheRowThatFixesMostOfTheName() throws IOException {
    LimitPresets presets =
        LimitPresets.none()
            .load(
                file(
                    "x\t*\tt\t1 requests/hour" + END,
                    "x\tgpt*|gpt-5-mini\tt\t2 requests/hour" + END,
                    "x\tgpt-5*mini*\tt\t3 requests/hour" + END));

    assertThat(amount(presets, "llama")).isEqualTo(1);
    assertThat(amount(presets, "GPT-6")).isEqualTo(2);
    assertThat(amount(presets, "gpt-5-mini")).isEqualTo(2);
    assertThat(amount(presets, "gpt-5.4-mini-2026")).isEqualTo(3);
  }

  private static long amount(LimitPresets presets, String model) {
    return presets.find("x", model, "t").orElseThrow().list().get(0).amount();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "x|y;has 2 columns: give provider, model, tier, limits, date and source, with tabs between.",
        "x y$|m|t|1 requests/day|2026-01-01|https://e.com;has the provider \"x y$\": give letters",
        "x|m m|t|1 requests/day|2026-01-01|https://e.com;has the model \"m m\": give the name of a",
        "x|m|t t!|1 requests/day|2026-01-01|https://e.com;has the tier \"t t!\": give letters,",
        "x|m|t|many requests|2026-01-01|https://e.com;\"many requests\" is no limit: give a number",
        "x|m|t|1 requests/week|2026-01-01|https://e.com;\"week\" is no window: give second, minute,",
        "x|m|t|0 requests/day|2026-01-01|https://e.com;A limit of 0 makes no sense",
        "x|m|t|9_999_999_999_999_999_999 requests/day|2026-01-01|https://e.com;makes no sense",
        "x|m|t|0 at once|2026-01-01|https://e.com;A concurrency of 0 makes no sense",
        "x|m|t|1 a/day, 2 a/day|2026-01-01|https://e.com;It says \"2 a per day\" twice: keep one.",
        "x|m|t|1 a/day|yesterday|https://e.com;has the date \"yesterday\": give the day on which",
        "x|m|t|1 a/day|2026-01-01|limits;has the source \"limits\": give the address of the page",
        "x|m|t|1 a/day|2026-01-01|ht tp:;has the source \"ht tp:\": give the address of the page"
      })
  void namesFileLineAndRemedyOfARowThatIsWrong(String row, String message) throws IOException {
    Path own = file("# first", row.replace('|', '\t'));
    assertThatThrownBy(() -> LimitPresets.none().load(own))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(own + ", line 2 ")
        .hasMessageContaining(message);
  }

  @Test
  void refusesTwoRowsAboutTheSame() throws IOException {
    Path own = file("x\tm\tt\t1 a/day" + END, "X\tn|m\tT\t2 a/day" + END);
    assertThatThrownBy(() -> LimitPresets.none().load(own))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(own + ", line 2 is about x m t again, after line 1: keep one of the two.");
  }

  @Test
  void saysThatAFileIsNotThere() {
    Path none = folder.resolve("none.tsv");
    assertThatThrownBy(() -> LimitPresets.none().load(none))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(none.toString())
        .hasMessageContaining("give a file in UTF-8 that is there");
  }

  @Test
  void saysThatAFileIsNoText() throws IOException {
    Path bytes = Files.write(folder.resolve("bytes.tsv"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> LimitPresets.none().load(bytes))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("can't be read");
  }

  @Test
  void refusesAFileThatIsFarTooLong() throws IOException {
    Path huge = Files.write(folder.resolve("huge.tsv"), new byte[10_000_001]);
    assertThatThrownBy(() -> LimitPresets.none().load(huge))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("that is no file of limits");
  }

  @Test
  void saysThatTheBundledRowsAreMissing() {
    assertThatThrownBy(() -> PresetFile.bundled("other.tsv"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("build the jar with its resources");
  }
}
