package ai.powertools.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One record of the journal that {@code forgetful.c} writes.
 *
 * @param position where it begins in the journal
 * @param offset where the file is changed, its new size, or up to where the journal is void
 * @param changed how many bytes are changed
 * @param size of the file before the change
 * @param data the bytes that were there before, or paths
 */
record UndoRecord(
    long position, Kind kind, FileId file, long offset, long changed, long size, ByteBuffer data) {

  /** By their numbers in {@code forgetful.c}. */
  enum Kind {
    WRITE,
    RESIZE,
    SYNC,
    CREATE,
    UNLINK,
    RENAME,
    SYNC_FOLDER;

    static Kind of(int number) {
      return switch (number) {
        case 1 -> WRITE;
        case 2 -> RESIZE;
        case 3 -> SYNC;
        case 4 -> CREATE;
        case 5 -> UNLINK;
        case 6 -> RENAME;
        default -> SYNC_FOLDER;
      };
    }
  }

  /** What a file is called while its names change. */
  record FileId(long device, long inode) {}

  boolean isOfData() {
    return kind == Kind.WRITE || kind == Kind.RESIZE;
  }

  boolean isOfNames() {
    return kind == Kind.CREATE || kind == Kind.UNLINK || kind == Kind.RENAME;
  }

  List<String> paths() {
    String all = StandardCharsets.UTF_8.decode(data.duplicate()).toString();
    return List.of(all.split("\0", -1));
  }
}
