package ai.powertools.session;

import ai.powertools.core.CancelledException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Reads a file of a backup frame by frame. */
final class BackupReader implements AutoCloseable {
  private static final int HEAD = 1 + Integer.BYTES;

  private final FileChannel channel;
  private final long size;
  private final MessageDigest digest = Digests.sha256();
  private InputStream in;
  private long position;
  private String before = "";

  BackupReader(Path file) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.size = channel.size();
    this.in = stream();
  }

  /**
   * A frame.
   *
   * @param kind what it holds
   * @param payload its bytes
   * @param position where it begins
   * @param intact whether its checksum fits
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Frame(FrameKind kind, byte[] payload, long position, boolean intact) {}

  /** Whether the file begins as backups do. */
  boolean begins() throws IOException {
    byte[] magic = in.readNBytes(BackupWriter.MAGIC.length);
    position += magic.length;
    digest.update(magic);
    return Arrays.equals(magic, BackupWriter.MAGIC);
  }

  void seek(long to) throws IOException {
    channel.position(to);
    position = to;
    in = stream();
  }

  long position() {
    return position;
  }

  boolean isAtEnd() {
    return position == size;
  }

  /** The SHA-256 of all before the end, in hexadecimal digits, once the end was read. */
  String digest() {
    return before;
  }

  /** The next frame; empty where there is none that makes sense. */
  Optional<Frame> next() throws IOException {
    long begin = position;
    if (size - position < HEAD) {
      return Optional.empty();
    }
    byte[] head = in.readNBytes(HEAD);
    ByteBuffer numbers = ByteBuffer.wrap(head);
    Optional<FrameKind> kind = FrameKind.of(numbers.get());
    long length = numbers.getInt();
    if (kind.isEmpty() || length < 0 || length + Integer.BYTES > size - begin - HEAD) {
      return Optional.empty();
    }
    byte[] payload = in.readNBytes((int) length);
    byte[] sum = in.readNBytes(Integer.BYTES);
    if (kind.get() == FrameKind.END) {
      before = HexFormat.of().formatHex(digest.digest());
    }
    digest.update(head);
    digest.update(payload);
    digest.update(sum);
    position = begin + HEAD + length + Integer.BYTES;
    return Optional.of(
        new Frame(
            kind.get(),
            payload,
            begin,
            ByteBuffer.wrap(sum).getInt() == BackupWriter.checksum(head, payload)));
  }

  private InputStream stream() {
    return new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
  }

  /**
   * Says that a thread was interrupted where that is why a file was closed under its hands.
   *
   * @throws CancelledException if it is; the thread's flag is set
   */
  static void refuseInterrupt(Exception e, Path file) {
    if (e instanceof ClosedByInterruptException) {
      throw new CancelledException(
          "Interrupted while the backup %s was written or read; nothing was changed."
              .formatted(file),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
