package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No place of a good request is outside of the referee's sight, save where anything goes. */
class MutatedRequestsTest {
  /** Where the JSON is the caller's own, by vendor and place. */
  private static final Pattern FREE =
      Pattern.compile(
          "openai .*/(parameters|schema|metadata|logit_bias|variables)/.*"
              + "|openai .*/tool_choice/.*tools/.*"
              + "|ollama .*/(arguments|parameters|options|format)/.*"
              + "|gemini .*/(args|response|parametersJsonSchema|responseJsonSchema)/.*"
              + "|gemini .*/(parametersJsonSchema|responseJsonSchema|properties/\\w+)"
              + "|anthropic .*/(input_schema|input|schema)/.*");

  static List<String> goodRequests() {
    return GoodRequest.names();
  }

  @ParameterizedTest
  @MethodSource("goodRequests")
  void noticesEveryMisspeltProperty(String name) {
    assertThat(unnoticed(name, "rename", "misspelt")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("goodRequests")
  void noticesEveryValueOfAWrongType(String name) {
    assertThat(unnoticed(name, "set", "[[true]]")).isEmpty();
  }

  private static List<String> unnoticed(String name, String verb, String value) {
    GoodRequest good = GoodRequest.named(name);
    List<JsonPointer> places = new ArrayList<>();
    collect(good.body(), JsonPointer.empty(), places);
    assertThat(places).isNotEmpty();
    return places.stream()
        .filter(place -> !FREE.matcher(name + place).matches())
        .map(place -> new Edit(verb, place, value))
        .filter(e -> VendorSchemas.problems(good.request(), e.applied(good.body())).isEmpty())
        .map(e -> e.place().toString())
        .toList();
  }

  private static void collect(JsonNode node, JsonPointer place, List<JsonPointer> places) {
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      collect(node.get(i), place.appendIndex(i), places);
    }
    node.properties()
        .forEach(
            p -> {
              JsonPointer inner = place.appendProperty(p.getKey());
              places.add(inner);
              collect(p.getValue(), inner, places);
            });
  }
}
