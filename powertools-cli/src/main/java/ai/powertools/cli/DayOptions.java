package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From which day to which, both included, by the ledger's calendar. */
final class DayOptions {
  @Option(names = "--from", paramLabel = "DAY", description = "The first day, as in 2026-11-01.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DAY", description = "The last day, which is in it.")
  private @Nullable String to;

  /**
   * The first day.
   *
   * @throws ConfigurationException if it is no date
   */
  Optional<LocalDate> from() {
    return Optional.ofNullable(from).map(text -> day("--from", text));
  }

  /**
   * The last day.
   *
   * @throws ConfigurationException if it is no date, or before the first
   */
  Optional<LocalDate> to() {
    Optional<LocalDate> last = Optional.ofNullable(to).map(text -> day("--to", text));
    last.ifPresent(day -> from().ifPresent(first -> checkOrder(first, day)));
    return last;
  }

  /** Whether one was named. */
  boolean isGiven() {
    return from != null || to != null;
  }

  /**
   * Refuses days that end before they begin.
   *
   * @throws ConfigurationException if the last is before the first
   */
  static void checkOrder(LocalDate first, LocalDate last) {
    if (last.isBefore(first)) {
      throw new ConfigurationException(
          "--to %s is before --from %s. Name the earlier day with --from.".formatted(last, first));
    }
  }

  private static LocalDate day(String option, String text) {
    try {
      return LocalDate.parse(text.strip());
    } catch (DateTimeException e) {
      throw new ConfigurationException(
          "%s must be a day as in 2026-11-01, not \"%s\".".formatted(option, text), e);
    }
  }
}
