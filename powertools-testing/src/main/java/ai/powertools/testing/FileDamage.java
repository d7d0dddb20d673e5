package ai.powertools.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Damages a small file in every place, one at a time, and asks each time what becomes of it: what a
 * program says to a file with a bad byte, or without its end.
 *
 * <pre>{@code
 * DamageReport report =
 *     FileDamage.of(file).flipEveryByte(0xFF).cutEveryLength()
 *         .check(folder, (damaged, damage) -> open(damaged));
 * }</pre>
 *
 * <p>The file itself is only read. Immutable.
 */
public final class FileDamage {
  private final Path file;
  private final byte[] pristine;
  private final List<Damage> damages;

  private FileDamage(Path file, byte[] pristine, List<Damage> damages) {
    this.file = file;
    this.pristine = pristine;
    this.damages = List.copyOf(damages);
  }

  /** What happened to the copy. */
  public sealed interface Damage {
    /**
     * Bits of one byte are the other way round.
     *
     * @param offset of the byte
     * @param mask the bits, from 1 to 255
     */
    record Flip(long offset, int mask) implements Damage {}

    /**
     * The file ends too soon.
     *
     * @param length what is left of it, in bytes
     */
    record Cut(long length) implements Damage {}
  }

  /** What became of it. */
  public enum Outcome {
    /** The program said that something is wrong. */
    DETECTED,
    /** The program gave what had been there before. */
    RIGHT,
    /** The program gave something else and said nothing. */
    SILENTLY_WRONG
  }

  /** Looks at one damaged copy. */
  @FunctionalInterface
  public interface Check {
    /**
     * Opens the copy and says what became of it. It may change the copy and put files beside it;
     * all of it is taken away afterwards.
     */
    Outcome check(Path damaged, Damage damage) throws Exception;
  }

  /**
   * Damages a copy of this file, which must not change meanwhile.
   *
   * @throws UncheckedIOException if it can't be read
   */
  public static FileDamage of(Path file) {
    try {
      return new FileDamage(file, Files.readAllBytes(file), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file, e);
    }
  }

  /**
   * Also this at every offset.
   *
   * @throws IllegalArgumentException if the mask is not from 1 to 255
   */
  public FileDamage flipEveryByte(int mask) {
    if (mask < 1 || mask > 255) {
      throw new IllegalArgumentException("A mask is from 1 to 255, not " + mask);
    }
    List<Damage> more = new ArrayList<>(damages);
    for (int offset = 0; offset < pristine.length; offset++) {
      more.add(new Damage.Flip(offset, mask));
    }
    return new FileDamage(file, pristine, more);
  }

  /** Also one bit, chosen at random, at every offset. */
  public FileDamage flipABitOfEveryByte(RandomInput random) {
    List<Damage> more = new ArrayList<>(damages);
    for (int offset = 0; offset < pristine.length; offset++) {
      more.add(new Damage.Flip(offset, 1 << random.ints(0, 8)));
    }
    return new FileDamage(file, pristine, more);
  }

  /** Also every length from nothing to one byte less than all. */
  public FileDamage cutEveryLength() {
    List<Damage> more = new ArrayList<>(damages);
    for (int length = 0; length < pristine.length; length++) {
      more.add(new Damage.Cut(length));
    }
    return new FileDamage(file, pristine, more);
  }

  /**
   * Only one in so many of these, chosen at random, for a test that has to end soon.
   *
   * @throws IllegalArgumentException if {@code share} is not positive
   */
  public FileDamage oneIn(int share, RandomInput random) {
    if (share < 1) {
      throw new IllegalArgumentException("One in " + share + " is none. Give 1 or more.");
    }
    return new FileDamage(
        file, pristine, damages.stream().filter(any -> random.ints(0, share) == 0).toList());
  }

  /**
   * Shows the damaged copies, one after the other, under the file's own name in a new folder.
   *
   * @param within an existing folder, for the copies
   * @throws AssertionError if the check throws, with the damage
   * @throws UncheckedIOException if a copy can't be made
   */
  public DamageReport check(Path within, Check check) {
    try {
      Path folder = Files.createTempDirectory(within, "damaged");
      Path copy = folder.resolve(file.getFileName().toString());
      Map<Outcome, List<Damage>> outcomes = new EnumMap<>(Outcome.class);
      for (Damage damage : damages) {
        clear(folder, copy);
        inflict(copy, damage);
        Outcome outcome = ask(check, copy, damage);
        outcomes.computeIfAbsent(outcome, any -> new ArrayList<>()).add(damage);
      }
      Files.deleteIfExists(copy);
      clear(folder, copy);
      Files.delete(folder);
      return new DamageReport(outcomes);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not make a damaged copy of " + file, e);
    }
  }

  private static Outcome ask(Check check, Path copy, Damage damage) {
    try {
      return check.check(copy, damage);
    } catch (Exception | AssertionError e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new AssertionError("The check failed after " + damage + ": " + e, e);
    }
  }

  private static void clear(Path folder, Path copy) throws IOException {
    List<Path> others = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(one -> !one.equals(copy)).forEach(others::add);
    }
    for (Path other : others) {
      Files.delete(other);
    }
  }

  /** Writes what differs from the pristine file, which mostly is a byte or two. */
  private void inflict(Path copy, Damage damage) throws IOException {
    byte[] wanted = damaged(damage);
    try (FileChannel channel =
        FileChannel.open(
            copy, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer there = ByteBuffer.allocate((int) Math.min(channel.size(), wanted.length));
      int read;
      do {
        read = channel.read(there);
      } while (read > 0);
      int from = Arrays.mismatch(there.array(), wanted);
      if (from >= 0) {
        int to = lastMismatch(there.array(), wanted);
        channel.write(ByteBuffer.wrap(wanted, from, to - from), from);
      }
      channel.truncate(wanted.length);
    }
  }

  private byte[] damaged(Damage damage) {
    if (damage instanceof Damage.Cut cut) {
      return Arrays.copyOf(pristine, (int) cut.length());
    }
    Damage.Flip flip = (Damage.Flip) damage;
    byte[] bytes = pristine.clone();
    bytes[(int) flip.offset()] ^= (byte) flip.mask();
    return bytes;
  }

  private static int lastMismatch(byte[] there, byte[] wanted) {
    if (there.length != wanted.length) {
      return wanted.length;
    }
    int last = wanted.length;
    while (there[last - 1] == wanted[last - 1]) {
      last--;
    }
    return last;
  }
}
