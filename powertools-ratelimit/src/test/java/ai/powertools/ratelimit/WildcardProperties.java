package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Stars match what the regular expression with the same meaning matches. */
class WildcardProperties {
  private static final int CASES = RandomInput.size("powertools.fuzz.cases", 20_000);

  @Test
  void matchesWhatARegularExpressionMatches() {
    RandomInput.check(
        CASES,
        input -> {
          String pattern = word(input, "ab*", 6);
          String name = word(input, "ab", 8);
          String regex =
              Arrays.stream(pattern.split("\\*", -1))
                  .map(Pattern::quote)
                  .collect(Collectors.joining(".*"));
          assertThat(Wildcard.matches(pattern, name))
              .as("%s on %s", pattern, name)
              .isEqualTo(name.matches(regex));
        });
  }

  private static String word(RandomInput input, String letters, int most) {
    StringBuilder word = new StringBuilder();
    for (int i = input.ints(1, most + 1); i > 0; i--) {
      word.append(letters.charAt(input.ints(0, letters.length())));
    }
    return word.toString();
  }
}
