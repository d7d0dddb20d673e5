package ai.powertools.models;

import ai.powertools.core.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a models file, whose format {@code models.schema.json} describes, and refuses what cannot
 * be right with its row and field.
 */
final class ModelsFile {
  private static final int VERSION = 2;

  private ModelsFile() {}

  /** One row of a file that has been checked, read by itself. */
  static Model row(String file, int number, String json) {
    String place = file + ", row " + number;
    try {
      Object row = Json.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
      return model(Fields.of(place, row), place);
    } catch (IOException e) {
      throw unreadable(place, e);
    }
  }

  /** The rows of a user's own file. */
  static List<Model> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(
          "There is no models file %s. Name one that exists.".formatted(file), e);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /**
   * The rows of a file.
   *
   * @param file its name, for messages
   * @throws ConfigurationException if anything in it is wrong; no row is taken then
   */
  static List<Model> read(String file, InputStream in) {
    Object json;
    try {
      json = Json.read(in);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    Fields top = Fields.of(file, json);
    if (top.has("$schema")) {
      top.text("$schema");
    }
    if (top.wholeNumber("version") != VERSION) {
      throw top.refused("version", "must be " + VERSION);
    }
    List<Model> models = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Object row : top.list("models")) {
      String place = file + ", row " + (models.size() + 1);
      Model model = model(Fields.of(place, row), place);
      if (!seen.add(model.qualifiedId().toLowerCase(Locale.ROOT))) {
        throw new ConfigurationException(
            "%s: %s is there already; keep one of the two.".formatted(place, model.qualifiedId()));
      }
      models.add(model);
    }
    top.refuseOthers();
    return List.copyOf(models);
  }

  private static Model model(Fields unnamed, String row) {
    String id = unnamed.text("id");
    String provider = unnamed.text("provider");
    String place = row + " (" + provider + "/" + id + ")";
    Fields fields = unnamed.at(place);
    try {
      Model model =
          new Model(
              id,
              provider,
              fields.text("name"),
              fields.wholeNumber("contextTokens"),
              fields.wholeNumber("maxOutputTokens"),
              tokenizer(fields),
              fields.has("prices")
                  ? Optional.of(PriceRows.read(fields, fields.date("asOf")))
                  : Optional.empty(),
              fields.texts("aliases"),
              fields.date("asOf"),
              fields.address("source"),
              traits(fields));
      fields.refuseOthers();
      return model;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(place + ": " + e.getMessage(), e);
    }
  }

  private static Tokenizer tokenizer(Fields row) {
    String text = row.text("tokenizer");
    for (Tokenizer tokenizer : Tokenizer.values()) {
      if (tokenizer.name().toLowerCase(Locale.ROOT).equals(text)) {
        return tokenizer;
      }
    }
    throw row.refused("tokenizer", "must be a family that models.schema.json lists");
  }

  private static Traits traits(Fields row) {
    List<Score> scores = new ArrayList<>();
    for (Fields score : row.has("scores") ? row.objects("scores") : List.<Fields>of()) {
      scores.add(
          new Score(
              score.text("task"),
              score.text("benchmark"),
              new BigDecimal(score.text("value")),
              score.address("source")));
      score.refuseOthers();
    }
    return new Traits(
        row.choices("reads", Modality.class).orElse(Traits.TEXT_ONLY.reads()),
        row.choices("writes", Modality.class).orElse(Traits.TEXT_ONLY.writes()),
        row.choices("abilities", Ability.class).orElse(Set.of()),
        row.has("released") ? Optional.of(row.date("released")) : Optional.empty(),
        row.has("retired") ? Optional.of(row.date("retired")) : Optional.empty(),
        scores);
  }

  private static ConfigurationException unreadable(String file, IOException cause) {
    return new ConfigurationException(
        "%s cannot be read: %s".formatted(file, cause.getMessage()), cause);
  }
}
