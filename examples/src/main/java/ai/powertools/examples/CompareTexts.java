package ai.powertools.examples;

import ai.powertools.router.EmbeddingProvider;
import ai.powertools.testing.ProviderSimulator;
import java.util.List;

/** How alike two texts are, by their vectors. */
public final class CompareTexts {
  private CompareTexts() {}

  public static void main(String[] arguments) {
    try (ProviderSimulator simulator = ProviderSimulator.start()) {
      EmbeddingProvider openAi = Models.openAi(System.getenv(), simulator);

      List<float[]> vectors =
          openAi.embed("text-embedding-3-small", List.of("a blue sky", "a blue sky", "a tax form"));

      System.out.printf("the same: %.2f%n", cosine(vectors.get(0), vectors.get(1)));
      System.out.printf("another:  %.2f%n", cosine(vectors.get(0), vectors.get(2)));
    }
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
      lengthA += a[i] * a[i];
      lengthB += b[i] * b[i];
    }
    return dot / Math.sqrt(lengthA * lengthB);
  }
}
