package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.ratelimit.LimitPreset;
import ai.powertools.ratelimit.LimitPresets;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsShowCommandTest {
  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void open() {
    console = new Console(folder);
  }

  @Test
  void showsTheLimitsOfTheConfigurationWithoutAnyKey() throws IOException {
    Files.writeString(
        folder.resolve("powertools.yaml"),
        """
        models: openai:gpt-5-mini
        limits: { requests_per_minute: 60, tokens_per_minute: 100000, concurrency: 8 }
        """);
    assertThat(console.run("limits", "show", "--provider", "nobody")).isZero();
    assertThat(console.out())
        .isEqualTo(
            """
            provider                model  tier  limits                                                             as of
            each (powertools.yaml)  *      -     60 requests per minute, 100000 tokens per minute, 8 calls at once  -
            """);
    assertThat(console.err()).startsWith("Providers change their limits");
    assertThat(console.run("limits", "show", "--provider", "nobody", "--json")).isZero();
    JsonNode json = new ObjectMapper().readTree(console.out());
    assertThat(json.get("limits")).hasSize(2);
    assertThat(json.get("limits").get(0).get("window_s").asDouble()).isEqualTo(60);
    assertThat(json.get("concurrency").asInt()).isEqualTo(8);
    assertThat(json.has("tier")).isFalse();
  }

  @Test
  void saysWhenNothingIsKnownAndWhatIsWrong() throws IOException {
    assertThat(console.run("limits", "show", "--provider", "nobody")).isZero();
    assertThat(console.out()).isEmpty();
    assertThat(console.err()).startsWith("Nothing is known of that. Leave an option out");
    Files.writeString(folder.resolve("wrong.yaml"), "limits: { requests: 60 }\n");
    assertThat(console.run("limits", "show", "--config", "wrong.yaml")).isEqualTo(3);
    assertThat(console.err()).contains("line 1: \"limits.requests\"");
  }

  @Test
  void showsWhatProvidersPublishForATierWithDateAndSource() throws IOException {
    assertThat(console.run("limits", "show", "--provider", "OpenAI", "--tier", "Tier 1")).isZero();
    assertThat(console.out())
        .startsWith("provider  model")
        .contains("\nopenai    gpt-5")
        .contains("tier-1")
        .contains(" tokens per minute")
        .doesNotContain("tier-2")
        .doesNotContain("anthropic");
    LimitPreset preset = LimitPresets.bundled().all().get(0);
    assertThat(
            console.run(
                "limits",
                "show",
                "--provider",
                preset.provider(),
                "--model",
                preset.model().replace("*", "x"),
                "--tier",
                preset.tier(),
                "--json"))
        .isZero();
    JsonNode json = new ObjectMapper().readTree(console.out().lines().findFirst().orElseThrow());
    assertThat(json.get("provider").asText()).isEqualTo(preset.provider());
    assertThat(json.get("as_of").asText()).isEqualTo(preset.date().toString());
    assertThat(json.get("source").asText()).isEqualTo(preset.source().toString());
    assertThat(json.get("limits")).hasSize(preset.limits().list().size());
  }

  @Test
  void theCommandAloneSaysWhatThereIs() {
    assertThat(console.run("limits")).isZero();
    assertThat(console.out()).contains("show").contains("simulate").contains("forecast");
  }
}
