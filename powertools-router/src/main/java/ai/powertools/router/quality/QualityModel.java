package ai.powertools.router.quality;

import ai.powertools.core.ConfigurationException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A predictor that learned from prompts whose answers were judged. It counts what can be counted in
 * a prompt (lengths, numbers, kinds of words, options), asks a forest of trees and, for questions
 * without options, a weighted sum about the counts, and corrects questions with options by what the
 * subject of their words says.
 *
 * <p>Immutable and thread-safe. A prediction takes well under a millisecond; of a prompt of more
 * than 8,000 characters only the beginning and the end are read.
 */
public final class QualityModel implements QualityPredictor {
  private static final String BUNDLED = "quality.model";

  /** A larger file is none of ours, and should not fill memory. */
  private static final long MOST_BYTES = 256L << 20;

  private final float[] rarity;
  private final Answers answers;
  private final Acquaintance acquaintance;

  private QualityModel(float[] rarity, Answers answers, Acquaintance acquaintance) {
    this.rarity = rarity;
    this.answers = answers;
    this.acquaintance = acquaintance;
  }

  /**
   * The model that ships with this library, read when it is first asked for, once. It was trained
   * on grade-school word problems and questions with four options, answered by one pair of models
   * of 2024.
   */
  public static QualityModel bundled() {
    return Bundled.MODEL;
  }

  /**
   * Learns from judged prompts. The same outcomes in the same order give the same model, byte for
   * byte, on every machine and version of Java. Takes seconds for thousands of rows, on one core.
   *
   * @param outcomes at least 20 rows; thousands are better
   * @throws IllegalArgumentException if there are fewer
   */
  public static QualityModel train(List<Outcome> outcomes) {
    // As it will be when it is read from a file, where numbers have fewer digits.
    return ModelFormat.model(ModelFormat.bytes(QualityTraining.train(outcomes)), "a new model");
  }

  static QualityModel of(float[] rarity, Answers answers, Acquaintance acquaintance) {
    return new QualityModel(rarity, answers, acquaintance);
  }

  /**
   * Reads a model that {@link #save} wrote.
   *
   * @throws ConfigurationException if the file can't be read, is no model, is of another version,
   *     or is damaged; the message says which
   */
  public static QualityModel load(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new ConfigurationException(
            file + " is too large for a model of this library. Check the path.");
      }
      return ModelFormat.model(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new ConfigurationException(
          "Could not read the model %s: %s. Check the path."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  /**
   * Writes this model to a file that its owner alone can read, in one step: whoever reads the file
   * meanwhile finds the old one or the new one, whole. The same model is always the same bytes.
   *
   * @throws ConfigurationException if it can't be written
   */
  public void save(Path file) {
    try {
      PrivateFile.replace(file, ModelFormat.bytes(this));
    } catch (IOException e) {
      throw new ConfigurationException(
          "Could not write the model %s: %s. Name a file in a folder that this user may write to."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  @Override
  public Prediction predict(String prompt) {
    Features features = Features.of(prompt);
    SparseTerms terms = SparseTerms.of(features.terms()).weighted(rarity);
    Pair right = answers.predict(features, terms).asShares();
    return new Prediction(right.weak(), right.strong(), acquaintance.of(features, terms));
  }

  /**
   * How hard a prompt seems, from 0 (trivial) to 1 (very hard). For a familiar prompt it is the
   * chance that the weak model is wrong; for an unfamiliar one, a rule of thumb by length, kind of
   * task, conditions, numbers and formulas; between the two by {@link Prediction#familiarity()}.
   */
  public double complexity(String prompt) {
    return complexity(prompt, predict(prompt));
  }

  @Override
  public double complexity(String prompt, Prediction prediction) {
    double familiarity = prediction.familiarity();
    return familiarity * (1 - prediction.weak()) + (1 - familiarity) * Demand.of(prompt);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(Features.SIZE);
    ModelFormat.writeRounded(out, rarity);
    answers.write(out);
    acquaintance.write(out);
  }

  static QualityModel read(DataInputStream in) throws IOException {
    ModelFormat.count(in, Features.SIZE, Features.SIZE, "counted numbers a prompt");
    float[] rarity = ModelFormat.readRounded(in, SparseTerms.BUCKETS);
    return new QualityModel(rarity, Answers.read(in), Acquaintance.read(in));
  }

  /** Loaded when first asked for, by the rules of class initialization. */
  private static final class Bundled {
    private static final QualityModel MODEL = read();

    private static QualityModel read() {
      try (InputStream in = QualityModel.class.getResourceAsStream(BUNDLED)) {
        if (in == null) {
          throw new IllegalStateException(
              BUNDLED + " is missing from the jar of powertools-router.");
        }
        return ModelFormat.model(in.readAllBytes(), "the bundled " + BUNDLED);
      } catch (IOException e) {
        throw new IllegalStateException("The bundled " + BUNDLED + " could not be read.", e);
      }
    }
  }
}
