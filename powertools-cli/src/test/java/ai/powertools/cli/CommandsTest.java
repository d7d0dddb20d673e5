package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a machine that has no model but the built-in. */
class CommandsTest {
  private static final String NOTES =
      """
      # Notes on the house

      The ledger keeps every attempt of every call. Budgets are reserved before a call is made.
      What a call did not use is given back to its budget. Cats sleep for most of the day.
      The ledger and the sessions lie in one file. A budget without room refuses the call.
      """;

  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("notes.md"), NOTES);
    console = new Console(folder);
  }

  @Test
  void summarizesAFileAndPrintsAReceipt() {
    assertThat(console.run("run", "summarize", "--input", "notes.md")).isZero();

    assertThat(console.out()).contains("builtin:extractive").contains("ledger");
    assertThat(console.err())
        .contains("model     builtin:extractive (the only one that could answer)")
        .contains("tokens    ")
        .contains("cost      $0")
        .contains("(exact)")
        .contains("elsewhere gpt-5-mini about $0.0")
        .contains("time      ")
        .contains("session   ")
        .contains("log       " + folder.resolve("home").resolve("powertools.log"))
        .contains("ledger    " + folder.resolve("home").resolve("state.db"));
    assertThat(folder.resolve("home").resolve("state.db")).exists();
  }

  @Test
  void readsWhatIsPipedInAndKeepsQuietWhenAsked() {
    assertThat(console.pipe(NOTES).run("run", "key_points", "-i", "-", "-q")).isZero();
    assertThat(console.out()).contains("- ");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void answersFromAFileAndGoesOnInTheSession() {
    assertThat(console.run("ask", "What does the ledger keep?", "-f", "notes.md", "--session", "s"))
        .isZero();
    assertThat(console.out()).contains("every attempt");

    assertThat(console.run("ask", "Who sleeps?", "--session", "s")).isZero();
    assertThat(console.out()).contains("Cats sleep");
    assertThat(console.err()).contains("session   s");
  }

  @Test
  void printsOneJsonObjectWhenAsked() throws IOException {
    assertThat(
            console.run(
                "run",
                "summarize",
                "-i",
                "notes.md",
                "--json",
                "--model",
                "builtin:extractive",
                "--max-output-tokens",
                "60",
                "--local-only"))
        .isZero();

    JsonNode json = new ObjectMapper().readTree(console.out());
    assertThat(json.get("model").asText()).isEqualTo("builtin:extractive");
    assertThat(json.get("text").asText()).contains("ledger");
    assertThat(json.get("cost_usd").asText()).isEqualTo("0");
    assertThat(json.get("certainty").asText()).isEqualTo("exact");
    assertThat(json.get("elsewhere")).hasSize(3);
    assertThat(json.get("usage").get("input_tokens").asLong()).isPositive();
    assertThat(json.get("places").get("ledger").asText()).contains("state.db");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void aQuestionThatNobodyCanAnswerIsRefusedWithTheRemedy() {
    assertThat(console.run("ask", "Why is the sky blue?")).isEqualTo(4);
    assertThat(console.out()).isEmpty();
    assertThat(console.err())
        .contains("No model can answer this request:")
        .contains("builtin:extractive: ")
        .contains("OPENAI_API_KEY");
  }

  @Test
  void aBudgetOfOneCentRefusesWhatMightCostMoreAndNothingIsSent() {
    // The port is closed: a byte sent would be a network error, not a refusal.
    console.set("OPENAI_API_KEY", "sk-test-key").set("OPENAI_BASE_URL", "http://127.0.0.1:1/v1");
    assertThat(console.run("ask", "Why?", "--budget-usd", "0.01")).isEqualTo(4);
    assertThat(console.err())
        .startsWith("Budget \"command line, monthly\" would be exceeded: spent $0")
        .contains("this call at most $0.2")
        .contains("> $0.01. Raise it")
        .contains("or route to a cheaper model (")
        .doesNotContain("sk-test-key");
  }

  @Test
  void aProviderThatCantBeReachedIsSaidSo() {
    console.set("OPENAI_API_KEY", "sk-test-key").set("OPENAI_BASE_URL", "http://127.0.0.1:1/v1");
    assertThat(console.run("ask", "Why?", "--max-output-tokens", "10")).isEqualTo(5);
    assertThat(console.err()).contains("openai:gpt-5-mini").doesNotContain("sk-test-key");
  }

  @Test
  void fallsBackToTheBuiltInWhereTheCloudIsDown() {
    console.set("OPENAI_API_KEY", "sk-test-key").set("OPENAI_BASE_URL", "http://127.0.0.1:1/v1");
    assertThat(console.run("run", "summarize", "-i", "notes.md", "--verbose")).isZero();
    assertThat(console.out()).contains("ledger");
    assertThat(console.err())
        .contains("failed    openai:gpt-5-mini: ")
        .contains("model     builtin:extractive (strategy cheapest: after 1 that failed")
        .contains("attempt")
        .doesNotContain("sk-test-key");
  }

  @Test
  void aDamagedStoreIsAWrongFileAndNoFailureOfAModel() throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/state.db"), "these are notes, and no database\n");
    assertThat(console.run("ask", "Why?")).isEqualTo(3);
    assertThat(console.err()).contains("state.db");
  }

  @Test
  void aBudgetOfTheCommandLineAndOneOfItsNameAreTold() throws IOException {
    Files.writeString(
        folder.resolve("powertools.yaml"), "budgets: [{ name: command line, usd: 1 }]\n");
    assertThat(console.run("ask", "Why?", "--budget-usd", "5")).isEqualTo(3);
    assertThat(console.err()).contains("There are two budgets \"command line\".");
  }

  @Test
  void theDoctorNamesEachShareOfABudgetAndThoseThatNothingIsSpentOf() throws IOException {
    SmallLedger.november(folder.resolve("home/state.db"));
    Files.writeString(
        folder.resolve("powertools.yaml"),
        """
        home: %s
        models: builtin:extractive
        budgets:
          - { name: people, usd: 5, per: ever, each: user }
          - { name: projects, usd: 5, per: ever, where: { project: x }, each: user }
        """
            .formatted(folder.resolve("home")));
    assertThat(console.run("doctor")).isZero();
    assertThat(console.out())
        .contains("budget    people, in all (user=ada): spent $4.00 and reserved $0.00 of $5.00")
        .contains("budget    projects, in all: nothing is spent yet")
        .doesNotContain("budget    none");
  }

  @Test
  void saysWhatIsWrongWithFilesAndOptions() throws IOException {
    assertThat(console.run("run", "summarize", "-i", "nowhere.md")).isEqualTo(3);
    assertThat(console.err()).startsWith("Could not read nowhere.md: NoSuchFileException.");

    Files.write(
        folder.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff});
    assertThat(console.run("run", "summarize", "-i", "picture.png")).isEqualTo(3);
    assertThat(console.err()).startsWith("picture.png is no UTF-8 text.");

    assertThat(console.run("ask", "x", "--budget-usd", "a lot")).isEqualTo(3);
    assertThat(console.err()).startsWith("--budget-usd must be an amount of dollars");

    assertThat(console.run("ask", "x", "--timeout", "0")).isEqualTo(3);
    assertThat(console.run("run", "translate", "-i", "notes.md")).isEqualTo(3);
    assertThat(console.err()).startsWith("There is no workflow \"translate\".");

    assertThat(console.run("frobnicate")).isEqualTo(2);
    assertThat(console.run("run", "summarize")).isEqualTo(2);
    assertThat(console.err()).contains("Missing required option: '--input=FILE'");
    assertThat(console.run()).isZero();
    assertThat(console.out()).contains("Exit codes:");
    assertThat(console.run("--version")).isZero();
  }

  @Test
  void readsTheConfigurationBesideIt() throws IOException {
    Files.writeString(
        folder.resolve("powertools.yaml"),
        "models: builtin:extractive\nbudget: { usd: 5 }\nhome: " + folder.resolve("other") + "\n");
    assertThat(console.run("doctor")).isZero();
    assertThat(console.out())
        .contains("config    " + folder.resolve("powertools.yaml"))
        .contains("budget    all calls, monthly: spent $0.00 and reserved $0.00 of $5.00");
    assertThat(folder.resolve("other").resolve("state.db")).exists();

    assertThat(console.run("doctor", "--home", folder.resolve("third").toString())).isZero();
    assertThat(folder.resolve("third").resolve("state.db")).exists();

    Files.writeString(folder.resolve("wrong.yaml"), "bugdet: 1\n");
    assertThat(console.run("doctor", "--config", "wrong.yaml")).isEqualTo(3);
    assertThat(console.out()).contains("problem   ").contains("line 1: \"bugdet\"");
  }

  @Test
  void theDoctorSaysWhatIsThereAndWhatToDo() {
    assertThat(console.run("doctor")).isZero();
    assertThat(console.out())
        .contains("java      ")
        .contains("config    none")
        .contains("$0.00 in 0 attempts")
        .contains("budget    none")
        .contains("model     builtin:extractive; in this process; exactly $0")
        .contains("next      Only extracts from texts can be had so far");

    console
        .set("OPENAI_API_KEY", "sk-test-key")
        .set("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
        .set("OPENAI_MODEL", "gpt-5-mini,unheard-of");
    assertThat(console.run("doctor")).isZero();
    assertThat(console.out())
        .contains("model     openai:gpt-5-mini; http://127.0.0.1:1/v1 can't be reached: ")
        .contains("$0.25 in and $2.00 out per million tokens, as of ")
        .contains("openai:unheard-of; http://127.0.0.1:1/v1 can't be reached: ")
        .contains("price unknown")
        .doesNotContain("sk-test-key");
  }
}
