package ai.powertools.logging;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An event of a level that is off. */
enum SilentEvent implements LogEvent {
  INSTANCE;

  @Override
  public LogEvent with(String key, long value) {
    return this;
  }

  @Override
  public LogEvent with(String key, double value) {
    return this;
  }

  @Override
  public LogEvent with(String key, boolean value) {
    return this;
  }

  @Override
  public LogEvent with(String key, @Nullable Object value) {
    return this;
  }

  @Override
  public LogEvent with(String key, @Nullable Supplier<? extends @Nullable Object> value) {
    return this;
  }

  @Override
  public LogEvent cause(@Nullable Throwable cause) {
    return this;
  }

  @Override
  public void log() {}
}
