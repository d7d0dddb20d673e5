package ai.powertools.models;

import ai.powertools.core.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a models file, whose format {@code models.schema.json} describes, and refuses what cannot
 * be right with its row and field.
 */
final class ModelsFile {
  private static final String BUNDLED = "models.json";
  private static final int VERSION = 1;

  private static final Pattern RATE = Pattern.compile("\\d{1,9}(\\.\\d{1,12})?");

  /**
   * Beyond these, in dollars per million tokens, a price was entered per token or per thousand. Of
   * the thousands of rows of LiteLLM's and models.dev's price maps of July and August 2026 for the
   * bundled providers, the least text price above zero is 0.0028 (DeepSeek V4 Flash, cached), the
   * highest is 600 (o1-pro, output).
   */
  private static final BigDecimal LEAST_RATE = new BigDecimal("0.001");

  private static final BigDecimal HIGHEST_RATE = new BigDecimal("10000");

  private ModelsFile() {}

  /** The rows that ship with this library. */
  static List<Model> bundled() {
    try (InputStream in = ModelsFile.class.getResourceAsStream(BUNDLED)) {
      return read(BUNDLED, in);
    } catch (IOException e) {
      throw unreadable(BUNDLED, e);
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
  static List<Model> read(String file, @Nullable InputStream in) {
    if (in == null) {
      throw new ConfigurationException(file + " is not there: the jar is incomplete.");
    }
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
              fields.object("prices").map(ModelsFile::prices),
              fields.texts("aliases"),
              date(fields),
              source(fields));
      fields.refuseOthers();
      return model;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(place + ": " + e.getMessage(), e);
    }
  }

  private static Prices prices(Fields fields) {
    return rates(fields, fields.object("longContext").map(ModelsFile::longContext));
  }

  private static Prices.LongContext longContext(Fields tier) {
    long above = tier.wholeNumber("aboveInputTokens");
    if (above < 1) {
      throw tier.refused("aboveInputTokens", "must be at least 1");
    }
    return new Prices.LongContext(above, rates(tier, Optional.empty()));
  }

  private static Prices rates(Fields fields, Optional<Prices.LongContext> longContext) {
    Prices prices =
        new Prices(
            rate(fields, "input"),
            optionalRate(fields, "cachedInput"),
            optionalRate(fields, "cacheWrite"),
            rate(fields, "output"),
            longContext);
    if (prices.cachedInputRate().compareTo(prices.inputPerMillion()) > 0) {
      throw fields.refused("cachedInput", "must not be above input");
    }
    fields.refuseOthers();
    return prices;
  }

  private static Optional<Usd> optionalRate(Fields fields, String name) {
    return fields.has(name) ? Optional.of(rate(fields, name)) : Optional.empty();
  }

  private static Usd rate(Fields fields, String name) {
    String text = fields.text(name);
    if (!RATE.matcher(text).matches()) {
      throw fields.refused(name, "must be dollars per million tokens as a plain decimal");
    }
    BigDecimal rate = new BigDecimal(text);
    if (rate.signum() != 0 && rate.compareTo(LEAST_RATE) < 0) {
      throw fields.refused(
          name,
          "is absurdly small for a price per million tokens (was it meant per token, and so "
              + Usd.of(rate.movePointRight(6)).format()
              + " per million?): must be 0 or at least "
              + LEAST_RATE);
    }
    if (rate.compareTo(HIGHEST_RATE) > 0) {
      throw fields.refused(
          name, "is absurdly high for a price per million tokens: must be at most " + HIGHEST_RATE);
    }
    return Usd.of(rate);
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

  private static LocalDate date(Fields row) {
    String text = row.text("asOf");
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw row.refused("asOf", text, "must be a date such as 2026-08-01", e);
    }
  }

  private static URI source(Fields row) {
    String text = row.text("source");
    try {
      URI uri = new URI(text);
      if ("https".equals(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw row.refused("source", text, "must be an https address", e);
    }
    throw row.refused("source", "must be an https address");
  }

  private static ConfigurationException unreadable(String file, IOException cause) {
    return new ConfigurationException(
        "%s cannot be read: %s".formatted(file, cause.getMessage()), cause);
  }
}
