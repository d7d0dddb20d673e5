package ai.powertools.session;

import ai.powertools.session.spi.SessionRow;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file of a backup that was looked at from its beginning to its end.
 *
 * @param path where it lies
 * @param header what it says of itself
 * @param counts what is in it
 * @param digest the SHA-256 of it, in hexadecimal digits
 * @param bytes how long it is
 * @param sessions where in it each session begins, by id
 * @param blocks where in it the blocks of each session are listed
 * @param shared where in it what belongs to all sessions begins
 */
record BackupFile(
    Path path,
    BackupHeader header,
    BackupCounts counts,
    String digest,
    long bytes,
    Map<Long, Long> sessions,
    Map<Long, Long> blocks,
    List<Long> shared) {

  /**
   * Looks at all of a file.
   *
   * @throws SessionException if it is damaged or no backup
   */
  static BackupFile intact(Path path) {
    BackupScan scan = BackupScan.of(path);
    return scan.file()
        .orElseThrow(
            () ->
                new SessionException(
                    "The backup %s can't be used: %s. Nothing was done. Take another copy of it, or another backup."
                        .formatted(path, String.join("; ", scan.problems())),
                    null));
  }

  Backup backup() {
    return Backup.of(header, counts, bytes);
  }

  /** What goes before what is read of one session. */
  record Part(
      Extent extent, SessionRow head, List<byte[]> entries, List<byte[]> past, Blocks blocks) {}

  /** What there is of a session; empty when it was not there. */
  Optional<Part> part(long session) {
    Long position = sessions.get(session);
    return position == null ? Optional.empty() : Optional.of(read(position));
  }

  /** The head of a session alone; empty when it was not there. */
  Optional<SessionRow> head(long session) {
    return at(sessions, session).map(RowBytes::head);
  }

  /** Its blocks alone; empty when it was not there. */
  Optional<Blocks> blocksOf(long session) {
    return at(blocks, session).map(Blocks::of);
  }

  private Optional<byte[]> at(Map<Long, Long> positions, long session) {
    Long position = positions.get(session);
    if (position == null) {
      return Optional.empty();
    }
    try (BackupReader reader = new BackupReader(path)) {
      reader.seek(position);
      return Optional.of(frame(reader));
    } catch (IOException e) {
      throw changed(e);
    }
  }

  private Part read(long position) {
    try (BackupReader reader = new BackupReader(path)) {
      reader.seek(position);
      byte[] head = frame(reader);
      List<byte[]> entries = new ArrayList<>();
      List<byte[]> past = new ArrayList<>();
      while (true) {
        BackupReader.Frame frame = intact(reader.next());
        switch (frame.kind()) {
          case ENTRY -> entries.add(frame.payload());
          case PAST -> past.add(frame.payload());
          case BLOCKS -> {
            return new Part(
                RowBytes.extent(head),
                RowBytes.head(head),
                entries,
                past,
                Blocks.of(frame.payload()));
          }
          case HEADER, SHARED, SESSION, END -> throw changed(null);
        }
      }
    } catch (IOException | BufferUnderflowException | IllegalArgumentException e) {
      throw changed(e);
    }
  }

  /** What belongs to all sessions, one after the other: its name, and it. */
  Map<String, byte[]> sharedItems() {
    Map<String, byte[]> items = new TreeMap<>();
    try (BackupReader reader = new BackupReader(path)) {
      for (long position : shared) {
        reader.seek(position);
        BytesIn in = new BytesIn(frame(reader));
        items.put(in.text(), in.bytes());
      }
    } catch (IOException | BufferUnderflowException e) {
      throw changed(e);
    }
    return items;
  }

  private byte[] frame(BackupReader reader) throws IOException {
    return intact(reader.next()).payload();
  }

  private BackupReader.Frame intact(Optional<BackupReader.Frame> frame) {
    return frame.filter(BackupReader.Frame::intact).orElseThrow(() -> changed(null));
  }

  private SessionException changed(@Nullable Exception cause) {
    if (cause != null) {
      BackupReader.refuseInterrupt(cause, path);
    }
    return new SessionException(
        "The backup %s is not what it was a moment ago. Leave it alone while it is read, and try again."
            .formatted(path),
        cause);
  }
}
