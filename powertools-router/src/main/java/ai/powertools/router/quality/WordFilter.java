package ai.powertools.router.quality;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Set;

/**
 * The words that a training had, as a Bloom filter: a word that was there is always known, about
 * one in forty that were not is taken for known as well.
 */
final class WordFilter {
  private static final int BITS_A_WORD = 8;
  private static final int HASHES = 4;
  private static final int LEAST_BITS = 64;
  private static final int MOST_LONGS = 1 << 24;

  private final long[] bits;

  private WordFilter(long[] bits) {
    this.bits = bits;
  }

  static WordFilter of(Set<String> words) {
    long wanted = Math.max(LEAST_BITS, (long) BITS_A_WORD * words.size());
    WordFilter filter =
        new WordFilter(new long[(int) Math.min(MOST_LONGS, (wanted + 63) / Long.SIZE)]);
    for (String word : words) {
      long hash = SparseTerms.hash(word);
      for (int i = 0; i < HASHES; i++) {
        int bit = filter.bit(hash, i);
        filter.bits[bit >>> 6] |= 1L << bit;
      }
    }
    return filter;
  }

  boolean contains(String word) {
    long hash = SparseTerms.hash(word);
    for (int i = 0; i < HASHES; i++) {
      int bit = bit(hash, i);
      if ((bits[bit >>> 6] & (1L << bit)) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Two halves of a hash give as many as are wanted: Kirsch and Mitzenmacher 2006. */
  private int bit(long hash, int index) {
    long step = (hash >>> 32) | 1;
    return (int) Long.remainderUnsigned((hash & 0xFFFFFFFFL) + index * step, bits.length * 64L);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(bits.length);
    for (long word : bits) {
      out.writeLong(word);
    }
  }

  static WordFilter read(DataInputStream in) throws IOException {
    // Not more than there are bytes for: a wrong length must not take the memory.
    int length = ModelFormat.count(in, 1, Math.min(MOST_LONGS, in.available() / 8), "filter words");
    long[] bits = new long[length];
    for (int i = 0; i < length; i++) {
      bits[i] = in.readLong();
    }
    return new WordFilter(bits);
  }
}
