package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptToolTest {
  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"object\"", "1", "null", "true"})
  void refusesASchemaThatIsNoObjectAndNamesTheTool(String schema) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PromptTool.of("weather", "", schema))
        .withMessage(
            "The schema of the parameters of tool \"weather\" is JSON, but no object. Give a JSON"
                + " object, such as {\"type\":\"object\",\"properties\":{}}.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\":1,\"a\":2}", "{} {}", "object", "{\"a\":NaN}"})
  void refusesASchemaThatIsNotJsonAndNamesTheTool(String schema) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PromptTool.of("weather", "", schema))
        .withMessageStartingWith(
            "The schema of the parameters of tool \"weather\" is not JSON. Give a JSON object");
  }

  @Test
  void refusesWhatHasNoFormInJsonAndNamesTheTool() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PromptTool.of("weather", "", Map.of("type", new Object())))
        .withMessageContaining("tool \"weather\" can't be written as JSON");
  }

  @Test
  void refusesASchemaThatContainsItself() {
    Map<String, Object> schema = new HashMap<>();
    schema.put("self", schema);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PromptTool.of("weather", "", schema))
        .withMessageContaining("tool \"weather\"");
  }

  @Test
  void refusesAToolWithoutAName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PromptTool.of(" ", "", "{}"))
        .withMessageContaining("name of a tool is blank");
  }

  @Test
  void isTheSameFromTextAndFromMaps() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("required", List.of("a"));
    schema.put("max", 1.5);
    schema.put("open", false);
    schema.put("none", null);

    assertThat(PromptTool.of("f", "d", schema))
        .isEqualTo(
            PromptTool.of(
                "f",
                "d",
                "{ \"type\": \"object\", \"required\": [ \"a\" ],\n"
                    + " \"max\": 1.5, \"open\": false, \"none\": null }"));
  }

  @Test
  void isWrittenAsOneJsonObject() {
    assertThat(PromptTool.of("f", "say \"hi\"", "{ }").json())
        .isEqualTo("{\"name\":\"f\",\"description\":\"say \\\"hi\\\"\",\"parameters\":{}}");
  }
}
