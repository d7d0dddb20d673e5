package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Secret;
import ai.powertools.models.Prices;
import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatProvider;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiCompatibleTest {
  @Test
  void isOpenAiUnlessToldOtherwise() {
    OpenAiCompatible provider = OpenAiCompatible.builder().build();

    assertThat(provider.name()).isEqualTo("openai");
    assertThat(provider.isLocal()).isFalse();
    assertThat(provider.isLastResort()).isFalse();
    assertThat(provider).hasToString("openai at https://api.openai.com/v1");
  }

  @Test
  void isNotThereWithoutAKeyOrAnAddress() {
    assertThat(OpenAi.find(Map.of())).isEmpty();
    assertThat(OpenAi.find(Map.of("OPENAI_API_KEY", " ", "OPENAI_BASE_URL", ""))).isEmpty();
  }

  @Test
  void isFoundByItsKey() {
    assertThat(OpenAi.find(Map.of("OPENAI_API_KEY", "sk-1")))
        .get()
        .hasToString("openai at https://api.openai.com/v1");
  }

  @Test
  void isFoundByItsAddressAlone() {
    assertThat(OpenAi.find(Map.of("OPENAI_BASE_URL", "http://localhost:8000/v1")))
        .get()
        .satisfies(provider -> assertThat(provider.isLocal()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"not a url", "ftp://host/v1", "host/v1"})
  void refusesAnAddressThatIsNone(String url) {
    assertThatThrownBy(() -> OpenAi.find(Map.of("OPENAI_BASE_URL", url)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is no address");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:1/v1,true",
    "http://llm.localhost/v1,true",
    "http://127.0.0.1:1,true",
    "http://127.1.2.3,true",
    "http://[::1]:8000/v1,true",
    "http://10.0.0.1,false",
    "http://127.0.0.1.example.com,false",
    "https://localhost.example.com,false"
  })
  void isLocalOnALoopbackAddress(URI url, boolean local) {
    assertThat(OpenAiCompatible.builder().baseUrl(url).build().isLocal()).isEqualTo(local);
  }

  @Test
  void aModelOnOnesOwnMachineCostsNothing() {
    ChatProvider local =
        OpenAiCompatible.builder().baseUrl(URI.create("http://127.0.0.1:1/v1")).build();
    assertThat(local.model("m").facts().orElseThrow().prices()).contains(Prices.FREE);
    assertThat(OpenAiCompatible.builder().build().model("m").facts()).isEmpty();
  }

  @Test
  void isNotLocalWithAKeyUnlessToldSo() {
    OpenAiCompatible.Builder gateway =
        OpenAiCompatible.builder().baseUrl(URI.create("http://localhost/v1")).key(Secret.of("k-1"));

    assertThat(gateway.build().isLocal()).isFalse();
    assertThat(gateway.local(true).build().isLocal()).isTrue();
  }

  @Test
  void refusesAKeyThatNoHeaderCanHaveWithoutShowingIt() {
    assertThatThrownBy(() -> OpenAiCompatible.builder().key(Secret.of("sk-1\nx")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("The key can't be sent")
        .hasMessageNotContaining("sk-1")
        .hasNoCause();
  }

  @Test
  void refusesAHeaderThatCannotBeSentWithoutShowingIt() {
    assertThatThrownBy(() -> OpenAiCompatible.builder().header("api-key", "geheim\u00fc"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("Header api-key")
        .hasMessageNotContaining("geheim");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void refusesATimeoutThatIsNoTime(Duration timeout) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OpenAiCompatible.builder().timeout(timeout));
  }

  @Test
  void saysWhereItIsWithoutWhatIsSecret() {
    URI url = URI.create("https://me:secret@llm.example:8443/v1?sig=secret");

    OpenAiCompatible provider = OpenAiCompatible.builder().baseUrl(url).build();

    assertThat(provider.endpoint()).contains(URI.create("https://llm.example:8443/v1"));
    assertThat(provider).hasToString("openai at https://llm.example:8443/v1");
  }

  @Test
  void namesItsModels() {
    ChatModel model = OpenAiCompatible.builder().name("groq").build().model("llama-3");

    assertThat(model.label()).isEqualTo("groq:llama-3");
    assertThat(model.facts()).isEmpty();
  }
}
