package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that fit their checksums and yet make no sense: a bug would write them, or an enemy. */
class BackupFormatTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00.000001Z");
  private static final BackupHeader HEADER =
      new BackupHeader("id", Optional.empty(), NOON, "memory");
  private static final EntryRow ENTRY =
      new EntryRow(
          7,
          "log",
          300,
          9,
          NOON,
          Optional.of(NOON.plusSeconds(1)),
          Optional.of(Duration.ofMillis(3)),
          new byte[] {1, 2});

  @TempDir Path folder;

  private interface Frames {
    void to(BackupWriter writer) throws IOException;
  }

  private Path file(Frames frames) throws IOException {
    Path file = Files.createTempDirectory(folder, "x").resolve("backup");
    try (BackupWriter writer = BackupWriter.of(file)) {
      writer.begin(HEADER);
      frames.to(writer);
      writer.end(HEADER);
    }
    return file;
  }

  private List<String> problems(Frames frames) throws IOException {
    return Backups.verify(file(frames)).problems();
  }

  private static SessionRow head() {
    return Heads.fresh(7, "s", NOON, Ttl.sliding(Duration.ofDays(1)));
  }

  @Test
  void rowsComeBackAsTheyWere() {
    EntryRow entry = RowBytes.entry(7, RowBytes.of(ENTRY));
    assertThat(entry).usingRecursiveComparison().isEqualTo(ENTRY);
    PastRow past = new PastRow(ENTRY, 12, NOON);
    assertThat(RowBytes.past(7, RowBytes.of(past))).usingRecursiveComparison().isEqualTo(past);
    SessionRow head =
        Heads.locked(head(), new SessionRow.Lock(3, "me", Optional.of(NOON.plusSeconds(9))));
    assertThat(RowBytes.head(RowBytes.of(head, Extent.CHANGED))).isEqualTo(head);
    assertThat(RowBytes.extent(RowBytes.of(head, Extent.CHANGED))).isEqualTo(Extent.CHANGED);
    assertThat(Heads.isIntact(RowBytes.head(RowBytes.of(head, Extent.WHOLE)))).isTrue();
    assertThat(BackupHeader.of(HEADER.toByteArray())).isEqualTo(HEADER);
  }

  @Test
  void theSmallestBackupIsWhole() throws IOException {
    assertThat(problems(writer -> {})).isEmpty();
  }

  @Test
  void findsFramesThatMakeNoSense() throws IOException {
    assertThat(problems(writer -> writer.frame(FrameKind.ENTRY, RowBytes.of(ENTRY))))
        .anyMatch(problem -> problem.contains("makes no sense"));
    assertThat(problems(writer -> writer.frame(FrameKind.BLOCKS, new Blocks().toByteArray())))
        .anyMatch(problem -> problem.contains("makes no sense"));
    for (String session : List.of("", "x", "w", "w1234567")) {
      assertThat(
              problems(
                  writer ->
                      writer.frame(FrameKind.SESSION, session.getBytes(StandardCharsets.US_ASCII))))
          .anyMatch(problem -> problem.contains("makes no sense"));
    }
    assertThat(
            problems(
                writer -> {
                  writer.frame(FrameKind.SESSION, RowBytes.of(head(), Extent.WHOLE));
                  writer.frame(FrameKind.ENTRY, new byte[] {0, 0, 0, 9});
                }))
        .anyMatch(problem -> problem.contains("makes no sense"));
  }

  @Test
  void findsASecondHeader() throws IOException {
    for (String json :
        List.of(
            "{}",
            "no json",
            "{\"id\":\"x\",\"taken_at\":\"noon\",\"place\":\"p\"}",
            new String(HEADER.toByteArray(), StandardCharsets.UTF_8))) {
      assertThat(
              problems(
                  writer -> writer.frame(FrameKind.HEADER, json.getBytes(StandardCharsets.UTF_8))))
          .anyMatch(problem -> problem.contains("its header is not where it belongs"));
    }
  }

  @Test
  void findsAnEndThatDoesNotFit() throws IOException {
    assertThat(
            problems(
                writer ->
                    writer.frame(
                        FrameKind.END, new BackupCounts(1, 0, 0).toByteArray(new byte[32]))))
        .anyMatch(problem -> problem.contains("does not hold as much as was written"))
        .anyMatch(problem -> problem.contains("its digest does not fit"))
        .anyMatch(problem -> problem.contains("it goes on behind its end"));
    assertThat(problems(writer -> writer.frame(FrameKind.END, new byte[3])))
        .anyMatch(problem -> problem.contains("its end makes no sense"));
    assertThat(
            problems(
                writer -> {
                  for (int i = 0; i < 2; i++) {
                    writer.frame(FrameKind.SESSION, RowBytes.of(head(), Extent.WHOLE));
                    writer.frame(FrameKind.BLOCKS, new Blocks().toByteArray());
                  }
                }))
        .anyMatch(problem -> problem.contains("does not hold as much as was written"));
  }

  @Test
  void findsASessionThatCanNotBePutTogether() throws IOException {
    Blocks blocks = new Blocks();
    blocks.put(Blocks.Key.of(false, "log", 300), new Blocks.Block(1, 5, true));
    for (Extent extent : Extent.values()) {
      assertThat(
              problems(
                  writer -> {
                    writer.frame(FrameKind.SESSION, RowBytes.of(head(), extent));
                    writer.frame(FrameKind.ENTRY, RowBytes.of(ENTRY));
                    writer.frame(FrameKind.BLOCKS, blocks.toByteArray());
                  }))
          .hasSize(1)
          .anyMatch(problem -> problem.contains("session 7 can't be put together"));
    }
    Path broken =
        file(
            writer -> {
              writer.frame(FrameKind.SESSION, RowBytes.of(head(), Extent.WHOLE));
              writer.frame(
                  FrameKind.SHARED, new BytesOut().text("a").bytes(new byte[1]).toByteArray());
            });
    assertThatThrownBy(() -> BackupFile.intact(broken).part(7))
        .isInstanceOf(SessionException.class);
    assertThat(BackupFile.intact(broken).sharedItems()).containsOnlyKeys("a");
  }

  @Test
  void stopsWhereNothingIsRight() throws IOException {
    assertThat(
            problems(
                writer -> {
                  for (int i = 0; i < 100; i++) {
                    writer.frame(FrameKind.PAST, new byte[1]);
                  }
                }))
        .hasSizeLessThan(30);
  }

  @Test
  void twoThatComeAtOnceDoNotReplaceEachOther() throws IOException {
    Path file = folder.resolve("both");
    try (BackupWriter one = BackupWriter.of(file);
        BackupWriter two = BackupWriter.of(file)) {
      one.begin(HEADER);
      two.begin(HEADER);
      two.begin(HEADER); // a transaction that runs again begins anew
      one.end(HEADER);
      assertThatThrownBy(() -> two.end(HEADER)).isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(Backups.verify(file).problems()).isEmpty();
    assertThat(folder.toFile().list()).containsExactly("both");
  }
}
