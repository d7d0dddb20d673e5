package ai.powertools.store;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A small disk of its own, where the tests may make one: as root on Linux, else they are skipped.
 */
final class Mount implements AutoCloseable {
  private final Path folder;

  private Mount(Path folder) {
    this.folder = folder;
  }

  static Mount ofSize(Path folder, String size) {
    assumeThat(run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + size, "tmpfs", "" + folder))
        .as("mounting a disk takes root on Linux")
        .isZero();
    return new Mount(folder);
  }

  void setReadOnly(boolean readOnly) {
    if (run("mount", "-o", "remount," + (readOnly ? "ro" : "rw"), folder.toString()) != 0) {
      throw new IllegalStateException("could not be mounted again");
    }
  }

  @Override
  public void close() {
    run("umount", folder.toString());
  }

  private static int run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        System.out.println(command[0] + ": " + output);
      }
      return code;
    } catch (IOException e) {
      return -1; // no such command here
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
