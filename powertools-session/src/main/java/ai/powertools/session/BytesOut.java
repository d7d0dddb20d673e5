package ai.powertools.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Puts numbers and texts one behind the other. {@link BytesIn} takes them apart. */
final class BytesOut {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  BytesOut number(long number) {
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    return this;
  }

  BytesOut flag(boolean flag) {
    out.write(flag ? 1 : 0);
    return this;
  }

  BytesOut code(byte code) {
    out.write(code);
    return this;
  }

  BytesOut bytes(byte[] bytes) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
    return this;
  }

  BytesOut text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  BytesOut moment(Instant moment) {
    return number(Moments.number(moment));
  }

  BytesOut moment(Optional<Instant> moment) {
    return number(Moments.number(moment));
  }

  BytesOut duration(Optional<Duration> duration) {
    return number(duration.map(Moments::number).orElse(BytesIn.NONE));
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
