package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of made-up outcomes: the weak model fails at sums of many numbers. */
class RouteEvalCommandTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("rows.jsonl"), rows(120, 1));
    Files.writeString(folder.resolve("other.jsonl"), rows(90, 2));
    console = new Console(folder).at(Instant.parse("2026-08-15T10:00:00Z"));
  }

  private static String rows(int count, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int numbers = 1 + random.nextInt(6);
      StringBuilder prompt = new StringBuilder("Add ");
      for (int n = 0; n < numbers; n++) {
        prompt.append(random.nextInt(1000)).append(" apples and ");
      }
      prompt.append("one pear. How many pieces of fruit are there?");
      rows.append(
              MAPPER
                  .createObjectNode()
                  .put("set", i % 2 == 0 ? "even" : "odd")
                  .put("subject", i % 4 < 2 ? "one" : "two")
                  .put("prompt", prompt.toString())
                  .put("weak", numbers < 4)
                  .put("strong", true))
          .append('\n');
    }
    return rows.toString();
  }

  private JsonNode json() throws IOException {
    return MAPPER.readTree(console.out());
  }

  @Test
  void measuresTheBundledModel() throws IOException {
    assertThat(console.run("route", "eval", "rows.jsonl", "--json")).isZero();
    JsonNode json = json();
    assertThat(json.get("kind").asText()).isEqualTo("model");
    assertThat(json.get("rows").asInt()).isEqualTo(120);
    JsonNode even = json.get("sets").get("even");
    assertThat(even.get("rows").asInt()).isEqualTo(60);
    assertThat(even.get("random").get("apgr").asDouble()).isEqualTo(0.5);
    assertThat(even.get("random").get("cpt50").asDouble()).isEqualTo(50);
    assertThat(even.get("random").get("cpt80").asDouble()).isEqualTo(80);
    assertThat(even.get("oracle").get("apgr").asDouble()).isGreaterThan(0.6);
    assertThat(even.get("apgr").asDouble()).isBetween(0.3, 1.0);
    assertThat(even.get("subjects").size()).isEqualTo(2);
    assertThat(json.has("subjectsLeftOut")).isFalse();
  }

  @Test
  void doesNotMeasureOnTheRowsThatItTrainedOn() throws IOException {
    Files.copy(folder.resolve("rows.jsonl"), folder.resolve("copy.jsonl"));
    assertThat(
            console.run(
                "route", "eval", "rows.jsonl", "--train", "copy.jsonl", "--folds", "3", "--json"))
        .isZero();
    JsonNode json = json();
    assertThat(json.get("kind").asText()).isEqualTo("cross-validation");
    assertThat(json.get("method").asText())
        .isEqualTo(
            "cross-validated in 3 parts with seed 1: each row by a model that has not seen it");
    assertThat(json.get("sets").get("odd").get("cpt50").asDouble()).isLessThan(50);
    assertThat(json.get("subjectsLeftOut").get("odd").get("rows").asInt()).isEqualTo(60);
  }

  @Test
  void trainsOnOneFileAndMeasuresOnAnother() throws IOException {
    assertThat(
            console.run(
                "route", "eval", "other.jsonl", "--train", "rows.jsonl", "--save", "m/new.model"))
        .isZero();
    assertThat(console.err()).isEqualTo("Wrote the model trained on rows.jsonl to m/new.model.\n");
    assertThat(console.out())
        .startsWith("file    other.jsonl, 90 rows\nby      trained on rows.jsonl, 120 rows; ")
        .contains("predicted", "random     0.500  50.0%  80.0%", "oracle")
        .contains("with openai/gpt-5-mini and openai/gpt-5")
        .doesNotContain("whole subjects left out");

    assertThat(console.run("route", "eval", "other.jsonl", "--model", "m/new.model", "--json"))
        .isZero();
    assertThat(json().get("method").asText()).startsWith("the model m/new.model;");
    assertThat(json().get("sets").get("odd").get("apgr").asDouble()).isGreaterThan(0.6);
  }

  @Test
  void saysHowManyRowsAreInBothFiles() throws IOException {
    String both = rows(120, 1) + rows(30, 9);
    Files.writeString(folder.resolve("both.jsonl"), both);
    assertThat(console.run("route", "eval", "both.jsonl", "--train", "rows.jsonl")).isZero();
    assertThat(console.out())
        .containsPattern("; 1[23]\\d rows have a prompt of it and look better");
  }

  @Test
  void showsEachSubject() {
    assertThat(console.run("route", "eval", "rows.jsonl", "--by-subject")).isZero();
    assertThat(console.out())
        .containsPattern("even +one +30 ")
        .containsPattern("odd +two +30 ")
        .contains("rows that it was trained on look better than others");
  }

  @Test
  void whatHasNoGapHasNoMeasures() throws IOException {
    String row =
        "{\"set\":\"s\",\"subject\":\"s\",\"prompt\":\"Why?\",\"weak\":true,\"strong\":true}";
    Files.writeString(folder.resolve("flat.jsonl"), row);
    assertThat(console.run("route", "eval", "flat.jsonl")).isZero();
    assertThat(console.out()).containsPattern("predicted +- +- +-\n");
    assertThat(console.run("route", "eval", "flat.jsonl", "--json")).isZero();
    assertThat(json().get("sets").get("s").get("apgr").isNull()).isTrue();
  }

  @Test
  void comparesCostsAtThePricesOfTheModelsThatAreNamed() throws IOException {
    assertThat(
            console.run(
                "route",
                "eval",
                "rows.jsonl",
                "--weak",
                "claude-haiku-4-5",
                "--strong",
                "claude-opus-4-8",
                "--json"))
        .isZero();
    JsonNode cost = json().get("cost");
    assertThat(cost.get("weak").asText()).isEqualTo("anthropic/claude-haiku-4-5");
    assertThat(cost.get("strong").asText()).isEqualTo("anthropic/claude-opus-4-8");
    double calls = cost.get("sets").get("even").get("strongCalls").asDouble() / 100;
    // A fifth of the price: what goes to the weak model costs a fifth, token counts being alike.
    assertThat(cost.get("sets").get("even").get("share").asDouble())
        .isBetween(calls + (1 - calls) * 0.15, calls + (1 - calls) * 0.25);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertThat(console.run("route", "eval")).isEqualTo(2);
    assertThat(console.run("route", "eval", "none.jsonl")).isEqualTo(3);
    assertThat(console.err()).contains("none.jsonl: NoSuchFileException");
    assertThat(console.run("route", "eval", "rows.jsonl", "--save", "m")).isEqualTo(3);
    assertThat(console.err()).contains("--save needs --train");
    assertThat(console.run("route", "eval", "rows.jsonl", "--train", "o", "--model", "m"))
        .isEqualTo(3);
    assertThat(console.err()).contains("Give one of the two");
    assertThat(console.run("route", "eval", "rows.jsonl", "--train", "rows.jsonl", "--folds", "1"))
        .isEqualTo(3);
    assertThat(console.err()).contains("--folds must be at least 2");
    assertThat(console.run("route", "eval", "rows.jsonl", "--model", "rows.jsonl")).isEqualTo(3);
    assertThat(console.err()).contains("is no model of this library");
    assertThat(console.run("route", "eval", "rows.jsonl", "--weak", "nothing")).isEqualTo(3);
    Files.writeString(folder.resolve("bad.jsonl"), rows(2, 1) + "{}\n");
    assertThat(console.run("route", "eval", "bad.jsonl")).isEqualTo(3);
    assertThat(console.err()).contains("bad.jsonl, line 3: the field \"set\"");
  }

  @Test
  void aFileThatIsTooSmallToTrainOnIsAFaultOfTheFile() throws IOException {
    Files.writeString(folder.resolve("few.jsonl"), rows(12, 1));
    assertThat(console.run("route", "eval", "rows.jsonl", "--train", "few.jsonl")).isEqualTo(3);
    assertThat(console.err())
        .contains("Could not train: A model needs at least 20 rows to learn from, not 12.");
    assertThat(console.run("route", "eval", "few.jsonl", "--train", "few.jsonl")).isEqualTo(3);
  }

  @Test
  void listsItsCommands() {
    assertThat(console.run("route")).isZero();
    assertThat(console.out()).contains("Usage: powertools route", "eval");
  }
}
