package ai.powertools.router.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelNameTest {
  @ParameterizedTest
  @CsvSource({
    "qwen3:8b, qwen3:8b",
    "qwen3, qwen3:latest",
    "qwen3:latest, qwen3",
    "Qwen3:8B, qwen3:8b",
    "hf.co/bartowski/Llama-GGUF:Q4_K_M, hf.co/bartowski/Llama-GGUF:Q4_K_M",
    "/models/tiny.gguf, /models/tiny.gguf",
    "tiny.gguf, /models/tiny.gguf",
    "tiny, /models/tiny.gguf",
    "tiny, C:\\models\\Tiny.GGUF",
    "tiny, tiny.gguf"
  })
  void meansTheModel(String wanted, String served) {
    assertThat(new ModelName(wanted).matches(served)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "qwen3, qwen3:8b",
    "qwen3:8b, qwen3",
    "qwen3, someone/qwen3",
    "models, /models/tiny.gguf",
    "iny, /models/tiny.gguf",
    "tiny, /models/tiny.gguf.part"
  })
  void meansAnotherModel(String wanted, String served) {
    assertThat(new ModelName(wanted).matches(served)).isFalse();
  }

  @Test
  void refusesNoName() {
    assertThatThrownBy(() -> new ModelName(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A model needs a name, as in qwen3:8b.");
    assertThat(new ModelName(" a ").text()).isEqualTo("a");
  }
}
