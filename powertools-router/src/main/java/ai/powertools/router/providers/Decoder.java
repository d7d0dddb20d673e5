package ai.powertools.router.providers;

import ai.powertools.router.ChatResponse;
import ai.powertools.router.ProviderException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/** Reads one vendor's answer into an {@link Answer}. For one call and its thread. */
interface Decoder {
  /**
   * An answer that came as one JSON object.
   *
   * @throws ProviderException if it is an error
   */
  void whole(JsonNode body);

  /**
   * One event of a stream.
   *
   * @param name its type; empty when it has none
   * @param data its data, only lent
   * @param length how much of that is the data
   * @throws IOException if it is not JSON
   * @throws ProviderException if it is an error
   */
  void event(String name, byte[] data, int length) throws IOException;

  /** Whether nothing that matters can come any more. */
  boolean hasEnded();

  /** Whether a stream that ends now is a whole answer. */
  boolean isWhole();

  /**
   * The answer.
   *
   * @throws ProviderException if what came is none
   */
  ChatResponse response(Optional<String> requestId);
}
