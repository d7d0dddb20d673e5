package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelPatternTest {
  @ParameterizedTest
  @CsvSource({
    "openai:gpt-5, openai:gpt-5, true",
    "OpenAI:GPT-5, openai:gpt-5, true",
    "openai:gpt-5, openai:gpt-5-mini, false",
    "openai:*, openai:gpt-5-mini, true",
    "*:gpt-5*, openai:gpt-5-mini, true",
    "*mini, openai:gpt-5-mini, true",
    "*mini, openai:gpt-5-mini-high, false",
    "*i*i, openai:gpt-5-mini, true",
    "*, anything, true",
    "**, anything, true",
    "a*b*c, aXbXbXc, true",
    "a*b*c, aXbXbX, false",
    "'', x, false",
    "x, '', false",
  })
  void aStarStandsForAnything(String pattern, String label, boolean matches) {
    assertThat(LabelPattern.matches(pattern, label)).isEqualTo(matches);
    assertThat(LabelPattern.anyMatches(List.of("nothing", pattern), label)).isEqualTo(matches);
  }
}
