package ai.powertools.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Usd;
import ai.powertools.router.ChatModel;
import ai.powertools.testing.ProviderSimulator;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetectedModelsIT {
  @Test
  void takesTheChatModelsOfAnOllamaServerThatAnswersAndTheyCostNothing() {
    try (ProviderSimulator simulator =
        ProviderSimulator.start().withModels("qwen3:8b", "nomic-embed-text:latest")) {
      Map<String, String> environment = Map.of("OLLAMA_HOST", simulator.rootUrl().toString());
      assertThat(DetectedModels.in(environment))
          .extracting(ChatModel::label)
          .containsExactly("ollama:qwen3:8b", "builtin:extractive");

      try (AiOrchestrator ai = AiOrchestrator.builder().detectModels(environment).build()) {
        Answer answer = ai.ask("Say it again.");
        assertThat(answer.text()).isEqualTo("Say it again.");
        assertThat(answer.receipt().totalCost()).contains(Usd.ZERO);
        assertThat(ai.limits()).isEmpty();
      }
    }
  }
}
