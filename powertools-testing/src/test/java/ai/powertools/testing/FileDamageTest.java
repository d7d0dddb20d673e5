package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.FileDamage.Damage;
import ai.powertools.testing.FileDamage.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDamageTest {
  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file = folder.resolve("small");
    Files.writeString(file, "abc");
  }

  @Test
  void flipsEachByteAndCutsToEachLengthOneAtATime() {
    List<String> seen = new ArrayList<>();
    DamageReport report =
        FileDamage.of(file)
            .flipEveryByte(0x20)
            .cutEveryLength()
            .check(
                folder,
                (copy, damage) -> {
                  seen.add(Files.readString(copy, StandardCharsets.ISO_8859_1));
                  return damage instanceof Damage.Cut ? Outcome.DETECTED : Outcome.SILENTLY_WRONG;
                });

    assertThat(seen).containsExactly("Abc", "aBc", "abC", "", "a", "ab");
    assertThat(file).hasContent("abc");
    assertThat(report.of(Outcome.SILENTLY_WRONG))
        .containsExactly(
            new Damage.Flip(0, 0x20), new Damage.Flip(1, 0x20), new Damage.Flip(2, 0x20));
    assertThat(report)
        .hasToString(
            "detected: 0 flips, 3 cuts; right: 0 flips, 0 cuts; silently wrong: 3 flips, 0 cuts");
  }

  @Test
  void takesOneInSoMany() throws IOException {
    FileDamage all = FileDamage.of(file).flipEveryByte(0x20).cutEveryLength();
    RandomInput random = RandomInput.seeded();
    DamageReport some = all.oneIn(4, random).check(folder, (copy, damage) -> Outcome.DETECTED);
    long count = some.flips(Outcome.DETECTED) + some.cuts(Outcome.DETECTED);
    assertThat(count).isBetween(0L, 2 * Files.size(file));
    DamageReport each = all.oneIn(1, random).check(folder, (copy, damage) -> Outcome.DETECTED);
    assertThat(each.flips(Outcome.DETECTED)).isEqualTo(Files.size(file));
    assertThatThrownBy(() -> all.oneIn(0, random)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void startsFromThePristineFileWhateverTheCheckDid() throws IOException {
    List<String> seen = new ArrayList<>();
    FileDamage.of(file)
        .flipEveryByte(0x20)
        .check(
            folder,
            (copy, damage) -> {
              try (Stream<Path> files = Files.list(copy.getParent())) {
                assertThat(files).containsExactly(copy);
              }
              seen.add(Files.readString(copy));
              Files.writeString(copy, seen.size() == 1 ? "something longer" : "x");
              Files.writeString(copy.resolveSibling("small-wal"), "beside it");
              return Outcome.RIGHT;
            });

    assertThat(seen).containsExactly("Abc", "aBc", "abC");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).as("nothing is left").containsExactly(file);
    }
  }

  @Test
  void aChecksumDetectsEveryBitThatIsFlipped() {
    RandomInput random = RandomInput.seeded();
    long good = checksum("abc".getBytes(StandardCharsets.UTF_8));

    DamageReport report =
        FileDamage.of(file)
            .flipABitOfEveryByte(random)
            .check(
                folder,
                (copy, damage) ->
                    checksum(Files.readAllBytes(copy)) == good
                        ? Outcome.SILENTLY_WRONG
                        : Outcome.DETECTED);

    assertThat(report.flips(Outcome.DETECTED)).as("" + random).isEqualTo(3);
    assertThat(report.cuts(Outcome.DETECTED)).isZero();
  }

  private static long checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  @Test
  void saysAfterWhichDamageACheckFailed() {
    assertThatThrownBy(
            () ->
                FileDamage.of(file)
                    .flipEveryByte(1)
                    .check(
                        folder,
                        (copy, damage) -> {
                          throw new IOException("no");
                        }))
        .isInstanceOf(AssertionError.class)
        .hasMessage("The check failed after Flip[offset=0, mask=1]: java.io.IOException: no");
  }

  @Test
  void refusesNonsense() {
    FileDamage damage = FileDamage.of(file);
    assertThatThrownBy(() -> damage.flipEveryByte(0)).hasMessage("A mask is from 1 to 255, not 0");
    assertThatThrownBy(() -> damage.flipEveryByte(256)).hasMessageContaining("not 256");
    assertThatThrownBy(() -> FileDamage.of(folder.resolve("none")))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(
            () -> damage.flipEveryByte(1).check(folder.resolve("none"), (copy, d) -> Outcome.RIGHT))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Could not make a damaged copy of " + file);
  }
}
