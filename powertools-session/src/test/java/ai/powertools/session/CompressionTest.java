package ai.powertools.session;

import static ai.powertools.session.RecordFormats.ID;
import static ai.powertools.session.RecordFormats.WHERE;
import static ai.powertools.session.RecordFormats.read;
import static ai.powertools.session.RecordFormats.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.session.RecordFormats.Message;
import ai.powertools.session.RecordFormats.Note;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CompressionTest {
  private static final String LONG = "s3cret ".repeat(200);

  private static byte[] trained(long seed) {
    return CompressionDictionary.train(
            RecordFormats.chat(1_000, seed).stream().map(RecordFormats::json).toList())
        .bytes();
  }

  private static RecordFormat knowing(Compression compression, Map<Long, byte[]> dictionaries) {
    return new RecordFormat(
        Codecs.standard(),
        Upcasters.none(),
        compression,
        null,
        id -> Optional.ofNullable(dictionaries.get(id)));
  }

  @Test
  void compressesFromTheThresholdOnAndOnlyWhatGetsSmaller() {
    try (RecordFormat format = RecordFormats.with(Compression.zstd(), null)) {
      byte[] small = format.write(ID, new byte[127], BytesCodec.standard(), WHERE);
      byte[] large = format.write(ID, new byte[128], BytesCodec.standard(), WHERE);
      assertThat(small).hasSize(127 + 7);
      assertThat(large.length).isLessThan(60);
      assertThat(read(format, large, byte[].class)).isEqualTo(new byte[128]);

      byte[] noise = new byte[2_000];
      for (int i = 0, x = 1; i < noise.length; i++) {
        x = x * 1_664_525 + 1_013_904_223;
        noise[i] = (byte) (x >>> 24);
      }
      byte[] record = format.write(ID, noise, BytesCodec.standard(), WHERE);
      assertThat(record).hasSize(noise.length + 7);
      assertThat(format.check(ID, large).plainSize()).isEqualTo(128);
      assertThat(format.check(ID, large).storedSize()).isEqualTo(large.length);
    }
  }

  @Test
  void readsWhatIsCompressedWhenItIsSwitchedOff() {
    try (RecordFormat on = RecordFormats.with(Compression.zstd().level(9), null);
        RecordFormat off = RecordFormats.plain()) {
      byte[] record = write(on, LONG);
      assertThat(record.length).isLessThan(100);
      assertThat(read(off, record, String.class)).isEqualTo(LONG);
      assertThat(write(off, LONG).length).isGreaterThan(LONG.length());
    }
  }

  @Test
  void compressesSmallOnesWithADictionaryThatCanBeChanged() {
    byte[] first = trained(1);
    byte[] second = trained(2);
    CompressionDictionary one = CompressionDictionary.of(first);
    CompressionDictionary two = CompressionDictionary.of(second);
    Message message = new Message("assistant", "Thank you very much I understand now");
    try (RecordFormat format = knowing(Compression.zstd(), Map.of(one.id(), first))) {
      byte[] without = write(format, message);
      format.useDictionary(one);
      byte[] withOne = write(format, message);
      format.useDictionary(two);
      byte[] withTwo = write(format, message);
      assertThat(withOne.length).isLessThan(without.length);
      assertThat(withTwo).isNotEqualTo(withOne);
      for (byte[] record : List.of(without, withOne, withTwo)) {
        assertThat(read(format, record, Message.class)).isEqualTo(message);
      }
      format.useDictionary(null);
      assertThat(write(format, message)).isEqualTo(without);
      try (RecordFormat later = knowing(Compression.off(), Map.of(one.id(), first))) {
        assertThat(read(later, withOne, Message.class)).isEqualTo(message);
        assertThatThrownBy(() -> read(later, withTwo, Message.class))
            .isInstanceOf(SessionException.class)
            .isNotInstanceOf(DamagedRecordException.class)
            .hasMessage(
                "Could not read \"notes\" of session \"s\": compression dictionary "
                    + Long.toHexString(two.id())
                    + " is not there. Bring it back from where it was kept.");
        assertThat(later.check(ID, withTwo).isIntact()).isFalse();
      }
    }
  }

  @Test
  void refusesADictionaryThatWasChanged() {
    byte[] bytes = trained(1);
    CompressionDictionary dictionary = CompressionDictionary.of(bytes);
    byte[] record;
    try (RecordFormat format = RecordFormats.with(Compression.zstd(), null)) {
      format.useDictionary(dictionary);
      record = write(format, RecordFormats.chat(1, 5).get(0));
    }
    byte[] changed = dictionary.bytes();
    changed[changed.length - 1] ^= 1;
    for (byte[] other : List.of(changed, new byte[0])) {
      try (RecordFormat format = knowing(Compression.off(), Map.of(dictionary.id(), other))) {
        assertThatThrownBy(() -> read(format, record, Message.class))
            .isInstanceOf(SessionException.class)
            .hasMessageContaining("was changed since it was trained");
      }
    }
  }

  @Test
  void asksForADictionaryOnce() {
    byte[] bytes = trained(1);
    CompressionDictionary dictionary = CompressionDictionary.of(bytes);
    AtomicInteger asked = new AtomicInteger();
    byte[] record;
    try (RecordFormat format = RecordFormats.with(Compression.zstd(), null)) {
      format.useDictionary(dictionary);
      record = write(format, RecordFormats.chat(1, 5).get(0));
    }
    try (RecordFormat format =
        new RecordFormat(
            Codecs.standard(),
            Upcasters.none(),
            Compression.off(),
            null,
            id -> {
              asked.incrementAndGet();
              return Optional.of(bytes);
            })) {
      read(format, record, Message.class);
      read(format, record, Message.class);
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void refusesABomb() {
    byte[] bomb;
    try (RecordFormat format = RecordFormats.with(Compression.zstd(), null)) {
      bomb = format.write(ID, new byte[50_000_000], BytesCodec.standard(), WHERE);
      assertThat(bomb.length).isLessThan(10_000);
    }
    try (RecordFormat format = RecordFormats.with(Compression.zstd().upTo(1_000_000), null)) {
      assertThatThrownBy(() -> read(format, bomb, byte[].class))
          .isInstanceOf(SessionException.class)
          .hasMessage(
              "Could not read \"notes\" of session \"s\": it has 50000000 bytes when it is"
                  + " decompressed, and at most 1000000 are allowed. Raise the limit with"
                  + " Compression.upTo().");
      assertThat(format.write(ID, new byte[1_000_001], BytesCodec.standard(), WHERE))
          .hasSize(1_000_008);
    }
  }

  @Test
  void refusesAPayloadOfAnotherSizeThanTheHeaderSays() {
    try (RecordFormat format = RecordFormats.with(Compression.zstd(), null)) {
      byte[] record = format.write(ID, new byte[600], BytesCodec.standard(), WHERE);
      for (int size : new int[] {599, 601, 601}) {
        byte[] other = record.clone();
        Varints.put(ByteBuffer.wrap(other, 3, 2), size);
        Checksum.seal(ID, other);
        assertThatThrownBy(() -> read(format, other, byte[].class))
            .isInstanceOf(DamagedRecordException.class)
            .hasMessageContaining("it can't be decompressed to what it was");
      }
    }
  }

  @Test
  void refusesToWorkWhenItIsClosed() {
    RecordFormat format = RecordFormats.with(Compression.zstd(), null);
    byte[] record = write(format, LONG);
    format.close();
    assertThatThrownBy(() -> read(format, record, String.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The sessions were closed. Open them again.");
    RecordFormat never = RecordFormats.with(Compression.zstd(), null);
    never.close();
    assertThatThrownBy(() -> write(never, LONG)).isInstanceOf(IllegalStateException.class);
    assertThat(read(never, write(never, "short"), String.class)).isEqualTo("short");
  }

  @Test
  void trainsADictionary() {
    CompressionDictionary dictionary = CompressionDictionary.of(trained(1));
    assertThat(dictionary.size()).isBetween(1_000, 32 << 10);
    assertThat(dictionary.id()).isBetween(0L, 0xffff_ffffL);
    assertThat(CompressionDictionary.of(dictionary.bytes()))
        .isEqualTo(dictionary)
        .hasSameHashCodeAs(dictionary)
        .isNotEqualTo(CompressionDictionary.of(new byte[] {1}))
        .isNotEqualTo("x");
    assertThat(dictionary)
        .hasToString(
            "compression dictionary %x of %d bytes".formatted(dictionary.id(), dictionary.size()));
    for (List<byte[]> samples : List.of(List.<byte[]>of(), List.of(new byte[] {1}))) {
      assertThatThrownBy(() -> CompressionDictionary.train(samples))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("No dictionary can be trained with " + samples.size());
    }
    assertThatThrownBy(() -> CompressionDictionary.of(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> Compression.off().from(-1)).hasMessageContaining("threshold");
    assertThatThrownBy(() -> Compression.off().level(0)).hasMessageContaining("level");
    assertThatThrownBy(() -> Compression.off().level(23)).hasMessageContaining("level");
    assertThatThrownBy(() -> Compression.off().upTo(0)).hasMessageContaining("largest");
    assertThat(Compression.zstd()).isEqualTo(new Compression(true, 128, 3, 256 << 20));
  }

  @Test
  void savesMostOfTheRoomOfChatMessagesWithADictionary() {
    List<Message> training = RecordFormats.chat(4_000, 1);
    List<Message> messages = RecordFormats.chat(2_000, 99);
    CompressionDictionary dictionary =
        CompressionDictionary.train(training.stream().map(RecordFormats::json).toList());
    long plain = size(messages, Compression.off(), null);
    long standard = size(messages, Compression.zstd(), null);
    long all = size(messages, Compression.zstd().from(0), null);
    long with = size(messages, Compression.zstd(), dictionary);
    System.out.printf(
        "%d chat messages of %d bytes on average: from 128 bytes on %.2f, all %.2f, with a"
            + " dictionary of %d bytes %.2f of their size%n",
        messages.size(),
        plain / messages.size(),
        1.0 * standard / plain,
        1.0 * all / plain,
        dictionary.size(),
        1.0 * with / plain);
    assertThat(standard).isLessThan(plain * 9 / 10);
    assertThat(with).isLessThan(standard * 9 / 10);
  }

  private static long size(
      List<Message> messages, Compression compression, CompressionDictionary dictionary) {
    try (RecordFormat format = RecordFormats.with(compression, null)) {
      format.useDictionary(dictionary);
      return messages.stream().mapToLong(message -> write(format, message).length).sum();
    }
  }

  @Test
  void keepsSomeIdleContextsAndClosesTheOthers() {
    AtomicInteger made = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    Pool<AutoCloseable> pool =
        new Pool<>(
            () -> {
              made.incrementAndGet();
              return closed::incrementAndGet;
            });
    int deep = nest(pool, 40);
    assertThat(deep).isEqualTo(40);
    assertThat(made).hasValue(40);
    assertThat(closed.get()).isPositive().isLessThan(40);
    assertThatThrownBy(
            () ->
                pool.use(
                    thing -> {
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);
    pool.close();
    assertThat(closed).hasValue(40);

    Pool<AutoCloseable> broken =
        new Pool<>(
            () ->
                () -> {
                  throw new IllegalArgumentException("no");
                });
    broken.use(thing -> new Note("", 1));
    assertThatThrownBy(broken::close).hasMessage("Could not free native memory");
  }

  private static int nest(Pool<AutoCloseable> pool, int depth) {
    return depth == 0 ? 0 : pool.use(thing -> 1 + nest(pool, depth - 1));
  }
}
