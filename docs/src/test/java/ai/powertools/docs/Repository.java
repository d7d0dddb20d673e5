package ai.powertools.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The checkout that this build runs in. */
final class Repository {
  private static final Set<String> NOT_OURS =
      Set.of("target", ".git", "node_modules", ".powertools");

  private Repository() {}

  /** The folder of the root pom; Surefire runs in the module's own. */
  static Path root() {
    return Path.of("").toAbsolutePath().getParent();
  }

  /** All files below the root whose names end so, without build output. */
  static List<Path> files(String ending) {
    try (Stream<Path> all = Files.walk(root())) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .filter(file -> !isOutput(root().relativize(file)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folders of the modules that have main code. */
  static List<Path> modules() {
    return files("pom.xml").stream()
        .map(Path::getParent)
        .filter(module -> Files.isDirectory(module.resolve("src/main/java")))
        .toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOutput(Path relative) {
    for (Path part : relative) {
      if (NOT_OURS.contains(part.toString())) {
        return true;
      }
    }
    return false;
  }
}
