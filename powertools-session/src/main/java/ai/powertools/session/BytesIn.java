package ai.powertools.session;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Takes numbers and texts apart that {@link BytesOut} put together. */
final class BytesIn {
  /** In the place of a duration that is not there. */
  static final long NONE = -1;

  private final ByteBuffer in;

  BytesIn(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  long number() {
    return in.getLong();
  }

  boolean flag() {
    return in.get() != 0;
  }

  byte code() {
    return in.get();
  }

  byte[] bytes() {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  Instant moment() {
    return moment(number());
  }

  Optional<Instant> someMoment() {
    long micros = number();
    return micros == Long.MAX_VALUE ? Optional.empty() : Optional.of(moment(micros));
  }

  Optional<Duration> duration() {
    long micros = number();
    return micros == NONE ? Optional.empty() : Optional.of(Moments.duration(micros));
  }

  private static Instant moment(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
