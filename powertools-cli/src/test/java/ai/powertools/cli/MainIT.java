package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.cost.CostTracker;
import ai.powertools.cost.LedgerEntry;
import ai.powertools.cost.Outcome;
import ai.powertools.testing.JavaProcess;
import ai.powertools.testing.ProviderSimulator;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, with real signals. */
class MainIT {
  @TempDir Path home;

  private Map<String, String> environment(ProviderSimulator simulator) {
    return Map.of(
        "POWERTOOLS_HOME",
        home.toString(),
        "OPENAI_API_KEY",
        "sk-simulated",
        "OPENAI_BASE_URL",
        simulator.url().toString(),
        "OLLAMA_HOST",
        "http://127.0.0.1:1");
  }

  @Test
  void streamsAnAnswerAndEndsWell() {
    try (ProviderSimulator simulator = ProviderSimulator.start().answer("Rayleigh scattering.");
        JavaProcess command =
            JavaProcess.start(Main.class, environment(simulator), "ask", "Why is the sky blue?")) {
      assertThat(command.remainingLines()).containsExactly("Rayleigh scattering.");
      assertThat(command.await()).isZero();
    }
  }

  @Test
  void controlCSettlesWhatWasUsed() throws Exception {
    try (ProviderSimulator simulator = ProviderSimulator.start().stallAfter("Because of\n");
        JavaProcess command =
            JavaProcess.start(
                Main.class,
                environment(simulator),
                "ask",
                "Why?",
                "--max-output-tokens",
                "50",
                "--budget-usd",
                "1")) {
      command.awaitLine("Because of");
      command.signal("INT");
      assertThat(command.await()).isEqualTo(130);
      simulator.awaitAbandoned(1);
    }
    try (CostTracker ledger = CostTracker.builder().at(home.resolve("state.db")).build()) {
      LedgerEntry entry = ledger.recent(1).get(0);
      assertThat(entry.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(entry.cost()).isPresent();
      assertThat(entry.usage().outputTokens()).isPositive();
    }
  }

  @Test
  void whatWasAskedIsReportedAndExported() {
    try (ProviderSimulator simulator = ProviderSimulator.start().answer("Yes.", 1_000_000, 3);
        JavaProcess asking =
            JavaProcess.start(
                Main.class, environment(simulator), "ask", "Why?", "--max-output-tokens", "9")) {
      assertThat(asking.await()).isZero();
      try (JavaProcess reporting =
          JavaProcess.start(Main.class, environment(simulator), "cost", "report", "--by", "task")) {
        assertThat(reporting.remainingLines()).anyMatch(line -> line.matches("chat +\\$0\\.25 .*"));
        assertThat(reporting.await()).isZero();
      }
      try (JavaProcess exporting =
          JavaProcess.start(Main.class, environment(simulator), "cost", "export")) {
        assertThat(exporting.remainingLines())
            .hasSize(2)
            .last()
            .asString()
            .contains(",\"openai/gpt-5-mini\",")
            .contains(",0.250006,");
        assertThat(exporting.await()).isZero();
      }
      assertThat(simulator.requests()).hasSize(1);
    }
  }
}
