package ai.powertools.router;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Texts to be turned into vectors. Immutable.
 *
 * @param model the provider's own name of the model
 * @param texts at least one, none of them empty
 * @param dimensions how long the vectors are to be, for models that can shorten them
 * @param purpose what the vectors are for, for models that care
 */
public record EmbeddingRequest(
    String model, List<String> texts, OptionalInt dimensions, Optional<Purpose> purpose) {

  /** What vectors are for. */
  public enum Purpose {
    /** A question, to find documents by. */
    QUERY,
    /** A document, to be found. */
    DOCUMENT,
    /** To tell how alike texts are. */
    SIMILARITY,
    /** To sort texts into classes. */
    CLASSIFICATION,
    /** To find groups of texts. */
    CLUSTERING;

    /** In lower case, as in {@code query}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Copies the texts.
   *
   * @throws IllegalArgumentException if there are none, one is empty, or dimensions is below 1
   */
  public EmbeddingRequest {
    texts = List.copyOf(texts);
    if (model.isBlank()) {
      throw new IllegalArgumentException("The model needs a name.");
    }
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("There is no text to be turned into a vector.");
    }
    if (texts.contains("")) {
      throw new IllegalArgumentException(
          "Text " + texts.indexOf("") + " is empty; vendors make no vector of nothing.");
    }
    if (dimensions.isPresent() && dimensions.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "dimensions must be at least 1, not " + dimensions.getAsInt());
    }
  }

  /** Texts, and the model's own length. */
  public static EmbeddingRequest of(String model, List<String> texts) {
    return new EmbeddingRequest(model, texts, OptionalInt.empty(), Optional.empty());
  }

  /** The same, with vectors of this length. */
  public EmbeddingRequest withDimensions(int length) {
    return new EmbeddingRequest(model, texts, OptionalInt.of(length), purpose);
  }

  /** The same, for this purpose. */
  public EmbeddingRequest withPurpose(Purpose use) {
    return new EmbeddingRequest(model, texts, dimensions, Optional.of(use));
  }
}
