package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.router.Offer;
import ai.powertools.router.RoutingDecision;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutePlanCommandTest {
  @TempDir Path folder;

  private Console console() {
    // Nothing listens there, and nothing is asked.
    return new Console(folder)
        .set("OPENAI_API_KEY", "sk-test-key")
        .set("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
        .set("OPENAI_MODEL", "gpt-5-mini,gpt-5-nano");
  }

  @Test
  void saysWhoWouldAnswerAndWhoCouldNot() {
    Console console = console();

    assertThat(console.run("route", "plan", "Why is the sky blue?")).isZero();

    assertThat(console.out())
        .startsWith("strategy: cheapest\n")
        .contains("could answer: openai:gpt-5-nano: input ")
        .contains("could not: builtin:extractive: ")
        .endsWith("first: openai:gpt-5-nano\n")
        .doesNotContain("chosen:");
  }

  @Test
  void givesTheRecordAsJson() {
    Console console = console();

    assertThat(console.run("route", "plan", "Why is the sky blue?", "--json")).isZero();

    RoutingDecision plan = RoutingDecision.fromJson(console.out().strip());
    assertThat(plan.first()).map(Offer::label).contains("openai:gpt-5-nano");
  }

  @Test
  void keepsToTheOptionsAndRefusesWhenNobodyCould() {
    Console console = console();

    assertThat(console.run("route", "plan", "Why?", "--model", "gpt-5-mini", "--session", "new"))
        .isZero();
    assertThat(console.out()).endsWith("first: openai:gpt-5-mini\n");
    assertThat(console.run("route", "plan", "Why?", "--local-only", "--max-output-tokens", "10"))
        .isEqualTo(ExitCode.REFUSED.code());
    assertThat(console.out())
        .contains("could not: openai:gpt-5-mini: the request must stay on this machine")
        .endsWith("first: none\n");
  }
}
