package ai.powertools.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.SplittableRandom;

/** Embeddings without meaning: of length 1, and always the same for the same text. */
final class Vectors {
  private static final int USUAL = 16;

  private Vectors() {}

  /**
   * The vector of a text.
   *
   * @param dimensions as asked for; 0 for the usual number
   */
  static float[] of(String text, int dimensions) {
    int count = dimensions > 0 ? dimensions : USUAL;
    SplittableRandom random = new SplittableRandom(text.hashCode());
    double[] raw = random.doubles(count, -1, 1).toArray();
    double square = 0;
    for (double value : raw) {
      square += value * value;
    }
    float[] vector = new float[count];
    for (int i = 0; i < count; i++) {
      vector[i] = (float) (raw[i] / Math.sqrt(square));
    }
    return vector;
  }

  static ArrayNode json(float[] vector) {
    ArrayNode json = Json.object().arrayNode();
    for (float value : vector) {
      json.add(value);
    }
    return json;
  }

  /** As OpenAI packs them: 32 bits a number, the lowest byte first. */
  static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : vector) {
      bytes.putFloat(value);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
