package ai.powertools.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder on the disk that is measured, which is gone afterwards, also when the command is cut
 * short. {@code -Dpowertools.bench.dir} says where; the temporary folder by default, which on some
 * systems is no disk at all.
 */
record BenchFolder(Path path) implements AutoCloseable {
  private static final String PROPERTY = "powertools.bench.dir";

  /** A new one. */
  static BenchFolder create() throws IOException {
    Optional<String> wanted = Optional.ofNullable(System.getProperty(PROPERTY));
    Path path =
        wanted.isPresent()
            ? Files.createTempDirectory(
                Files.createDirectories(Path.of(wanted.get())), "powertools")
            : Files.createTempDirectory("powertools-benchmark");
    BenchFolder folder = new BenchFolder(path);
    Runtime.getRuntime().addShutdownHook(new Thread(folder::closeAtTheEnd, "bench-folder"));
    return folder;
  }

  /** Deletes it and all that is in it. */
  @Override
  public void close() throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private void closeAtTheEnd() {
    try {
      close();
    } catch (IOException e) {
      System.err.println("Could not delete " + path + ": " + e.getMessage());
    }
  }
}
