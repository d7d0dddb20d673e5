package ai.powertools.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void onlyWhereThereAreOwners() {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "this file system has no permissions");
  }

  @Test
  void writesAFileThatOnlyItsOwnerReads() throws IOException {
    Path file = folder.resolve("new.txt");
    try (Writer writer = PrivateFiles.newWriter(file)) {
      assertThat(mode(file)).isEqualTo("rw-------");
      writer.write("½ €");
    }
    assertThat(file).hasContent("½ €");
  }

  @Test
  void writesOverNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("there.txt"), "kept");

    assertThatThrownBy(() -> PrivateFiles.newWriter(file).close())
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("kept");
  }

  @Test
  void makesFilesAndFoldersPrivate() throws IOException {
    Path inner = folder.resolve("inner");
    Files.createDirectory(inner, PrivateFiles.ofFolder(inner));
    Path file = inner.resolve("file");
    Files.createFile(file, PrivateFiles.ofFile(file));

    assertThat(mode(inner)).isEqualTo("rwx------");
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
