package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionStore.FoundValue;
import ai.powertools.testing.RandomInput;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class FoundValueBytesTest {
  private static final Instant AT = Instant.parse("1969-12-31T23:59:59.999999Z");

  @Test
  void givesBackWhatWasEncoded() {
    for (FoundValue value : new FoundValue[] {value("s", "a"), bare("s")}) {
      assertThat(FoundValueBytes.decode(FoundValueBytes.encode(value), "s", "a"))
          .hasValueSatisfying(
              found -> assertThat(found).usingRecursiveComparison().isEqualTo(value));
    }
  }

  @Test
  void refusesWhatIsOfAnotherSessionOrValue() {
    byte[] bytes = FoundValueBytes.encode(value("s", "a"));
    assertThat(FoundValueBytes.decode(bytes, "t", "a")).isEmpty();
    assertThat(FoundValueBytes.decode(bytes, "s", "b")).isEmpty();
  }

  @Test
  void refusesWhatHasAChecksumButIsNoneOfOurs() {
    byte[] good = FoundValueBytes.encode(value("s", "a"));
    int end = good.length - Integer.BYTES;
    for (int length = 0; length < end; length++) {
      assertThat(FoundValueBytes.decode(sealed(Arrays.copyOf(good, length)), "s", "a")).isEmpty();
    }
    assertThat(FoundValueBytes.decode(sealed(Arrays.copyOf(good, end + 1)), "s", "a")).isEmpty();
    assertThat(FoundValueBytes.decode(sealed(Arrays.copyOf(good, end)), "s", "a")).isPresent();
    byte[] otherFormat = Arrays.copyOf(good, end);
    otherFormat[3]++;
    assertThat(FoundValueBytes.decode(sealed(otherFormat), "s", "a")).isEmpty();
  }

  @Test
  void noBytesMakeItFail() {
    byte[] good = FoundValueBytes.encode(value("s", "a"));
    RandomInput.check(
        2_000,
        input -> {
          byte[] bytes = Arrays.copyOf(good, input.ints(0, good.length) + 1);
          for (int n = input.ints(1, 4); n > 0; n--) {
            bytes[input.ints(0, bytes.length)] = (byte) input.ints(-128, 128);
          }
          FoundValueBytes.decode(sealed(bytes), "s", "a");
          if (!Arrays.equals(bytes, good)) {
            assertThat(FoundValueBytes.decode(bytes, "s", "a")).isEmpty();
          }
        });
  }

  private static byte[] sealed(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return ByteBuffer.allocate(bytes.length + Integer.BYTES)
        .put(bytes)
        .putInt((int) crc.getValue())
        .array();
  }

  private static FoundValue value(String session, String name) {
    return new FoundValue(
        new SessionRow(
            7,
            session,
            AT,
            AT.plusSeconds(1),
            2,
            new SessionRow.Lock(3, "größe", Optional.of(AT.plusSeconds(4))),
            Optional.of(AT.plusSeconds(5)),
            Optional.of(Duration.ofNanos(6_000)),
            new SessionRow.History(7, AT, 8),
            new SessionRow.Contents(9, -10),
            -11),
        Optional.of(
            new EntryRow(
                7,
                name,
                0,
                12,
                AT,
                Optional.of(AT.plusSeconds(13)),
                Optional.of(Duration.ofDays(36_525)),
                new byte[] {1, 2, 3})));
  }

  private static FoundValue bare(String session) {
    return new FoundValue(
        new SessionRow(
            1,
            session,
            AT,
            AT,
            0,
            new SessionRow.Lock(0, "", Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            new SessionRow.History(0, AT, 0),
            new SessionRow.Contents(0, 0),
            0),
        Optional.empty());
  }
}
