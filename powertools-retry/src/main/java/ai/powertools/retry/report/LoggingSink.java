package ai.powertools.retry.report;

import ai.powertools.retry.Outcome;
import java.lang.System.Logger.Level;
import java.util.Locale;

/** Writes a line for each event. */
final class LoggingSink implements ErrorSink {
  private final System.Logger logger;

  LoggingSink(System.Logger logger) {
    this.logger = logger;
  }

  @Override
  public void accept(ErrorEvent event) {
    Level level = event.outcome() == Outcome.FAILED ? Level.WARNING : Level.INFO;
    logger.log(level, () -> line(event));
  }

  /**
   * As in {@code degraded after 3 failures (waited 300 ms) at openai: throttled HttpException: …}.
   */
  static String line(ErrorEvent event) {
    String what =
        "%s after %d failed %s (waited %d ms)%s: %s %s [%s]"
            .formatted(
                lower(event.outcome()),
                event.failures(),
                event.failures() == 1 ? "attempt" : "attempts",
                event.waited().toMillis(),
                event.key().isEmpty() ? "" : " at " + event.key(),
                lower(event.kind()),
                event.describe(),
                event.fingerprint().id());
    return Messages.oneLine(what);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
