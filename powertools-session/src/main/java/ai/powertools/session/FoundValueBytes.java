package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionStore.FoundValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A value and its head as bytes, for a cache that is not trusted: a mark of the format, the parts
 * in their order, and a checksum of them all.
 */
final class FoundValueBytes {
  private static final int FORMAT = 0x50535631; // "PSV1"
  private static final int CHECKSUM = Integer.BYTES;
  private static final long NEVER = Long.MAX_VALUE;

  private FoundValueBytes() {}

  static byte[] encode(FoundValue found) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeInt(FORMAT);
      write(out, found.session());
      out.writeBoolean(found.entry().isPresent());
      if (found.entry().isPresent()) {
        write(out, found.entry().get());
      }
      out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * What was encoded.
   *
   * @return empty if it is anything else, or of another session or value
   */
  static Optional<FoundValue> decode(byte[] bytes, String session, String name) {
    int end = bytes.length - CHECKSUM;
    if (end < Integer.BYTES || ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end))) {
      if (in.readInt() != FORMAT) {
        return Optional.empty();
      }
      SessionRow head = head(in);
      Optional<EntryRow> entry = in.readBoolean() ? Optional.of(entry(in)) : Optional.empty();
      boolean asked =
          in.available() == 0
              && head.name().equals(session)
              && entry.filter(row -> !isThat(row, head, name)).isEmpty();
      return asked ? Optional.of(new FoundValue(head, entry)) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // written by nobody of ours
    }
  }

  private static boolean isThat(EntryRow row, SessionRow head, String name) {
    return row.session() == head.id() && row.seq() == Seq.VALUE && row.name().equals(name);
  }

  private static void write(DataOutputStream out, SessionRow row) throws IOException {
    out.writeLong(row.id());
    write(out, row.name().getBytes(StandardCharsets.UTF_8));
    out.writeLong(Moments.number(row.createdAt()));
    out.writeLong(Moments.number(row.touchedAt()));
    out.writeLong(row.version());
    out.writeLong(row.lock().fence());
    write(out, row.lock().holder().getBytes(StandardCharsets.UTF_8));
    out.writeLong(Moments.number(row.lock().until()));
    out.writeLong(Moments.number(row.expiresAt()));
    writeSlide(out, row.slide());
    out.writeLong(row.history().from());
    out.writeLong(Moments.number(row.history().fromAt()));
    out.writeLong(row.history().snapshot());
    out.writeLong(row.contents().entries());
    out.writeLong(row.contents().sum());
    out.writeLong(row.seal());
  }

  private static SessionRow head(DataInputStream in) throws IOException {
    return new SessionRow(
        in.readLong(),
        text(in),
        moment(in.readLong()),
        moment(in.readLong()),
        in.readLong(),
        new SessionRow.Lock(in.readLong(), text(in), perhaps(in)),
        perhaps(in),
        slide(in),
        new SessionRow.History(in.readLong(), moment(in.readLong()), in.readLong()),
        new SessionRow.Contents(in.readLong(), in.readLong()),
        in.readLong());
  }

  private static void write(DataOutputStream out, EntryRow row) throws IOException {
    out.writeLong(row.session());
    write(out, row.name().getBytes(StandardCharsets.UTF_8));
    out.writeLong(row.seq());
    out.writeLong(row.version());
    out.writeLong(Moments.number(row.at()));
    out.writeLong(Moments.number(row.expiresAt()));
    writeSlide(out, row.slide());
    write(out, row.record());
  }

  private static EntryRow entry(DataInputStream in) throws IOException {
    return new EntryRow(
        in.readLong(),
        text(in),
        in.readLong(),
        in.readLong(),
        moment(in.readLong()),
        perhaps(in),
        slide(in),
        bytes(in));
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("cut off");
    }
    return in.readNBytes(length);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static Instant moment(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }

  private static Optional<Instant> perhaps(DataInputStream in) throws IOException {
    long micros = in.readLong();
    return micros == NEVER ? Optional.empty() : Optional.of(moment(micros));
  }

  private static void writeSlide(DataOutputStream out, Optional<Duration> slide)
      throws IOException {
    out.writeLong(slide.map(Moments::number).orElse(NEVER));
  }

  private static Optional<Duration> slide(DataInputStream in) throws IOException {
    long micros = in.readLong();
    return micros == NEVER ? Optional.empty() : Optional.of(Moments.duration(micros));
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
