package ai.powertools.router;

import java.util.OptionalLong;
import java.util.Set;

/**
 * A model on a server of one's own.
 *
 * @param name as the server names it, as in {@code llama3.2:latest}
 * @param sizeBytes how large its file is; empty where the server does not say
 * @param contextTokens what input and output may have together; empty where the server does not say
 * @param family as in {@code llama}; empty where the server does not say
 * @param parameters as in {@code 3.2B}; empty where the server does not say
 * @param quantization as in {@code Q4_K_M}; empty where the server does not say
 * @param capabilities in the server's words, as in {@code tools}, {@code vision}, {@code
 *     embedding}; empty where the server does not say
 */
public record LocalModel(
    String name,
    OptionalLong sizeBytes,
    OptionalLong contextTokens,
    String family,
    String parameters,
    String quantization,
    Set<String> capabilities) {

  /** Copies the set. */
  public LocalModel {
    capabilities = Set.copyOf(capabilities);
  }
}
