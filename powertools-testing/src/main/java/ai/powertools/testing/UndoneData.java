package ai.powertools.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes back changes of one file's data and size. A sector has, in the end, what the last kept
 * change made of it; without one, what was forced.
 */
final class UndoneData {
  private final Path file;
  private final List<UndoRecord> records;
  private final RandomInput random;
  private final Loss loss;
  private final int sector;
  private final double keeping;
  private final Set<Long> settled = new HashSet<>();
  private boolean sizeSettled;
  private long size;
  private long lost;
  private long torn;

  UndoneData(Path file, List<UndoRecord> records, RandomInput random, Loss loss) {
    this.file = file;
    this.records = records;
    this.random = random;
    this.loss = loss;
    this.sector = random.oneOf(512, 4096);
    this.keeping = random.oneOf(0.1, 0.5, 0.9);
  }

  PowerCut undo() throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      size = channel.size();
      for (int i = records.size() - 1; i >= 0; i--) {
        undo(channel, records.get(i));
      }
      resize(channel);
    }
    return new PowerCut(records.size(), lost, torn);
  }

  private void undo(FileChannel channel, UndoRecord record) throws IOException {
    double share = shareToKeep(record);
    if (share == 0) {
      lost++;
    } else if (share < 1) {
      torn++;
    }
    boolean keepsSize = sizeSettled || random.chance(share);
    long end = Math.addExact(record.offset(), record.changed());
    for (long at = record.offset(); at < end; ) {
      long number = at / sector;
      long next = Math.min(end, (number + 1) * sector);
      if (!settled.contains(number)) {
        if (random.chance(share)) {
          settled.add(number);
        } else {
          restore(channel, record, at, next);
        }
      }
      at = next;
    }
    if (keepsSize && changesSize(record, end)) {
      sizeSettled = true;
    } else if (!sizeSettled && changesSize(record, end)) {
      size = record.size();
    }
  }

  private double shareToKeep(UndoRecord record) {
    if (loss == Loss.ALL_UNFORCED) {
      return 0;
    }
    if (random.chance(keeping)) {
      return 1;
    }
    boolean canTear = record.kind() == UndoRecord.Kind.WRITE && record.changed() > sector;
    return canTear && random.chance(0.5) ? 0.5 : 0;
  }

  /** Of these the last one that is kept decides, and those before it count as kept. */
  private static boolean changesSize(UndoRecord record, long end) {
    return record.kind() == UndoRecord.Kind.RESIZE || end > record.size();
  }

  /** What was there, and zeros where there was nothing yet. */
  private static void restore(FileChannel channel, UndoRecord record, long from, long to)
      throws IOException {
    ByteBuffer old = ByteBuffer.allocate((int) (to - from));
    int skip = (int) (from - record.offset());
    int there = Math.min(old.capacity(), record.data().limit() - skip);
    if (there > 0) {
      old.put(record.data().slice(skip, there));
    }
    old.rewind();
    while (old.hasRemaining()) {
      channel.write(old, from + old.position());
    }
  }

  private void resize(FileChannel channel) throws IOException {
    if (channel.size() > size) {
      channel.truncate(size);
    } else if (channel.size() < size) {
      channel.write(ByteBuffer.allocate(1), size - 1);
    }
  }
}
