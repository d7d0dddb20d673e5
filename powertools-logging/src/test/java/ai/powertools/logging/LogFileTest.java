package ai.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.powertools.core.ConfigurationException;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@SuppressWarnings("try") // sinks are attached for what they do, not to be looked at
class LogFileTest {
  private final StructuredLogger log = StructuredLogger.of("logfile.app");

  @TempDir Path folder;

  @Test
  void writesWhatTheLoggerAndThoseBelowItLog() {
    Path file = folder.resolve("new/sub/app.ndjson");
    try (LogFile attached = LogFile.attach(file, "logfile")) {
      log.info("one").log();
      StructuredLogger.of("elsewhere").info("other").log();
      assertThat(events(file)).containsExactly("one");
      assertThat(attached.file()).isEqualTo(file);
    }
  }

  @Test
  void fileAndFolderAreForTheirOwnerAlone() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path file = folder.resolve("new/sub/app.ndjson");
    LogFile.attach(file, "logfile").close();

    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(file.getParent())).isEqualTo("rwx------");
    assertThat(permissions(folder.resolve("new"))).isEqualTo("rwx------");
  }

  @Test
  void aFileThatOthersCouldReadIsClosedToThem() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path file = Files.writeString(folder.resolve("app.ndjson"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    LogFile.attach(file, "logfile").close();

    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void appendsWhenItIsOpenedAgain() {
    Path file = folder.resolve("app.ndjson");
    for (String event : List.of("first", "second")) {
      try (LogFile attached = LogFile.attach(file, "logfile")) {
        log.info(event).log();
      }
    }
    assertThat(events(file)).containsExactly("first", "second");
  }

  @Test
  void anEventIsNotGluedToALineThatACrashTore() throws IOException {
    Path file = folder.resolve("app.ndjson");
    Files.writeString(file, "{\"ts\":\"2026-01-01T00:00:00Z\",\"ev");
    try (LogFile attached = LogFile.attach(file, "logfile")) {
      log.info("after").log();
    }
    LogReader reader = LogReader.read(file);
    assertThat(reader.records()).extracting(LogRecord::event).containsExactly("after");
    assertThat(reader.badLines()).isEqualTo(1);
  }

  @Test
  void writesNothingAfterItIsClosedAndClosingTwiceIsHarmless() {
    Path file = folder.resolve("app.ndjson");
    LogFile attached = LogFile.attach(file, "logfile");
    log.info("before").log();
    attached.close();
    log.info("after").log();
    attached.close();

    assertThat(events(file)).containsExactly("before");
    assertThat(appenders("logfile")).isEmpty();
  }

  @Test
  void attachedTwiceItWritesAnEventOnceAndLastsUntilTheLastIsClosed() {
    Path file = folder.resolve("app.ndjson");
    LogFile first = LogFile.attach(file, "logfile");
    LogFile second = LogFile.attach(folder.resolve("x/../app.ndjson"), "logfile");
    log.info("both").log();
    first.close();
    first.close();
    log.info("one").log();
    second.close();
    log.info("none").log();

    assertThat(events(file)).containsExactly("both", "one");
  }

  @Test
  void attachedToALoggerAndToOneBelowItWritesAnEventOnce() {
    Path file = folder.resolve("app.ndjson");
    LogFile below = LogFile.attach(file, "logfile.app");
    LogFile above = LogFile.attach(file, "logfile");
    LogFile root = LogFile.attach(file, "ROOT");
    log.info("three").log();
    root.close();
    log.info("two").log();
    above.close();
    log.info("one").log();
    below.close();
    log.info("none").log();

    assertThat(events(file)).containsExactly("three", "two", "one");
  }

  @Test
  void rollsAtItsSizeKeepsFiveAndAllStayPrivate() throws IOException {
    Path file = folder.resolve("rolled (1)/app.ndjson");
    int count = 400;
    try (LogFile attached = LogFile.attach(file, "logfile", 4_000)) {
      for (int i = 0; i < count; i++) {
        log.info("event").with("number", i).log();
      }
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(file.getParent())) {
      all.forEach(files::add);
    }
    assertThat(files).hasSize(6);
    for (Path each : files) {
      assertThat(Files.size(each)).isLessThan(5_000);
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        assertThat(permissions(each)).isEqualTo("rw-------");
      }
    }
    List<LogRecord> records = LogReader.read(file).records();
    long last = count - 1L;
    for (int i = records.size() - 1; i >= 0; i--) {
      assertThat(records.get(i).fields()).containsEntry("number", last);
      last--;
    }
    assertThat(records).hasSizeGreaterThan(100);
  }

  @Test
  void isOpenedAnewAfterLogbackWasReset() {
    Path file = folder.resolve("app.ndjson");
    LogFile before = LogFile.attach(file, "logfile");
    appenders("logfile").get(0).stop(); // as a reset does
    LogFile after = LogFile.attach(file, "logfile");
    log.info("again").log();
    before.close();
    log.info("still").log();
    after.close();

    assertThat(events(file)).containsExactly("again", "still");
    assertThat(appenders("logfile")).isEmpty();
  }

  @Test
  void saysWhyAFileCanNotBeWritten() throws IOException {
    Path blocked = Files.writeString(folder.resolve("blocked"), "").resolve("app.ndjson");
    assertThatThrownBy(() -> LogFile.attach(blocked, "logfile"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("Could not write a log to " + blocked + ": ")
        .hasMessageEndingWith("Name a file in a folder that this user may write to.");
    assertThatThrownBy(() -> LogFile.attach(folder, "logfile"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Name a file");
    assertThatThrownBy(() -> LogFile.attach(Path.of("/"), "logfile"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Could not write a log to /: name a file.");
    assertThatThrownBy(() -> LogFile.attach(folder.resolve("100%.log"), "logfile"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Name a file without it.");
  }

  @Test
  void refusesAFileThatAnotherAppenderWrites() {
    Path file = folder.resolve("app.ndjson").toAbsolutePath();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    FileAppender<ILoggingEvent> other = new FileAppender<>();
    ai.powertools.logging.logback.JsonEncoder encoder =
        new ai.powertools.logging.logback.JsonEncoder();
    encoder.start();
    other.setContext(context);
    other.setName("other");
    other.setFile(file.toString());
    other.setEncoder(encoder);
    other.start();
    try {
      assertThatThrownBy(() -> LogFile.attach(file, "logfile"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("An appender of logback.xml may write to the same file");
    } finally {
      other.stop();
    }
  }

  private static List<String> events(Path file) {
    return LogReader.read(file).stream().map(LogRecord::event).toList();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<Appender<ILoggingEvent>> appenders(String logger) {
    List<Appender<ILoggingEvent>> all = new ArrayList<>();
    ((Logger) LoggerFactory.getLogger(logger)).iteratorForAppenders().forEachRemaining(all::add);
    return all;
  }
}
