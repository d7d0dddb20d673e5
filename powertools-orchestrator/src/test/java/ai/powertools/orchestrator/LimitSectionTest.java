package ai.powertools.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits as a configuration says them. */
class LimitSectionTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;

  private LimitSettings read(String yaml) {
    try {
      Path file = Files.writeString(folder.resolve("powertools.yaml"), yaml);
      Map<String, String> noServers = Map.of("OLLAMA_HOST", "http://127.0.0.1:1", "RPM", "600");
      return OrchestratorConfig.read(file, noServers).builder().limits;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void readsAllThatLimitsCanBe() {
    LimitSettings settings =
        read(
            """
            limits:
              requests_per_minute: ${RPM}
              tokens_per_minute: 100_000
              input_tokens_per_minute: 80_000
              output_tokens_per_minute: 20_000
              requests_per_day: 10_000
              tokens_per_day: 2_000_000
              burst: 0.25
              concurrency: 8
              max_wait: 5s
              learn: false
              adaptive: true
            """);

    assertThat(settings)
        .isEqualTo(
            LimitSettings.of(
                    Limits.of(
                            Limit.of(Dimension.REQUESTS, 600, MINUTE).burst(150),
                            Limit.of(Dimension.TOKENS, 100_000, MINUTE).burst(25_000),
                            Limit.of(Dimension.INPUT_TOKENS, 80_000, MINUTE).burst(20_000),
                            Limit.of(Dimension.OUTPUT_TOKENS, 20_000, MINUTE).burst(5_000),
                            Limit.of(Dimension.REQUESTS, 10_000, DAY).slidingWindow(),
                            Limit.of(Dimension.TOKENS, 2_000_000, DAY).slidingWindow())
                        .concurrency(8))
                .longestWait(Duration.ofSeconds(5))
                .learn(false)
                .adaptive(true));
  }

  @Test
  void whatIsNotSaidIsAsWithoutAFile() {
    assertThat(read("limits: {}")).isEqualTo(LimitSettings.NONE);
    assertThat(read("limits: { requests_per_minute: 60, tokens_per_minute: 100_000 }"))
        .isEqualTo(LimitSettings.perMinute(60, 100_000));
    assertThat(LimitSettings.NONE.learn()).isTrue();
    assertThat(LimitSettings.NONE.adaptive()).isFalse();
  }

  @Test
  void aProvidersOwnKeysTakeThePlaceOfTheGeneralOnesAndTheRestStays() {
    LimitSettings settings =
        read(
            """
            limits:
              requests_per_minute: 60
              concurrency: 4
              burst: 0.5
              providers:
                openai: { requests_per_minute: 500, tokens_per_minute: 30_000 }
                anthropic: { concurrency: 2, burst: 1 }
            """);

    assertThat(settings.of("openai"))
        .isEqualTo(
            Limits.of(
                    Limit.of(Dimension.REQUESTS, 500, MINUTE).burst(250),
                    Limit.of(Dimension.TOKENS, 30_000, MINUTE).burst(15_000))
                .concurrency(4));
    assertThat(settings.of("anthropic"))
        .isEqualTo(Limits.of(Limit.of(Dimension.REQUESTS, 60, MINUTE).burst(60)).concurrency(2));
    assertThat(settings.of("groq"))
        .isEqualTo(Limits.of(Limit.of(Dimension.REQUESTS, 60, MINUTE).burst(30)).concurrency(4));
  }

  @Test
  void aProviderIsNamedByItsSectionOrAsItCallsItself() {
    LimitSettings settings =
        read(
            """
            providers:
              openai_compatible: { name: groq, base_url: "http://127.0.0.1:1/v1" }
            limits:
              providers:
                gemini: { concurrency: 1 }
                llama_cpp: { concurrency: 2 }
                openai_compatible: { concurrency: 3 }
                openai: { concurrency: 4 }
            """);

    assertThat(settings.providers()).containsOnlyKeys("google", "llama.cpp", "groq", "openai");
    assertThat(settings.of("groq")).isEqualTo(Limits.none().concurrency(3));
    assertThat(
            read("""
                    providers:
                      openai_compatible: { name: groq, base_url: "http://127.0.0.1:1/v1" }
                    limits: { providers: { groq: { concurrency: 9 } } }
                    """)
                .of("groq"))
        .isEqualTo(Limits.none().concurrency(9));
  }

  @Test
  void aQuotaForADayMayBeUsedUpAtOnceWhateverTheBurst() {
    Limits limits = read("limits: { requests_per_day: 1000, burst: 0.01 }").limits();

    assertThat(limits.list()).extracting(Limit::burst).containsExactly(1000L);
  }

  @Test
  void moreCallsAtOnceThanCanBeCountedAreNoError() {
    assertThat(read("limits: { concurrency: 99_999_999_999 }").limits())
        .isEqualTo(Limits.none().concurrency(Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          limits: { request_per_minute: 1 }        | line 1: "limits.request_per_minute" is not known here; known are adaptive, burst, concurrency, input_tokens_per_minute, learn, max_wait, output_tokens_per_minute, providers, requests_per_day, requests_per_minute, tokens_per_day, tokens_per_minute.
          limits: { tokens_per_day: 0 }            | line 1: "limits.tokens_per_day" must be a whole number of at least 1, not "0".
          limits: { input_tokens_per_minute: 1k }  | line 1: "limits.input_tokens_per_minute" must be a whole number of at least 1, not "1k".
          limits: { tokens_per_minute: 9000000000000000 } | line 1: "limits.tokens_per_minute" is wrong: A limit of 9000000000000000 makes no sense: give 1 to 1000000000000000.
          limits: { burst: 0 }                     | line 1: "limits.burst" must be a share of each limit, more than 0 and at most 1, as in 0.25, not "0".
          limits: { burst: 50 }                    | line 1: "limits.burst" must be a share of each limit, more than 0 and at most 1, as in 0.25, not "50".
          limits: { learn: perhaps }               | line 1: "limits.learn" must be true or false, not "perhaps".
          limits: { adaptive: 1 }                  | line 1: "limits.adaptive" must be true or false, not "1".
          limits: { providers: 5 }                 | line 1: "limits.providers" must be a section with keys of its own.
          limits: { providers: { openai: 5 } }     | line 1: "limits.providers.openai" must be a section with keys of its own.
          limits: { providers: { opnai: {} } }     | line 1: "limits.providers.opnai" is no provider here; there are anthropic, gemini, google, llama.cpp, llama_cpp, ollama, openai, openai_compatible.
          limits: { providers: { openai: { learn: false } } } | line 1: "limits.providers.openai.learn" is not known here; known are burst, concurrency, input_tokens_per_minute, output_tokens_per_minute, requests_per_day, requests_per_minute, tokens_per_day, tokens_per_minute.
          """)
  void namesTheLineTheKeyAndTheRemedy(String yaml, String problem) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("powertools.yaml, " + problem);
  }

  @Test
  void namesTheLineOfAProvidersKey() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    limits:
                      requests_per_minute: 60
                      providers:
                        openai:
                          concurrency: 0
                    """))
        .hasMessageContaining(
            "line 5: \"limits.providers.openai.concurrency\" must be a whole number of at least 1,"
                + " not \"0\".");
  }

  @Test
  void refusesAWaitThatCannotBe() {
    assertThatThrownBy(() -> LimitSettings.NONE.longestWait(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A call cannot wait for PT-1S: give zero or more.");
  }
}
