package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.ProviderSimulator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What failed, reported and asked again, with a model that answers over HTTP. */
class ErrorsCommandsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;
  private final ProviderSimulator simulator = ProviderSimulator.start();
  private Console console;

  @BeforeEach
  void open() throws IOException {
    console =
        new Console(folder)
            .set("OPENAI_API_KEY", "sk-simulated")
            .set("OPENAI_BASE_URL", simulator.url().toString());
    Files.writeString(
        folder.resolve("powertools.yaml"),
        """
        models: [ openai:gpt-5-mini ]
        retry: { max_attempts: 1 }
        dead_letters: true
        """);
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  private void failed(String question) {
    simulator.fail(401);
    assertThat(console.run("ask", question, "--max-output-tokens", "50")).isEqualTo(5);
  }

  private JsonNode json() throws IOException {
    return MAPPER.readTree(console.out());
  }

  @Test
  void reportsWhatWentWrongAsTextJsonAndPage() throws IOException {
    failed("One?");
    failed("Two?");

    assertThat(console.run("errors", "report")).isZero();
    assertThat(console.out())
        .contains("2 calls in 1 group", "Authentication at openai:gpt-5-")
        .doesNotContain("sk-simulated");
    assertThat(console.run("errors", "report", "--format", "json")).isZero();
    assertThat(json().isObject()).isTrue();
    assertThat(console.out()).contains("openai:gpt-5-mini", "Authentication");
    assertThat(console.run("errors", "report", "--out", "errors.html")).isZero();
    assertThat(Files.readString(folder.resolve("errors.html")))
        .contains("<html", "openai:gpt-5-mini");
    assertThat(console.run("errors", "report", "--key", "another", "--format", "json")).isZero();
    assertThat(console.out()).doesNotContain("openai:gpt-5-mini");
    assertThat(console.run("errors", "report", "--since", "0s")).isZero();
    assertThat(console.out()).doesNotContain("Authentication");
  }

  @Test
  void listsAndShowsTheQuestionsThatNoModelAnswered() throws IOException {
    failed("Who sleeps?");

    assertThat(console.run("errors", "dead-letters", "list")).isZero();
    assertThat(console.out().lines().toList())
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).matches("id +state +task +redrives +failed +error");
              assertThat(lines.get(1))
                  .matches(" *1 +waiting +ask:chat +0 +20.*Z +Authentication: .*");
            })
        .hasSize(2);
    assertThat(console.run("errors", "dead-letters", "list", "--json", "--task", "chat")).isZero();
    assertThat(json().get("id").asInt()).isEqualTo(1);
    assertThat(json().get("state").asText()).isEqualTo("waiting");
    assertThat(json().has("payload")).isFalse();
    assertThat(console.run("errors", "dead-letters", "list", "--state", "done")).isZero();
    assertThat(console.err()).startsWith("There are no such dead letters.");

    assertThat(console.run("errors", "dead-letters", "show", "1")).isZero();
    assertThat(console.out())
        .startsWith("letter    1, waiting\ntask      ask:chat\nkey       openai:gpt-5-mini\n")
        .contains("attempt   1 after ", "Who sleeps?")
        .doesNotContain("sk-simulated");
    assertThat(console.run("errors", "dead-letters", "show", "1", "--json")).isZero();
    assertThat(json().get("payload").asText()).contains("Who sleeps?");
    assertThat(json().get("attempts")).hasSize(1);
  }

  @Test
  void asksThemAgainAndPrintsEachAnswer() throws IOException {
    failed("Who sleeps?");
    failed("Who wakes?");

    assertThat(console.run("errors", "redrive", "--all", "--dry-run")).isZero();
    assertThat(console.out().lines()).hasSize(3);
    assertThat(simulator.requests()).hasSize(2);

    simulator.answer("The baker.", 9, 3).fail(401);
    assertThat(console.run("errors", "redrive", "--all")).isEqualTo(5);
    assertThat(console.out().lines().toList())
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).isEqualTo("1  done");
              assertThat(lines.get(1)).isEqualTo("The baker.");
              assertThat(lines.get(2)).startsWith("2  failed again: ");
            });
    assertThat(console.err()).contains("1 done, 1 failed again, 0 given up, 0 skipped");

    simulator.answer("The mayor.", 9, 3);
    assertThat(console.run("errors", "redrive", "2", "--json")).isZero();
    assertThat(json().get("outcome").asText()).isEqualTo("done");
    assertThat(json().get("answer").asText()).isEqualTo("The mayor.");
    assertThat(console.run("errors", "redrive", "--all")).isZero();
    assertThat(console.out()).isEmpty();
    assertThat(console.run("errors", "redrive", "--all", "--dry-run")).isZero();
    assertThat(console.err()).startsWith("There is nothing to ask again.");
    assertThat(console.run("errors", "dead-letters", "show", "1")).isZero();
    assertThat(console.out()).contains("1, done").doesNotContain("Who sleeps?");
  }

  @Test
  void asksNoMoreThanItMay() {
    failed("One?");
    failed("Two?");
    simulator.answer("1", 9, 1);
    assertThat(console.run("errors", "redrive", "--task", "chat", "--max", "1")).isZero();
    assertThat(simulator.requests()).hasSize(3);
  }

  @Test
  void discardsAllOrNone() {
    failed("One?");
    failed("Two?");
    assertThat(console.run("errors", "dead-letters", "discard", "1", "9")).isEqualTo(3);
    assertThat(console.err()).contains("There is no dead letter 9 at ");
    assertThat(console.run("errors", "dead-letters", "discard", "1", "2")).isZero();
    assertThat(console.out()).isEqualTo("Discarded 1.\nDiscarded 2.\n");
    assertThat(console.run("errors", "dead-letters", "list")).isZero();
    assertThat(console.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          report --home elsewhere            | Nothing is kept at
          report --format csv                | Errors are reported as text, json or html, not as csv
          report --since yesterday           | --since must be a time as in 30d
          dead-letters show 7                | There is no dead letter 7 at
          dead-letters list --state lost     | --state must be one of waiting, taken, done, given_up
          dead-letters list --max 0          | --max must be at least 1
          redrive                            | Say which dead letters to ask again
          redrive 1 --all                    | Say which dead letters to ask again
          redrive 7                          | There is no dead letter 7 at
          """)
  void saysWhatIsWrong(String options, String problem) {
    failed("One?");
    assertThat(console.run(("errors " + options).split(" +"))).isEqualTo(3);
    assertThat(console.err()).contains(problem);
    assertThat(console.out()).isEmpty();
  }

  @Test
  void saysWhatThereIs() {
    assertThat(console.run("errors")).isZero();
    assertThat(console.out()).contains("report", "dead-letters", "redrive");
    assertThat(console.run("errors", "dead-letters")).isZero();
    assertThat(console.out()).contains("list", "show", "discard");
  }
}
