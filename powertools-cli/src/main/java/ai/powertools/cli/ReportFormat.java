package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** In which form costs are reported. */
enum ReportFormat {
  /** A few lines, or a table, for a terminal. */
  TEXT("txt"),
  /** With tables as GitHub has them. */
  MARKDOWN("md"),
  /** A page that needs nothing else. */
  HTML("html"),
  /** For spreadsheets, all amounts exact. */
  CSV("csv"),
  /** One object, all amounts exact. */
  JSON("json");

  private final String extension;

  ReportFormat(String extension) {
    this.extension = extension;
  }

  /**
   * The one that was asked for; else the one that a file's name ends like; else text.
   *
   * @throws ConfigurationException if there is no such form
   */
  static ReportFormat of(Optional<String> name, Optional<String> file) {
    return name.map(ReportFormat::named).or(() -> file.flatMap(ReportFormat::ofFile)).orElse(TEXT);
  }

  private static ReportFormat named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.label().equals(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "--format must be one of %s, not \"%s\"."
                        .formatted(
                            Arrays.stream(values())
                                .map(ReportFormat::label)
                                .collect(Collectors.joining(", ")),
                            name)));
  }

  private static Optional<ReportFormat> ofFile(String file) {
    return Arrays.stream(values())
        .filter(format -> file.toLowerCase(Locale.ROOT).endsWith("." + format.extension))
        .findFirst();
  }

  /** As it is written on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
