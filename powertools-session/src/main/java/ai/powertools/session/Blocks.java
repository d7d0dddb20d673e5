package ai.powertools.session;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a session consists of, in short: its rows in blocks of 256 numbers, each with a count and
 * the sum of the hashes of its rows. So a backup knows without the ones before it what changed,
 * what was removed, and whether all of it is there again after a restore.
 */
final class Blocks {
  private static final int NUMBER_BITS = 8;

  private final Map<Key, Block> blocks = new TreeMap<>();

  /**
   * Which block.
   *
   * @param past whether it is one of the past
   * @param name of the value or the log
   * @param number the first numbers of its rows, without the last 8 bits
   */
  record Key(boolean past, String name, long number) implements Comparable<Key> {
    static Key of(boolean past, String name, long seq) {
      return new Key(past, name, seq >> NUMBER_BITS);
    }

    @Override
    public int compareTo(Key other) {
      int result = Boolean.compare(past, other.past);
      result = result != 0 ? result : name.compareTo(other.name);
      return result != 0 ? result : Long.compare(number, other.number);
    }
  }

  /**
   * What is in a block.
   *
   * @param count how many rows
   * @param sum of their hashes, modulo 2^64
   * @param replaced whether all of its rows are in this file, in the place of those before
   */
  record Block(long count, long sum, boolean replaced) {
    static final Block EMPTY = new Block(0, 0, false);

    Block plus(long hash) {
      return new Block(count + 1, sum + hash, replaced);
    }

    boolean hasTheRowsOf(Block other) {
      return count == other.count && sum == other.sum;
    }
  }

  /** The first 64 bits of the SHA-256 of a row. */
  static long hash(byte[] row) {
    MessageDigest digest = Digests.sha256();
    return ByteBuffer.wrap(digest.digest(row)).getLong();
  }

  Block get(Key key) {
    return blocks.getOrDefault(key, Block.EMPTY);
  }

  void put(Key key, Block block) {
    blocks.put(key, block);
  }

  Map<Key, Block> all() {
    return blocks;
  }

  /** Whether each has as many rows with the same hashes. */
  boolean haveTheRowsOf(Blocks other) {
    return blocks.keySet().equals(other.blocks.keySet())
        && blocks.entrySet().stream()
            .allMatch(one -> one.getValue().hasTheRowsOf(other.get(one.getKey())));
  }

  /** The same, none of them in the file. */
  Blocks unchanged() {
    Blocks same = new Blocks();
    blocks.forEach((key, block) -> same.put(key, new Block(block.count(), block.sum(), false)));
    return same;
  }

  byte[] toByteArray() {
    BytesOut out = new BytesOut().number(blocks.size());
    blocks.forEach(
        (key, block) ->
            out.flag(key.past())
                .text(key.name())
                .number(key.number())
                .number(block.count())
                .number(block.sum())
                .flag(block.replaced()));
    return out.toByteArray();
  }

  static Blocks of(byte[] bytes) {
    BytesIn in = new BytesIn(bytes);
    Blocks read = new Blocks();
    for (long left = in.number(); left > 0; left--) {
      Key key = new Key(in.flag(), in.text(), in.number());
      read.put(key, new Block(in.number(), in.number(), in.flag()));
    }
    return read;
  }
}
