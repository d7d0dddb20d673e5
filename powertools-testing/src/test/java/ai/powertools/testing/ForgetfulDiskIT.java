package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/** What a process does to files below the folder, and what is left of it after a power cut. */
class ForgetfulDiskIT {
  @TempDir Path above;

  private Path folder() throws IOException {
    return Files.createDirectories(above.resolve("files"));
  }

  private String content(String name) throws IOException {
    return Files.readString(folder().resolve(name));
  }

  private void put(String name, String text) throws IOException {
    Files.writeString(folder().resolve(name), text);
  }

  /** Runs the steps in a process, kills it, and loses all that was not forced. */
  private PowerCut afterwards(String... steps) throws IOException {
    try (ForgetfulDisk disk = ForgetfulDisk.over(folder()).losing(Loss.ALL_UNFORCED)) {
      runAndKill(disk, steps);
      return disk.cutPower(RandomInput.seeded());
    }
  }

  private void runAndKill(ForgetfulDisk disk, String... steps) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(folder().toString()));
    arguments.addAll(List.of(steps));
    try (JavaProcess process =
        JavaProcess.start(
            ScriptedFiles.class, disk.environment(), arguments.toArray(new String[0]))) {
      process.awaitLine("ready");
      process.kill();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "write f 2 XY",
        "write f 4 beyond_the_end",
        "write f 9000 far",
        "append f more",
        "gather f X YZ",
        "stream f new",
        "setLength f 3",
        "setLength f 10000",
        "truncate f 1",
        "truncate f 0",
        "transfer f other"
      })
  void forgetsWhatWasNotForced(String step) throws IOException {
    put("f", "before");
    put("other", "something else");

    PowerCut cut = afterwards(step);

    assertThat(content("f")).isEqualTo("before");
    assertThat(cut.unforced()).isPositive().isEqualTo(cut.lost()).isEqualTo(cut.forgotten());
    assertThat(Files.exists(above.resolve("files.forgetful"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"force f", "forceAll f"})
  void keepsWhatWasForcedByAnyHandle(String force) throws IOException {
    put("f", "before");

    PowerCut cut =
        afterwards("write f 0 a", "append f more", "setLength f 8", force, "write f 1 lost");

    assertThat(content("f")).isEqualTo("aeforemo");
    assertThat(cut).isEqualTo(new PowerCut(1, 1, 0));
  }

  @Test
  void keepsWhatIsWrittenThroughAndWhatIsMapped() throws IOException {
    put("f", "before");

    afterwards("writeSynced f 0 A", "map f AB");

    assertThat(content("f")).isEqualTo("ABfore");
  }

  @Test
  void forgetsFilesWhoseFolderWasNotForced() throws IOException {
    afterwards("write kept 0 x", "force kept", "forceFolder", "write lost 0 x", "force lost");

    assertThat(folder().resolve("kept")).hasContent("x");
    assertThat(folder().resolve("lost")).doesNotExist();
  }

  @Test
  void bringsBackWhatWasDeletedOrReplaced() throws IOException {
    put("gone", "deleted");
    put("old", "replaced");

    PowerCut cut =
        afterwards(
            "delete gone",
            "write gone 0 again",
            "write new 0 fresh",
            "force new",
            "move new old",
            "move old older");

    assertThat(names()).containsExactly("gone", "old");
    assertThat(content("gone")).isEqualTo("deleted");
    assertThat(content("old")).isEqualTo("replaced");
    assertThat(cut).isEqualTo(new PowerCut(5, 5, 0));
  }

  @Test
  void keepsNamesOnceTheFolderIsForced() throws IOException {
    put("gone", "deleted");
    put("old", "replaced");

    afterwards("delete gone", "write new 0 fresh", "force new", "move new old", "forceFolder");

    assertThat(names()).containsExactly("old");
    assertThat(content("old")).isEqualTo("fresh");
  }

  @Test
  void deletesSharedMemoryAndLeavesAloneWhatIsOutside() throws IOException {
    put("state.db-shm", "x");
    Path outside = above.resolve("outside");
    Files.writeString(outside, "before");

    afterwards("write ../outside 0 A");

    assertThat(names()).isEmpty();
    assertThat(outside).hasContent("Aefore");
  }

  /** Four sectors are written one by one: each is there or not, whatever became of those before. */
  @Test
  void losesTearsAndKeepsAtRandom() throws IOException {
    RandomInput random = RandomInput.seeded();
    TreeSet<String> patterns = new TreeSet<>();
    PowerCut all = new PowerCut(0, 0, 0);
    String sector = "x".repeat(4096);
    for (int i = 0; i < 12; i++) {
      put("f", "-".repeat(4 * 4096));
      try (ForgetfulDisk disk = ForgetfulDisk.over(folder())) {
        runAndKill(
            disk,
            "write f 0 " + sector,
            "write f 4096 " + sector,
            "write f 8192 " + sector + sector);
        all = all.and(disk.cutPower(random));
      }
      String after = content("f");
      assertThat(after).hasSize(4 * 4096);
      StringBuilder pattern = new StringBuilder();
      for (int at = 0; at < after.length(); at += 512) {
        String part = after.substring(at, at + 512);
        assertThat(part).as("sectors are whole").isIn("x".repeat(512), "-".repeat(512));
        pattern.append(part.charAt(0));
      }
      patterns.add(pattern.toString());
    }
    assertThat(patterns).as("different outcomes, " + random).hasSizeGreaterThan(2);
    assertThat(all.unforced()).isEqualTo(36);
    assertThat(all.lost()).as("" + random).isBetween(1L, 35L);
  }

  @Test
  void isNotThereWithoutACompilerOrLinux() throws IOException {
    ForgetfulLibrary noCompiler = ForgetfulLibrary.compile("Linux", "64", "no-such-compiler");
    assertThat(noCompiler.refusal())
        .startsWith("No forgetful disk here: there is no C compiler: install gcc and libc6-dev");
    assertThat(ForgetfulLibrary.compile("Linux", "64", "false").refusal())
        .startsWith("No forgetful disk here: its source does not compile");
    ForgetfulLibrary elsewhere = ForgetfulLibrary.compile("Mac OS X", "64", "cc");
    assertThat(elsewhere.refusal()).contains("and this is Mac OS X with 64");
    assertThatThrownBy(() -> ForgetfulDisk.over(folder(), elsewhere))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining(elsewhere.refusal());
  }

  @Test
  void refusesAFolderThatIsNotThereAndAJournalThatIsNone() throws IOException {
    assertThatThrownBy(() -> ForgetfulDisk.over(above.resolve("nowhere")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Could not put a forgetful disk over ");
    try (ForgetfulDisk disk = ForgetfulDisk.over(folder())) {
      Files.writeString(above.resolve("files.forgetful/journal"), "no journal".repeat(10));
      assertThatThrownBy(() -> disk.cutPower(RandomInput.seeded()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("Could not cut the power of ")
          .hasRootCauseMessage("No record at 0 of the journal of a forgetful disk");
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
