package ai.powertools.session;

import static ai.powertools.session.RecordFormats.WHERE;
import static ai.powertools.session.RecordFormats.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.session.RecordFormats.Message;
import ai.powertools.testing.RandomInput;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RecordFormatProperties {
  private static final CompressionDictionary DICTIONARY =
      CompressionDictionary.train(
          RecordFormats.chat(2_000, 1).stream().map(RecordFormats::json).toList());
  private static final List<RecordFormat> FORMATS = formats();

  private static List<RecordFormat> formats() {
    EncryptionKeys keys = EncryptionKeys.of("k", key(1));
    List<RecordFormat> formats = new ArrayList<>();
    for (EncryptionKeys each : Arrays.asList(null, keys)) {
      formats.add(RecordFormats.with(Compression.off(), each));
      formats.add(RecordFormats.with(Compression.zstd().from(0), each));
      RecordFormat small = RecordFormats.with(Compression.zstd(), each);
      small.useDictionary(DICTIONARY);
      formats.add(small);
    }
    return formats;
  }

  @AfterAll
  static void close() {
    FORMATS.forEach(RecordFormat::close);
  }

  private record Value(Object value, Class<?> type, Codec codec) {}

  private static Value value(RandomInput input) {
    String text = input.text(input.oneOf(20, 300, 3_000));
    return switch (input.ints(0, 6)) {
      case 0 -> new Value(new Message("user", text), Message.class, JsonCodec.standard());
      case 1 -> new Value(new Message("user", text), Message.class, CborCodec.standard());
      case 2 -> new Value(bytes(input, 2_000), byte[].class, BytesCodec.standard());
      case 3 ->
          new Value(
              RecordFormats.protobuf(text, input.ints(0, 100)),
              FieldDescriptorProto.class,
              ProtobufCodec.standard());
      case 4 -> new Value(text, String.class, JsonCodec.standard());
      default ->
          new Value(ByteBuffer.wrap(bytes(input, 200)), ByteBuffer.class, BytesCodec.standard());
    };
  }

  private static byte[] bytes(RandomInput input, int most) {
    byte[] bytes = new byte[input.ints(0, most)];
    int kinds = input.oneOf(2, 256);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) input.ints(0, kinds);
    }
    return bytes;
  }

  private static RecordId id(RandomInput input) {
    return new RecordId(
        input.longs(0, Long.MAX_VALUE),
        "k" + input.text(50),
        input.longs(0, 1L << 40),
        input.longs(0, 1L << 40),
        input.longs(0, Long.MAX_VALUE),
        input.oneOf(Long.MAX_VALUE, input.longs(0, Long.MAX_VALUE)));
  }

  @Test
  void givesBackEveryValueWhateverItIsWrappedIn() {
    RandomInput.check(
        RandomInput.size("powertools.session.records", 600),
        input -> {
          RecordFormat format = input.oneOf(FORMATS);
          Value value = value(input);
          RecordId id = id(input);
          byte[] record = format.write(id, value.value(), value.codec(), WHERE);
          Object back = format.read(id, record, value.type(), WHERE);
          assertThat(back).isEqualTo(value.value());
          assertThat(format.check(id, record).isIntact()).isTrue();
          assertThat(format.check(id, record).codec()).isEqualTo(value.codec().name());

          RecordId other = id(input);
          byte[] moved = format.reseal(id, record, other);
          Object there = format.read(other, moved, value.type(), WHERE);
          assertThat(there).isEqualTo(value.value());
          Object again = format.read(id, format.reencrypt(id, record), value.type(), WHERE);
          assertThat(again).isEqualTo(value.value());
        });
  }

  @Test
  void refusesEveryFlippedByteAndEveryTruncation() {
    RandomInput.check(
        RandomInput.size("powertools.session.damages", 40),
        input -> {
          RecordFormat format = input.oneOf(FORMATS);
          Value value = value(input);
          RecordId id = id(input);
          byte[] record = format.write(id, value.value(), value.codec(), WHERE);
          long hash = format.hash(id, record);
          for (int i = 0; i < record.length; i++) {
            byte[] flipped = record.clone();
            flipped[i] ^= (byte) input.ints(1, 256);
            refuses(format, id, flipped, value);
            assertThat(format.hash(id, flipped)).isNotEqualTo(hash);
          }
          for (int length = 0; length < record.length; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            refuses(format, id, cut, value);
            assertThat(format.hash(id, cut)).isNotEqualTo(hash);
          }
        });
  }

  private static void refuses(RecordFormat format, RecordId id, byte[] record, Value value) {
    assertThat(format.check(id, record).isIntact()).isFalse();
    assertThatThrownBy(() -> format.read(id, record, value.type(), WHERE))
        .isInstanceOf(DamagedRecordException.class)
        .hasNoCause();
  }

  @Test
  void neverAcceptsAnEncryptedRecordThatWasChangedAndSealedAgain() {
    RecordFormat format = FORMATS.get(FORMATS.size() - 1);
    RandomInput.check(
        40,
        input -> {
          Value value = value(input);
          RecordId id = id(input);
          byte[] record = format.write(id, value.value(), value.codec(), WHERE);
          int at = input.ints(0, record.length - Checksum.SIZE);
          record[at] ^= (byte) (1 << input.ints(0, 8));
          Checksum.seal(id, record);
          // The bit that says it is encrypted may be the one: then it is read as plain, and
          // refusingPlain() is for that.
          if ((record[2] & 4) != 0) {
            assertThatThrownBy(() -> format.read(id, record, value.type(), WHERE))
                .isInstanceOf(SessionException.class);
          }
        });
  }

  @Test
  void anyBytesSealedByTheirChecksumGiveAnErrorOfOurs() {
    RandomInput.check(
        2_000,
        input -> {
          byte[] record = bytes(input, 60);
          if (record.length > 8) {
            record[0] = 1;
            record[1] = (byte) input.ints(1, 5);
            record[2] = (byte) input.ints(0, 16);
          }
          RecordId id = id(input);
          if (record.length >= Checksum.SIZE) {
            Checksum.seal(id, record);
          }
          RecordFormat format = input.oneOf(FORMATS);
          format.check(id, record);
          try {
            format.read(id, record, Message.class, WHERE);
          } catch (SessionException e) {
            assertThat(e).hasNoCause();
          }
        });
  }

  @Test
  void readsAndWritesOnManyThreadsAtOnce() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        long seed = t;
        done.add(
            executor.submit(
                () -> {
                  for (Message message : RecordFormats.chat(200, seed)) {
                    for (RecordFormat format : FORMATS) {
                      byte[] record = RecordFormats.write(format, message);
                      assertThat(RecordFormats.read(format, record, Message.class))
                          .isEqualTo(message);
                    }
                  }
                }));
      }
      for (Future<?> future : done) {
        future.get();
      }
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void canBeClosedWhileItIsUsed() throws Exception {
    for (int round = 0; round < 20; round++) {
      RecordFormat format = RecordFormats.with(Compression.zstd(), null);
      format.useDictionary(DICTIONARY);
      byte[] record = RecordFormats.write(format, RecordFormats.chat(1, round).get(0));
      ExecutorService executor = Executors.newFixedThreadPool(3);
      try {
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
          done.add(
              executor.submit(
                  () ->
                      assertThatThrownBy(
                              () -> {
                                while (true) {
                                  RecordFormats.read(format, record, Message.class);
                                }
                              })
                          .isInstanceOf(IllegalStateException.class)
                          .hasMessageContaining("closed")));
        }
        format.close();
        for (Future<?> future : done) {
          future.get();
        }
      } finally {
        executor.shutdown();
      }
    }
  }

  @Test
  void numbersTakeTheLengthThatIsTold() {
    RandomInput.check(
        1_000,
        input -> {
          int number = input.ints(0, Integer.MAX_VALUE) >>> input.ints(0, 31);
          ByteBuffer buffer = ByteBuffer.allocate(10);
          Varints.put(buffer, number);
          assertThat(buffer.position()).isEqualTo(Varints.length(number));
          assertThat(Varints.get(buffer.flip())).isEqualTo(number);
        });
  }
}
