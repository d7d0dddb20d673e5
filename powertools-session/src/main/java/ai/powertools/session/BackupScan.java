package ai.powertools.session;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at every byte of a file of a backup. */
final class BackupScan {
  /** So many problems say enough of a file. */
  private static final int MOST = 20;

  private final Path path;
  private final List<String> problems = new ArrayList<>();
  private final Map<Long, Long> sessions = new HashMap<>();
  private final Map<Long, Long> blocks = new HashMap<>();
  private final List<Long> shared = new ArrayList<>();
  private BackupCounts counts = BackupCounts.NONE;
  private @Nullable BackupHeader header;
  private @Nullable BackupFile file;
  private boolean inSession;
  private long session;

  private BackupScan(Path path) {
    this.path = path;
  }

  static BackupScan of(Path path) {
    BackupScan scan = new BackupScan(path);
    try (BackupReader reader = new BackupReader(path)) {
      scan.look(reader);
    } catch (NoSuchFileException e) {
      scan.problems.add("there is no such file");
    } catch (IOException e) {
      BackupReader.refuseInterrupt(e, path);
      scan.problems.add("it can't be read (" + e.getClass().getSimpleName() + ")");
    }
    return scan;
  }

  /** What is wrong with it; empty when nothing is. */
  List<String> problems() {
    return problems;
  }

  /** What it says of itself, if that can be read. */
  Optional<BackupHeader> header() {
    return Optional.ofNullable(header);
  }

  /** The file, if nothing is wrong with it. */
  Optional<BackupFile> file() {
    return Optional.ofNullable(file).filter(found -> problems.isEmpty());
  }

  private void look(BackupReader reader) throws IOException {
    if (!reader.begins()) {
      problems.add("it does not begin as a backup does, or is of a version that is not known");
      return;
    }
    while (problems.size() < MOST) {
      Optional<BackupReader.Frame> frame = reader.next();
      if (frame.isEmpty()) {
        problems.add(
            "what begins at byte %d is no frame, or is cut off".formatted(reader.position()));
        return;
      }
      if (!frame.get().intact()) {
        problems.add(
            "the frame at byte %d does not fit its checksum".formatted(frame.get().position()));
        inSession = true; // it may have been the head of one
      } else if (frame.get().kind() == FrameKind.END) {
        end(reader, frame.get());
        return;
      } else {
        take(frame.get());
      }
    }
  }

  private void take(BackupReader.Frame frame) {
    try {
      counts = counts.and(frame.kind());
      if ((frame.kind() == FrameKind.HEADER) == (header != null) && problems.isEmpty()) {
        problems.add("its header is not where it belongs");
      }
      switch (frame.kind()) {
        case HEADER -> header = BackupHeader.of(frame.payload());
        case SHARED -> shared.add(frame.position());
        case SESSION -> {
          session = RowBytes.head(frame.payload()).id();
          sessions.put(session, frame.position());
          inSession = true;
        }
        case ENTRY -> RowBytes.entry(0, inSession(frame));
        case PAST -> RowBytes.past(0, inSession(frame));
        case BLOCKS -> {
          Blocks.of(inSession(frame));
          blocks.put(session, frame.position());
          inSession = false;
        }
        case END -> throw new IllegalArgumentException("the end is looked at by itself");
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      problems.add("the frame at byte %d makes no sense".formatted(frame.position()));
    }
  }

  private byte[] inSession(BackupReader.Frame frame) {
    if (!inSession) {
      throw new IllegalArgumentException("it belongs to no session");
    }
    return frame.payload();
  }

  private void end(BackupReader reader, BackupReader.Frame frame) {
    String digest = reader.digest();
    try {
      boolean whole =
          BackupCounts.of(frame.payload()).equals(counts) && counts.sessions() == sessions.size();
      if (!whole && problems.isEmpty()) {
        problems.add("it does not hold as much as was written");
      }
      if (!BackupCounts.digest(frame.payload()).equals(digest)) {
        problems.add("its digest does not fit");
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      problems.add("its end makes no sense");
    }
    if (!reader.isAtEnd()) {
      problems.add("it goes on behind its end, at byte %d".formatted(reader.position()));
    }
    if (header != null) {
      file =
          new BackupFile(path, header, counts, digest, reader.position(), sessions, blocks, shared);
    } else if (problems.isEmpty()) {
      problems.add("it has no header");
    }
  }
}
