package ai.powertools.router.local;

import ai.powertools.router.LocalModel;
import ai.powertools.router.LocalServer;
import ai.powertools.router.ServerHealth;
import java.util.OptionalLong;

/**
 * A model, and the server that has it.
 *
 * @param server who has it
 * @param model what the server says of it
 * @param loaded whether it is in memory, so that a call need not wait for it; a server that never
 *     says it, as any but Ollama, is taken to hold all that it lists while it is ready
 * @param health how the server was when it was asked
 */
public record ServedModel(
    LocalServer server, LocalModel model, boolean loaded, ServerHealth health) {
  /** What input and output may have together; empty where the server does not say. */
  public OptionalLong contextTokens() {
    return model.contextTokens();
  }
}
