package ai.powertools.ratelimit;

import ai.powertools.core.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the rows of a file of presets: six columns with tabs between, {@code #} at the start of a
 * line for a comment. Every error names file, line and remedy.
 */
final class PresetFile {
  private static final int COLUMNS = 6;
  private static final long LONGEST_BYTES = 10_000_000;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9*][A-Za-z0-9._:/@*-]{0,127}");

  private final String file;
  private final List<LimitPreset> presets = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();

  private PresetFile(String file) {
    this.file = file;
  }

  /** The rows of a resource beside this class. */
  static List<LimitPreset> bundled(String name) {
    try (InputStream in = PresetFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new ConfigurationException(
            "The bundled %s is missing: build the jar with its resources.".formatted(name));
      }
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ConfigurationException("The bundled %s can't be read.".formatted(name), e);
    }
  }

  /** The rows of a user's file. */
  static List<LimitPreset> read(Path file) {
    try {
      if (Files.size(file) > LONGEST_BYTES) {
        throw new ConfigurationException(
            "%s has more than %d bytes: that is no file of limits.".formatted(file, LONGEST_BYTES));
      }
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new ConfigurationException(
          "The limits in %s can't be read (%s): give a file in UTF-8 that is there."
              .formatted(file, e),
          e);
    }
  }

  static List<LimitPreset> parse(String file, String text) {
    PresetFile reader = new PresetFile(file);
    int line = 0;
    for (String row : text.split("\r?\n", -1)) {
      line++;
      if (!row.isBlank() && !row.startsWith("#")) {
        reader.row(row, line);
      }
    }
    return reader.presets;
  }

  private void row(String row, int line) {
    String[] columns = row.split("\t+", -1);
    if (columns.length != COLUMNS) {
      throw wrong(
          line,
          "has %d columns".formatted(columns.length),
          "give provider, model, tier, limits, date and source, with tabs between");
    }
    String provider = name(line, "provider", columns[0]);
    String tier = name(line, "tier", columns[2]);
    Limits limits = limits(line, columns[3]);
    LocalDate date = date(line, columns[4].strip());
    URI source = source(line, columns[5].strip());
    for (String model : columns[1].strip().split("\\|", -1)) {
      if (!MODEL.matcher(model).matches()) {
        throw wrong(
            line,
            "has the model \"%s\"".formatted(model),
            "give the name of a model, with stars for what may be anything, as in gpt-5-mini-*,"
                + " several with | between");
      }
      add(line, new LimitPreset(provider, model, tier, limits, date, source));
    }
  }

  private void add(int line, LimitPreset preset) {
    for (int i = 0; i < presets.size(); i++) {
      if (preset.replaces(presets.get(i))) {
        throw wrong(
            line,
            "is about %s %s %s again, after line %d"
                .formatted(preset.provider(), preset.model(), preset.tier(), lines.get(i)),
            "keep one of the two");
      }
    }
    presets.add(preset);
    lines.add(line);
  }

  private String name(int line, String what, String column) {
    String name = LimitPresets.name(column);
    if (!NAME.matcher(name).matches()) {
      throw wrong(
          line,
          "has the %s \"%s\"".formatted(what, column),
          "give letters, digits, dots and hyphens, as in tier-1");
    }
    return name;
  }

  private Limits limits(int line, String column) {
    try {
      return PresetLimits.parse(column);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "%s, line %d has the limits \"%s\": %s"
              .formatted(file, line, column.strip(), e.getMessage()),
          e);
    }
  }

  private LocalDate date(int line, String column) {
    try {
      return LocalDate.parse(column);
    } catch (DateTimeException e) {
      throw wrong(
          line,
          "has the date \"%s\"".formatted(column),
          "give the day on which the source said so, as in 2026-09-24");
    }
  }

  private URI source(int line, String column) {
    try {
      URI source = URI.create(column);
      if (source.isAbsolute()) {
        return source;
      }
    } catch (IllegalArgumentException e) {
      // said below, as for an address that is not whole
    }
    throw wrong(
        line,
        "has the source \"%s\"".formatted(column),
        "give the address of the page that says so, as in https://example.com/limits");
  }

  private ConfigurationException wrong(int line, String what, String remedy) {
    return new ConfigurationException("%s, line %d %s: %s.".formatted(file, line, what, remedy));
  }
}
