package ai.powertools.session;

import ai.powertools.core.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Writes a file of a backup: beside its place first, readable by its owner alone, and in its place
 * only when all of it is on the disk.
 */
final class BackupWriter implements AutoCloseable {
  /** A byte that no text begins with, the name, the version of the format, and a line's end. */
  static final byte[] MAGIC = {(byte) 0x89, 'P', 'T', 'S', 'B', 1, '\r', '\n'};

  private final Path file;
  private final Path part;
  private final FileChannel channel;
  private final MessageDigest digest = Digests.sha256();
  private OutputStream out;
  private BackupCounts counts = BackupCounts.NONE;

  private BackupWriter(Path file, Path part, FileChannel channel) {
    this.file = file;
    this.part = part;
    this.channel = channel;
    this.out = buffered(channel);
  }

  /**
   * Begins a file.
   *
   * @throws FileAlreadyExistsException if it is there
   */
  static BackupWriter of(Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    if (Files.exists(whole)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path part = whole.resolveSibling("." + whole.getFileName() + "." + UUID.randomUUID() + ".part");
    return new BackupWriter(
        whole,
        part,
        FileChannel.open(
            part,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PrivateFiles.ofFile(part)));
  }

  /** Begins anew: a transaction may run more than once. */
  void begin(BackupHeader header) throws IOException {
    channel.truncate(0);
    channel.position(0);
    digest.reset();
    out = buffered(channel);
    counts = BackupCounts.NONE;
    write(MAGIC);
    frame(FrameKind.HEADER, header.toByteArray());
  }

  void frame(FrameKind kind, byte[] payload) throws IOException {
    ByteBuffer head =
        ByteBuffer.allocate(1 + Integer.BYTES).put(kind.code()).putInt(payload.length);
    write(head.array());
    write(payload);
    write(ByteBuffer.allocate(Integer.BYTES).putInt(checksum(head.array(), payload)).array());
    counts = counts.and(kind);
  }

  static int checksum(byte[] head, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(head);
    crc.update(payload);
    return (int) crc.getValue();
  }

  /** Writes the end, and puts the file in its place. Gives what is in it. */
  Backup end(BackupHeader header) throws IOException {
    BackupCounts all = counts;
    byte[] sum = digest.digest();
    frame(FrameKind.END, all.toByteArray(sum));
    out.flush();
    channel.force(true);
    Backup backup = Backup.of(header, all, channel.size());
    channel.close();
    publish();
    return backup;
  }

  /** A link is made only where nothing is, also if two come at once; not every disk has them. */
  private void publish() throws IOException {
    try {
      Files.createLink(file, part);
      Files.delete(part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.move(part, file);
    }
    Path folder = file.getParent();
    if (folder != null && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
        entry.force(true);
      }
    }
  }

  private void write(byte[] bytes) throws IOException {
    digest.update(bytes);
    out.write(bytes);
  }

  private static OutputStream buffered(FileChannel channel) {
    return new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
  }

  /** What was not ended leaves nothing. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }
}
