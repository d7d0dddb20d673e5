package ai.powertools.router.providers;

import ai.powertools.models.ModelCatalog;
import ai.powertools.models.TokenCounter;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Usage;
import ai.powertools.router.EmbeddingRequest;
import ai.powertools.router.ProviderException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads vectors as vendors write them. */
final class Vectors {
  private Vectors() {}

  /**
   * One vector for each text of a request.
   *
   * @param name where in the reply they are
   * @param field where in an entry the vector is; empty if the entry is the vector
   * @throws ProviderException unless there is exactly one for each text, all of one length
   */
  static List<float[]> of(Reply reply, String name, String field, EmbeddingRequest request) {
    return ordered(reply.json().path(name), field, request.texts().size())
        .orElseThrow(() -> reply.malformed("it has no vector for each text"));
  }

  /**
   * One vector for each text, put in order by their {@code index} where they have one.
   *
   * @param field where in an entry the vector is; empty if the entry is the vector
   * @return empty unless there is exactly one for each text, all of one length
   */
  private static Optional<List<float[]>> ordered(JsonNode entries, String field, int texts) {
    float[][] vectors = new float[texts][];
    int position = 0;
    for (JsonNode entry : entries) {
      int index = entry.path("index").asInt(position++);
      float[] vector = vector(field.isEmpty() ? entry : entry.path(field));
      if (vector == null || index < 0 || index >= texts || vectors[index] != null) {
        return Optional.empty();
      }
      vectors[index] = vector;
    }
    List<float[]> all = new ArrayList<>();
    for (float[] vector : vectors) {
      if (vector == null || vector.length != vectors[0].length) {
        return Optional.empty();
      }
      all.add(vector);
    }
    return Optional.of(all);
  }

  /** Numbers, or base64 of little-endian floats; null if it is neither. */
  private static float @Nullable [] vector(JsonNode node) {
    if (node.isTextual()) {
      return decoded(node.asText());
    }
    // llama.cpp wraps one vector in a list of one.
    JsonNode numbers = node.path(0).isArray() ? node.path(0) : node;
    if (!numbers.isArray() || numbers.isEmpty()) {
      return null;
    }
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      if (!numbers.path(i).isNumber()) {
        return null;
      }
      vector[i] = numbers.path(i).floatValue();
    }
    return vector;
  }

  private static float @Nullable [] decoded(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return null; // no base64, no vector
    }
    if (bytes.length == 0 || bytes.length % Float.BYTES != 0) {
      return null;
    }
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }

  /** What the vendor does not count. */
  static Usage estimate(String provider, EmbeddingRequest request) {
    ModelCatalog catalog = ModelCatalog.bundled();
    TokenCounter counter =
        catalog
            .find(provider + "/" + request.model())
            .map(catalog::tokens)
            .orElseGet(() -> TokenCounter.of(Tokenizer.OTHER));
    long tokens = request.texts().stream().mapToLong(text -> counter.count(text).tokens()).sum();
    return Usage.of(tokens, 0);
  }
}
