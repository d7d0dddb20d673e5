package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes a backup of one consistent state, while others write. */
final class BackupRun {
  private static final int PAGE = 256;

  private final Settings settings;
  private final Path file;

  BackupRun(Settings settings, Path file) {
    this.settings = settings;
    this.file = file;
  }

  Backup full() {
    return run(Optional.empty());
  }

  Backup increment(Path since) {
    return run(Optional.of(BackupFile.intact(since)));
  }

  private Backup run(Optional<BackupFile> parent) {
    Instant now = Moments.micros(settings.time().instant());
    parent.ifPresent(
        before -> {
          if (now.isBefore(before.header().takenAt())) {
            throw new SessionException(
                "Backup %s was taken at %s, after now (%s): a clock was set back. Set it right, or take a full backup."
                    .formatted(before.path(), before.header().takenAt(), now),
                null);
          }
        });
    BackupHeader header =
        new BackupHeader(
            UUID.randomUUID().toString(),
            parent.map(one -> new BackupHeader.Parent(one.header().id(), one.digest())),
            now,
            settings.store().location());
    try (BackupWriter writer = BackupWriter.of(file)) {
      settings.store().read(rows -> write(rows, writer, header, parent));
      return writer.end(header);
    } catch (FileAlreadyExistsException e) {
      throw new SessionException(
          "There is a file %s already, and a backup replaces none. Name another one."
              .formatted(file),
          e);
    } catch (IOException e) {
      throw failed(e);
    } catch (UncheckedIOException e) {
      throw failed(e.getCause() == null ? new IOException(e) : e.getCause());
    }
  }

  private SessionException failed(IOException e) {
    BackupReader.refuseInterrupt(e, file);
    return new SessionException(
        "Could not write the backup %s: %s. Check that its folder is there, may be written to and has room."
            .formatted(file, e.getClass().getSimpleName()),
        e);
  }

  /** May run more than once. */
  private boolean write(
      SessionRows rows, BackupWriter writer, BackupHeader header, Optional<BackupFile> parent) {
    try {
      writer.begin(header);
      for (String name : rows.sharedNames()) {
        byte[] value = rows.shared(name).orElse(new byte[0]);
        writer.frame(FrameKind.SHARED, new BytesOut().text(name).bytes(value).toByteArray());
      }
      String after = "";
      List<SessionRow> page;
      do {
        page = rows.sessions(after, PAGE);
        for (SessionRow head : page) {
          write(rows, writer, head, before(parent, head.id()));
          after = head.name();
        }
      } while (page.size() == PAGE);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A session as the backup before has it. */
  private record Before(SessionRow head, Blocks blocks) {}

  private static Optional<Before> before(Optional<BackupFile> parent, long session) {
    return parent.flatMap(
        file ->
            file.head(session)
                .flatMap(head -> file.blocksOf(session).map(blocks -> new Before(head, blocks))));
  }

  private static void write(
      SessionRows rows, BackupWriter writer, SessionRow head, Optional<Before> before)
      throws IOException {
    Optional<Blocks> same =
        before.filter(one -> one.head().equals(head)).map(one -> one.blocks().unchanged());
    Extent extent =
        same.isPresent() ? Extent.UNCHANGED : before.isPresent() ? Extent.CHANGED : Extent.WHOLE;
    writer.frame(FrameKind.SESSION, RowBytes.of(head, extent));
    Blocks blocks =
        same.isPresent()
            ? same.get()
            : copy(
                rows,
                head.id(),
                new BlockCopy(
                    writer,
                    before.map(Before::blocks).orElseGet(Blocks::new),
                    before.map(one -> one.head().version()).orElse(-1L)));
    writer.frame(FrameKind.BLOCKS, blocks.toByteArray());
  }

  private static Blocks copy(SessionRows rows, long session, BlockCopy copy) throws IOException {
    String name = "";
    long seq = Long.MAX_VALUE;
    List<EntryRow> page;
    do {
      page = rows.scan(session, name, seq, PAGE);
      for (EntryRow row : page) {
        name = row.name();
        seq = row.seq();
        copy.add(FrameKind.ENTRY, name, seq, row.version(), RowBytes.of(row));
      }
    } while (page.size() == PAGE);
    copyPast(rows, session, copy);
    return copy.end();
  }

  private static void copyPast(SessionRows rows, long session, BlockCopy copy) throws IOException {
    String name = "";
    long seq = Long.MAX_VALUE;
    long version = Long.MAX_VALUE;
    List<PastRow> page;
    do {
      page = rows.scanPast(session, name, seq, version, PAGE);
      for (PastRow row : page) {
        name = row.entry().name();
        seq = row.entry().seq();
        version = row.entry().version();
        copy.add(FrameKind.PAST, name, seq, row.until(), RowBytes.of(row));
      }
    } while (page.size() == PAGE);
  }
}
