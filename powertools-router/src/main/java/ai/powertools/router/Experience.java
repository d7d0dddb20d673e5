package ai.powertools.router;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a router has learned from the calls that it made: how long answers to each kind of task are,
 * how many tokens the vendors count where we estimate, and what feedback each model had. There is
 * no text in it. Several routers may share one. Safe for use by many threads.
 *
 * <p>It is lost with the process unless it is kept: {@link #toJson()} and {@link #fromJson}.
 */
public final class Experience {
  /** How much the latest report counts against the earlier ones. */
  private static final double NEWEST = 0.1;

  /** After so many reports the factor is trusted. */
  private static final int TRUSTED = 3;

  private final Map<String, AnswerLengths> lengths = new ConcurrentHashMap<>();
  private final Map<String, Calibration> calibrations = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Rating>> ratings = new ConcurrentHashMap<>();

  private Experience() {}

  /** None yet. */
  public static Experience none() {
    return new Experience();
  }

  /**
   * What {@link #toJson()} wrote.
   *
   * @throws IllegalArgumentException if it is no such thing, with what is wrong
   */
  public static Experience fromJson(String json) {
    Experience experience = new Experience();
    ExperienceJson.read(json, experience);
    return experience;
  }

  /** All of it as a JSON object, to be kept. */
  public String toJson() {
    ObjectNode json = ExperienceJson.write(this);
    return json.toString();
  }

  /**
   * How many tokens the vendor counts for each that we do.
   *
   * @param factor a moving average
   * @param reports how many reports it is made of
   */
  record Calibration(double factor, long reports) {
    Calibration and(double newer) {
      double weight = Math.max(NEWEST, 1.0 / (reports + 1));
      return new Calibration(factor + weight * (newer - factor), reports + 1);
    }
  }

  /** The lengths of answers to a kind of task. */
  AnswerLengths lengths(String kind) {
    AnswerLengths known = lengths.get(kind);
    return known != null ? known : lengths.computeIfAbsent(kind, name -> new AnswerLengths());
  }

  /** What our estimates are to be multiplied with, for a family of tokenizer; 1 until known. */
  double factor(String tokenizer) {
    Calibration known = calibrations.get(tokenizer);
    return known == null || known.reports() < TRUSTED ? 1 : known.factor();
  }

  /** The vendor counted so many where we, without any factor, estimated so many. */
  void counted(String tokenizer, long estimated, long reported) {
    if (estimated > 0 && reported > 0) {
      // What is beyond this is something else: a tool's schema, an image, a hidden prompt.
      double ratio = Math.max(0.5, Math.min(2, (double) reported / estimated));
      calibrations.merge(tokenizer, new Calibration(ratio, 1), (old, one) -> old.and(one.factor()));
    }
  }

  /** The feedback of all models for a kind of task, by label. */
  Map<String, Rating> ratings(String kind) {
    Map<String, Rating> known = ratings.get(kind);
    return known == null ? Map.of() : known;
  }

  void rate(String kind, String label, double score) {
    ratings
        .computeIfAbsent(kind, name -> new ConcurrentHashMap<>())
        .merge(label, Rating.NONE.and(score), (old, first) -> old.and(score));
  }

  Map<String, AnswerLengths> allLengths() {
    return lengths;
  }

  Map<String, Calibration> allCalibrations() {
    return calibrations;
  }

  Map<String, Map<String, Rating>> allRatings() {
    return ratings;
  }
}
