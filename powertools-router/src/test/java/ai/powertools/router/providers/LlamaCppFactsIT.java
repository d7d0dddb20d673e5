package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Modality;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Traits;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LlamaCppFactsIT {
  private static Model facts(String props) throws IOException {
    String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ";
    try (RawServer server = RawServer.answering(head + props.length() + "\r\n\r\n" + props)) {
      return LlamaCpp.at(server.url()).model("m").facts().orElseThrow();
    }
  }

  @Test
  void takesWhatTheServerSaysOfItsModel() throws IOException {
    Model model =
        facts(
            "{\"default_generation_settings\":{\"n_ctx\":8192},"
                + "\"modalities\":{\"vision\":true,\"audio\":true}}");

    assertThat(model.contextTokens()).isEqualTo(8_192);
    assertThat(model.prices()).contains(Prices.FREE);
    assertThat(model.traits().reads())
        .containsExactly(Modality.TEXT, Modality.IMAGE, Modality.AUDIO);
  }

  @Test
  void assumesNothingOfAServerThatDoesNotSay() throws IOException {
    assertThat(facts("{}").contextTokens()).isEqualTo(4_096);
    assertThat(facts("{}").traits()).isEqualTo(Traits.TEXT_ONLY);
    assertThat(facts("no").contextTokens()).isEqualTo(4_096);
    assertThat(facts("no").prices()).contains(Prices.FREE);
  }
}
