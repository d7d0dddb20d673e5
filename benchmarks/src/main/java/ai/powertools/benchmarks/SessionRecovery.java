package ai.powertools.benchmarks;

import ai.powertools.benchmarks.Comparison.Figure;
import ai.powertools.session.Recovered;
import ai.powertools.session.Sessions;
import ai.powertools.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How soon sessions answer after their process was killed while it wrote. What it left is copied
 * and opened, several times; the copies are in the system's memory as what it left is.
 */
final class SessionRecovery {
  private static final int ROUNDS = 3;
  private static final int ACKNOWLEDGED = 50;
  private static final double MILLIS = 1e6;
  private static final double MEGABYTE = 1 << 20;

  private final long bytes;
  private final Consumer<Figure> told;
  private final List<Double> opened = new ArrayList<>();
  private final List<Double> got = new ArrayList<>();
  private final List<Double> recovered = new ArrayList<>();
  private final List<Double> recoveredLarge = new ArrayList<>();

  /**
   * @param bytes how large the file is at least
   */
  SessionRecovery(long bytes, Consumer<Figure> told) {
    this.bytes = bytes;
    this.told = told;
  }

  /**
   * A size in words: {@code 1g}, {@code 64m}, {@code 500k}, or a number of bytes.
   *
   * @throws IllegalArgumentException if it is none
   */
  static long bytes(String size) {
    int unit =
        size.isEmpty() ? -1 : "kmg".indexOf(Character.toLowerCase(size.charAt(size.length() - 1)));
    String digits = unit < 0 ? size : size.substring(0, size.length() - 1);
    if (!digits.matches("\\d{1,12}")) {
      throw new IllegalArgumentException("No size: \"" + size + "\". As in -Dsize=64m.");
    }
    return Long.parseLong(digits) << (10 * (unit + 1));
  }

  /** In a folder of its own in that one. */
  void measure(Path folder) throws IOException {
    Path left = Files.createDirectory(folder.resolve("killed"));
    long acknowledged = fillAndKill(left.resolve("chat.db"));
    shown("store that was killed, file", "MB", Files.size(left.resolve("chat.db")) / MEGABYTE);
    Path log = left.resolve("chat.db-wal");
    shown("store that was killed, log", "MB", Files.exists(log) ? Files.size(log) / MEGABYTE : 0);
    for (int round = 0; round < ROUNDS; round++) {
      try (BenchFolder copy = new BenchFolder(copy(left, folder.resolve("copy-" + round)))) {
        recover(copy.path().resolve("chat.db"), acknowledged);
      }
    }
    shown("killed to opened, Sessions.at(file)", "ms", median(opened));
    shown("killed to the first value, Sessions.at(file) and get", "ms", median(got));
    shown("recover(name) of the session written last", "ms", median(recovered));
    shown("recover(name) of one with 200 messages", "ms", median(recoveredLarge));
  }

  private long fillAndKill(Path file) {
    try (JavaProcess filler =
        JavaProcess.start(SessionFiller.class, file.toString(), Long.toString(bytes))) {
      filler.awaitLine(SessionFiller.FULL);
      long last = 0;
      for (int i = 0; i < ACKNOWLEDGED; i++) {
        last = number(filler.readLine()).orElse(last);
      }
      filler.kill();
      for (String line : filler.remainingLines()) {
        last = number(Optional.of(line)).orElse(last);
      }
      if (last < ACKNOWLEDGED) {
        throw new IllegalStateException("The process ended by itself, after " + last + ".");
      }
      return last;
    }
  }

  /**
   * The last line may have been cut, but then a shorter number than was acknowledged stands there.
   */
  private static Optional<Long> number(Optional<String> line) {
    return line.filter(text -> text.matches("\\d+")).map(Long::parseLong);
  }

  private void recover(Path file, long acknowledged) {
    long start = System.nanoTime();
    try (Sessions sessions = Sessions.at(file)) {
      long open = System.nanoTime();
      String title = sessions.open(SessionFiller.LAST).get(SessionFiller.TITLE, String.class);
      long first = System.nanoTime();
      Recovered recovery = sessions.recover(SessionFiller.LAST);
      long done = System.nanoTime();
      Recovered large = sessions.recover("chat-0");
      long doneLarge = System.nanoTime();
      long size = recovery.session().size("chat");
      if (title.isEmpty()
          || !recovery.found().isIntact()
          || !large.found().isIntact()
          || size < acknowledged) {
        throw new IllegalStateException(
            "Acknowledged were %d messages, found %d; %s, %s."
                .formatted(acknowledged, size, recovery.found(), large.found()));
      }
      opened.add((open - start) / MILLIS);
      got.add((first - start) / MILLIS);
      recovered.add((done - first) / MILLIS);
      recoveredLarge.add((doneLarge - done) / MILLIS);
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return to;
  }

  private void shown(String what, String unit, double value) {
    told.accept(Figure.shown(what, unit, value));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
  }
}
