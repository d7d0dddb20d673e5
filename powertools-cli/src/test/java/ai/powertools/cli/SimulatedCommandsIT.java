package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.ProviderSimulator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with a model that answers over HTTP. */
class SimulatedCommandsIT {
  @TempDir Path folder;
  private final ProviderSimulator simulator = ProviderSimulator.start();
  private Console console;

  @BeforeEach
  void open() {
    console =
        new Console(folder)
            .set("OPENAI_API_KEY", "sk-simulated")
            .set("OPENAI_BASE_URL", simulator.url().toString());
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void theDoctorFindsWhatAnswers() {
    assertThat(console.run("doctor", "--budget-usd", "5")).isZero();
    assertThat(console.out())
        .contains("model     openai:gpt-5-mini; " + simulator.url() + " answers; $0.25 in")
        .contains("budget    command line, monthly: spent $0.00 and reserved $0.00 of $5.00")
        .contains("next      powertools ask \"…\"");
    assertThat(simulator.requests()).isEmpty();
  }

  @Test
  void streamsAnAnswerAndKeepsTheConversation() {
    simulator.answer("Hello Ada.", 9, 3).answer("Ada.", 20, 1);
    assertThat(console.run("ask", "I am Ada.", "--session", "s", "--max-output-tokens", "50"))
        .isZero();
    assertThat(console.out()).isEqualTo("Hello Ada." + System.lineSeparator());
    assertThat(console.err())
        .contains("model     openai:gpt-5-mini (")
        .contains("tokens    9 in, 3 out")
        .contains("cost      $0.00000825 (exact)")
        .contains("first text after ")
        .contains("refused   builtin:extractive: ");

    assertThat(console.run("ask", "Who am I?", "--session", "s", "--quiet")).isZero();
    assertThat(simulator.requests().get(1).body().get("messages")).hasSize(3);
  }

  @Test
  void saysInJsonWhatFailedOnTheWay() throws IOException {
    simulator.fail(401);
    Files.writeString(folder.resolve("a.txt"), "The mill is closed. The baker sleeps.");
    assertThat(console.run("ask", "Who sleeps?", "-f", "a.txt", "--json")).isZero();

    JsonNode json = new ObjectMapper().readTree(console.out());
    assertThat(json.get("model").asText()).isEqualTo("builtin:extractive");
    assertThat(json.get("tried")).hasSize(2);
    assertThat(json.get("tried").get(0).get("error").asText()).contains("authentication");
    assertThat(json.get("text").asText()).contains("The baker sleeps.");
  }

  @Test
  void whatIsTooLargeForAPromptIsNotRead() throws IOException {
    try (RandomAccessFile sparse =
        new RandomAccessFile(folder.resolve("disk.img").toFile(), "rw")) {
      sparse.setLength((64L << 20) + 1);
    }
    assertThat(console.run("run", "summarize", "-i", "disk.img")).isEqualTo(3);
    assertThat(console.err()).startsWith("disk.img is larger than 64 MiB.");
    assertThat(simulator.requests()).isEmpty();
  }

  @Test
  void aTimeoutHasAnExitCodeOfItsOwn() {
    simulator.stall();
    assertThat(console.run("ask", "Why?", "--timeout", "1")).isIn(5, 6);
    assertThat(console.err()).contains("openai:gpt-5-mini");
  }
}
