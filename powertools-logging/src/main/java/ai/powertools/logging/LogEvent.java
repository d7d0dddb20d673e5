package ai.powertools.logging;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, on its way to the log: fields are added, then {@link #log()} sends it.
 * Got from a {@link StructuredLogger}. Without {@code log()} nothing is logged.
 *
 * <p>For one thread and one use. Field names are lower snake case by convention and carry their
 * unit: {@code latency_ms}.
 */
public sealed interface LogEvent permits ActiveEvent, SilentEvent {

  /** Adds a whole number. */
  LogEvent with(String key, long value);

  /** Adds a number; one that JSON does not know (NaN, an infinity) is written as text. */
  LogEvent with(String key, double value);

  /** Adds a yes or no. */
  LogEvent with(String key, boolean value);

  /**
   * Adds a value as it is: numbers stay numbers, maps and collections stay such, everything else is
   * written by its {@code toString()}, which is called only when the event is logged. An {@link
   * ai.powertools.core.Secret} is never shown.
   */
  LogEvent with(String key, @Nullable Object value);

  /** Adds a value that is worked out now, but only if the event will be logged. */
  LogEvent with(String key, @Nullable Supplier<? extends @Nullable Object> value);

  /** Adds what went wrong; null adds nothing. */
  LogEvent cause(@Nullable Throwable cause);

  /** Sends it to the log. */
  void log();
}
