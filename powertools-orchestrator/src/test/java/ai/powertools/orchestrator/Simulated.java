package ai.powertools.orchestrator;

import ai.powertools.core.Secret;
import ai.powertools.router.ChatModel;
import ai.powertools.router.providers.OpenAiCompatible;
import java.net.URI;

/** A model of a cloud vendor, with its real price, whose server is the simulator. */
final class Simulated {
  static final String KEY = "sk-simulated-0123456789abcdefghijklmnop";

  private Simulated() {}

  static ChatModel model(URI url, String id) {
    return OpenAiCompatible.builder()
        .baseUrl(url)
        .key(Secret.of(KEY))
        .local(false)
        .build()
        .model(id);
  }
}
