package ai.powertools.testing;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What of a journal is not void: the changes that a power cut may undo, in their order. */
final class UndoJournal {
  private static final int MAGIC = 0x46524754;
  private static final int HEADER = 56;

  private final List<UndoRecord> pending;

  private UndoJournal(List<UndoRecord> pending) {
    this.pending = pending;
  }

  /** Reads it; a file that is not there is an empty one. */
  static UndoJournal read(Path file) throws IOException {
    List<UndoRecord> records = new ArrayList<>();
    if (Files.exists(file)) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
      while (bytes.remaining() >= HEADER) {
        try {
          take(records, record(bytes));
        } catch (BufferUnderflowException e) {
          break; // killed while it wrote the record, so before the change itself
        }
      }
    }
    return new UndoJournal(records);
  }

  private static UndoRecord record(ByteBuffer bytes) throws IOException {
    long position = bytes.position();
    if (bytes.getInt() != MAGIC) {
      throw new IOException("No record at " + position + " of the journal of a forgetful disk");
    }
    UndoRecord.Kind kind = UndoRecord.Kind.of(bytes.getInt());
    UndoRecord.FileId file = new UndoRecord.FileId(bytes.getLong(), bytes.getLong());
    long offset = bytes.getLong();
    long changed = bytes.getLong();
    long size = bytes.getLong();
    long length = bytes.getLong();
    if (length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer data = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return new UndoRecord(position, kind, file, offset, changed, size, data);
  }

  private static void take(List<UndoRecord> pending, UndoRecord next) {
    switch (next.kind()) {
      case SYNC ->
          pending.removeIf(
              record ->
                  record.isOfData()
                      && record.file().equals(next.file())
                      && record.position() < next.offset());
      case SYNC_FOLDER ->
          pending.removeIf(
              record ->
                  record.isOfNames()
                      && isIn(record, next.paths().get(0))
                      && record.position() < next.offset());
      default -> pending.add(next);
    }
  }

  /** The folder that counts is that of the last name. */
  private static boolean isIn(UndoRecord record, String folder) {
    List<String> paths = record.paths();
    String name = record.kind() == UndoRecord.Kind.RENAME ? paths.get(1) : paths.get(0);
    return name.substring(0, name.lastIndexOf('/')).equals(folder);
  }

  List<UndoRecord> names() {
    return pending.stream().filter(UndoRecord::isOfNames).toList();
  }

  List<UndoRecord> data(UndoRecord.FileId file) {
    return pending.stream()
        .filter(record -> record.isOfData() && record.file().equals(file))
        .toList();
  }
}
