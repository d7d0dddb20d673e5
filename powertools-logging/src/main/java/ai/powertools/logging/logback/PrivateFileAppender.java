package ai.powertools.logging.logback;

import ai.powertools.core.ConfigurationException;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Path;

/** Logback's rolling file, made private each time it is begun anew. */
final class PrivateFileAppender extends RollingFileAppender<ILoggingEvent> {

  /** An appender that is writing already. */
  static PrivateFileAppender start(LoggerContext context, Path file, long largest, int kept) {
    if (file.toString().indexOf('%') >= 0) {
      throw new ConfigurationException(
          "Could not write a log to "
              + file
              + ": Logback takes % in the name of a file that is rolled for a pattern. Name a file"
              + " without it.");
    }
    try {
      LogFiles.prepare(file);
    } catch (IOException e) {
      throw LogFiles.refusal(file, e);
    }
    PrivateFileAppender appender = new PrivateFileAppender();
    appender.setContext(context);
    appender.setName("powertools-file " + file);
    appender.setFile(file.toString());
    appender.setAppend(true);
    appender.setEncoder(encoder(context));
    appender.roll(context, file, largest, kept);
    appender.start();
    if (!appender.isStarted()) {
      throw new ConfigurationException(
          "Could not write a log to "
              + file
              + ": Logback refused it. An appender of logback.xml may write to the same file: name"
              + " another one.");
    }
    return appender;
  }

  private static JsonEncoder encoder(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  private void roll(LoggerContext context, Path file, long largest, int kept) {
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(this);
    rolling.setFileNamePattern(file + ".%i");
    rolling.setMinIndex(1);
    rolling.setMaxIndex(kept);
    rolling.start();
    setRollingPolicy(rolling);
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(new FileSize(largest));
    // Logback looks once a minute unless told otherwise; a burst would make any size of file.
    size.setCheckIncrement(Duration.buildByMilliseconds(0));
    size.start();
    setTriggeringPolicy(size);
  }

  @Override
  public void openFile(String fileName) throws IOException {
    LogFiles.prepare(Path.of(fileName));
    super.openFile(fileName);
  }
}
