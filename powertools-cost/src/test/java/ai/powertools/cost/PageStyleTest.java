package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageStyleTest {
  private static final Pattern SCHEME = Pattern.compile(":root \\{([^}]*)}");
  private static final Pattern COLOUR = Pattern.compile("--(\\w+): #(\\w+)");

  @Test
  void lettersAndBarsStandOutFromWhatIsBehindThemInEachScheme() {
    List<String> schemes =
        SCHEME.matcher(PageStyle.CSS).results().map(scheme -> scheme.group(1)).toList();

    assertThat(schemes).hasSize(3);
    for (String scheme : schemes) {
      Map<String, String> colours = new HashMap<>();
      Matcher matcher = COLOUR.matcher(scheme);
      while (matcher.find()) {
        colours.put(matcher.group(1), matcher.group(2));
      }
      for (String behind : List.of("back", "card")) {
        for (String letters : List.of("text", "faint")) {
          assertThat(contrast(colours.get(letters), colours.get(behind)))
              .as("%s on %s in %s", letters, behind, scheme)
              .isGreaterThanOrEqualTo(4.5);
        }
        for (String bar : List.of("c0", "c1", "c2", "c3", "c4", "over")) {
          assertThat(contrast(colours.get(bar), colours.get(behind)))
              .as("%s on %s in %s", bar, behind, scheme)
              .isGreaterThanOrEqualTo(3);
        }
      }
    }
  }

  /** As WCAG 2.2 defines it. */
  private static double contrast(String one, String other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(String hex) {
    int digits = hex.length() / 3;
    double[] channels = new double[3];
    for (int i = 0; i < 3; i++) {
      String part = hex.substring(i * digits, (i + 1) * digits).repeat(3 - digits);
      double value = Integer.parseInt(part, 16) / 255.0;
      channels[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
  }
}
