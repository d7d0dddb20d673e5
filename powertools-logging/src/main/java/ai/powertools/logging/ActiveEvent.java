package ai.powertools.logging;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.CallerBoundaryAware;
import org.slf4j.spi.LoggingEventBuilder;

/** An event that will be logged, in SLF4J's own builder. */
final class ActiveEvent implements LogEvent {
  private static final String BOUNDARY = ActiveEvent.class.getName();

  private LoggingEventBuilder builder;

  ActiveEvent(LoggingEventBuilder builder) {
    this.builder = builder;
    // Otherwise layouts that print the line of code would print one of ours.
    if (builder instanceof CallerBoundaryAware aware) {
      aware.setCallerBoundary(BOUNDARY);
    }
  }

  @Override
  public LogEvent with(String key, long value) {
    return add(key, value);
  }

  @Override
  public LogEvent with(String key, double value) {
    return add(key, value);
  }

  @Override
  public LogEvent with(String key, boolean value) {
    return add(key, value);
  }

  @Override
  public LogEvent with(String key, @Nullable Object value) {
    return add(key, value);
  }

  @Override
  public LogEvent with(String key, @Nullable Supplier<? extends @Nullable Object> value) {
    return add(key, value == null ? null : value.get());
  }

  @Override
  public LogEvent cause(@Nullable Throwable cause) {
    builder = builder.setCause(cause);
    return this;
  }

  @Override
  public void log() {
    builder.log();
  }

  /**
   * SLF4J has the same names for values and for suppliers of them; this picks the one for values.
   */
  private LogEvent add(String key, @Nullable Object value) {
    builder = builder.addKeyValue(key, value);
    return this;
  }
}
