package ai.powertools.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The library made of {@code forgetful.c}, compiled once a JVM; or why there is none. */
final class ForgetfulLibrary {
  private static final ForgetfulLibrary SHARED =
      compile(System.getProperty("os.name"), System.getProperty("sun.arch.data.model"), "cc");

  private final Path file;
  private final String refusal;

  private ForgetfulLibrary(Path file, String refusal) {
    this.file = file;
    this.refusal = refusal;
  }

  static ForgetfulLibrary shared() {
    return SHARED;
  }

  static ForgetfulLibrary compile(String system, String bits, String compiler) {
    if (!system.equals("Linux") || !bits.equals("64")) {
      return refused("it works on Linux with 64 bits, and this is " + system + " with " + bits);
    }
    try {
      Path folder = Files.createTempDirectory("forgetful");
      folder.toFile().deleteOnExit();
      Path source = folder.resolve("forgetful.c");
      Path library = folder.resolve("forgetful.so");
      source.toFile().deleteOnExit();
      library.toFile().deleteOnExit();
      try (InputStream text = ForgetfulLibrary.class.getResourceAsStream("forgetful.c")) {
        if (text == null) {
          return refused("its source forgetful.c is not on the class path");
        }
        Files.copy(text, source);
      }
      return compile(compiler, source, library);
    } catch (IOException e) {
      return refused("there is no C compiler: install gcc and libc6-dev (" + e.getMessage() + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused("its compilation was interrupted");
    }
  }

  private static ForgetfulLibrary compile(String compiler, Path source, Path library)
      throws IOException, InterruptedException {
    Process cc =
        new ProcessBuilder(
                compiler,
                "-shared",
                "-fPIC",
                "-O2",
                "-o",
                library.toString(),
                source.toString(),
                "-lpthread")
            .redirectErrorStream(true)
            .start();
    String said = new String(cc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!cc.waitFor(1, TimeUnit.MINUTES) || cc.exitValue() != 0) {
      return refused("its source does not compile: " + said.strip());
    }
    return new ForgetfulLibrary(library, "");
  }

  private static ForgetfulLibrary refused(String why) {
    return new ForgetfulLibrary(Path.of(""), "No forgetful disk here: " + why + ".");
  }

  /** Why there is none; blank when there is one. */
  String refusal() {
    return refusal;
  }

  Path file() {
    return file;
  }
}
