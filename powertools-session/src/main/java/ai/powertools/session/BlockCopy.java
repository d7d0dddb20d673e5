package ai.powertools.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of one session into a backup, block by block. Of a block that is as it was, but for
 * what was added, only that is written; of any other all.
 */
final class BlockCopy {
  private final BackupWriter writer;
  private final Blocks before;
  private final long base;
  private final Blocks after = new Blocks();
  private final List<Row> rows = new ArrayList<>();
  private Blocks.@Nullable Key key;

  /**
   * @param before what the backup before says there was
   * @param base the version of the session then
   */
  BlockCopy(BackupWriter writer, Blocks before, long base) {
    this.writer = writer;
    this.before = before;
    this.base = base;
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Row(FrameKind kind, long version, byte[] bytes) {}

  /**
   * Adds a row. Rows of one block come one after the other.
   *
   * @param version the one that put it where it is
   */
  void add(FrameKind kind, String name, long seq, long version, byte[] bytes) throws IOException {
    Blocks.Key next = Blocks.Key.of(kind == FrameKind.PAST, name, seq);
    if (!next.equals(key)) {
      flush();
      key = next;
    }
    rows.add(new Row(kind, version, bytes));
  }

  /** Ends it. */
  Blocks end() throws IOException {
    flush();
    return after;
  }

  private void flush() throws IOException {
    if (key == null) {
      return;
    }
    Blocks.Block old = Blocks.Block.EMPTY;
    Blocks.Block all = Blocks.Block.EMPTY;
    for (Row row : rows) {
      long hash = Blocks.hash(row.bytes());
      all = all.plus(hash);
      old = row.version() <= base ? old.plus(hash) : old;
    }
    boolean replaced = !old.hasTheRowsOf(before.get(key));
    for (Row row : rows) {
      if (replaced || row.version() > base) {
        writer.frame(row.kind(), row.bytes());
      }
    }
    after.put(key, new Blocks.Block(all.count(), all.sum(), replaced));
    rows.clear();
  }
}
