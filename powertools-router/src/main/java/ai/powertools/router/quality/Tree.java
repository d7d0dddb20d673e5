package ai.powertools.router.quality;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * One tree, as bytes. A question is a number's index and a bin: up to the bin, the left branch
 * follows, which comes next; the right one is where {@code rights} says. A leaf is {@link #LEAF},
 * and how often the weak and the strong model were right in 255ths.
 */
final class Tree {
  /** In place of the index of a number. */
  static final int LEAF = 255;

  private static final int MOST_NODES = 1 << 20;
  private static final double WHOLE = 255;

  private final byte[] features;
  private final byte[] bins;
  private final byte[] strong;
  private final int[] rights;

  private Tree(byte[] features, byte[] bins, byte[] strong, int[] rights) {
    this.features = features;
    this.bins = bins;
    this.strong = strong;
    this.rights = rights;
  }

  Pair predict(byte[] row) {
    int node = 0;
    while (Byte.toUnsignedInt(features[node]) != LEAF) {
      boolean left = row[Byte.toUnsignedInt(features[node])] <= bins[node];
      node = left ? node + 1 : rights[node];
    }
    return new Pair(
        Byte.toUnsignedInt(bins[node]) / WHOLE, Byte.toUnsignedInt(strong[node]) / WHOLE);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(features.length);
    for (int node = 0; node < features.length; node++) {
      out.writeByte(features[node]);
      out.writeByte(bins[node]);
      if (Byte.toUnsignedInt(features[node]) == LEAF) {
        out.writeByte(strong[node]);
      }
    }
  }

  static Tree read(DataInputStream in) throws IOException {
    int nodes = ModelFormat.count(in, 1, MOST_NODES, "nodes");
    Builder builder = new Builder();
    for (int node = 0; node < nodes; node++) {
      int feature = in.readUnsignedByte();
      int bin = in.readUnsignedByte();
      if (feature == LEAF) {
        builder.leaf(bin, in.readUnsignedByte());
      } else if (feature < Features.SIZE && bin <= Borders.MOST) {
        builder.question(feature, bin);
      } else {
        throw new IOException("a tree asks for number %d, bin %d".formatted(feature, bin));
      }
    }
    return builder.build();
  }

  /** Takes nodes in order: a question, all of its left branch, all of its right one. */
  static final class Builder {
    private byte[] features = new byte[64];
    private byte[] bins = new byte[64];
    private byte[] strong = new byte[64];
    private int size;

    void question(int feature, int bin) {
      add(feature, bin, 0);
    }

    /** How often the models were right, in 255ths. */
    void leaf(int weakRight, int strongRight) {
      add(LEAF, weakRight, strongRight);
    }

    static int rounded(double share) {
      return (int) Math.rint(share * WHOLE);
    }

    private void add(int feature, int second, int third) {
      if (size == features.length) {
        features = Arrays.copyOf(features, 2 * size);
        bins = Arrays.copyOf(bins, 2 * size);
        strong = Arrays.copyOf(strong, 2 * size);
      }
      features[size] = (byte) feature;
      bins[size] = (byte) second;
      strong[size++] = (byte) third;
    }

    /**
     * The tree.
     *
     * @throws IOException if the nodes are not those of one whole tree
     */
    Tree build() throws IOException {
      int[] rights = new int[size];
      int[] open = new int[size];
      int depth = 0;
      for (int node = 0; node < size; node++) {
        if (node > 0 && Byte.toUnsignedInt(features[node - 1]) == LEAF) {
          if (depth == 0) {
            throw new IOException("a tree has nodes after its end");
          }
          rights[open[--depth]] = node;
        }
        if (Byte.toUnsignedInt(features[node]) != LEAF) {
          open[depth++] = node;
        }
      }
      if (depth > 0 || Byte.toUnsignedInt(features[size - 1]) != LEAF) {
        throw new IOException("a tree ends before all of its leaves");
      }
      return new Tree(
          Arrays.copyOf(features, size),
          Arrays.copyOf(bins, size),
          Arrays.copyOf(strong, size),
          rights);
    }
  }
}
