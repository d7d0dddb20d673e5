package ai.powertools.orchestrator;

import ai.powertools.core.Secret;
import ai.powertools.router.OpenAiCompatible;
import ai.powertools.router.RoutedModel;
import java.net.URI;

/** A model of a cloud vendor, with its real price, whose server is the simulator. */
final class Simulated {
  static final String KEY = "sk-simulated-0123456789abcdefghijklmnop";

  private Simulated() {}

  static RoutedModel model(URI url, String id) {
    return OpenAiCompatible.builder()
        .baseUrl(url)
        .key(Secret.of(KEY))
        .local(false)
        .build()
        .model(id);
  }
}
