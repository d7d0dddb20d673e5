package ai.powertools.session;

import static ai.powertools.session.RecordFormats.ID;
import static ai.powertools.session.RecordFormats.WHERE;
import static ai.powertools.session.RecordFormats.key;
import static ai.powertools.session.RecordFormats.read;
import static ai.powertools.session.RecordFormats.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.session.RecordFormats.Note;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordFormatTest {
  private static final RecordId ELSEWHERE =
      new RecordId(8, "notes", 3, 2, 1_000_000, Long.MAX_VALUE);

  private static final EncryptionKeys KEYS = EncryptionKeys.of("2026-11", key(9));
  private static final Note LONGER = new Note("s3cret ".repeat(12), 4);
  private static final byte[] DICTIONARY =
      "{\"text\":\"s3cret\",\"stars\":".repeat(20).getBytes(StandardCharsets.UTF_8);

  private final RecordFormat format = RecordFormats.plain();
  private final Note note = new Note("s3cret", 4);

  @AfterEach
  void close() {
    format.close();
    format.close();
  }

  @Test
  void writesTheSameBytesAsEver() {
    Upcasters versioned = Upcasters.none().step(Note.class, 0, json -> json);

    assertThat(golden(Upcasters.none(), Compression.off(), null, note)).isEqualTo(PLAIN);
    assertThat(golden(versioned, Compression.off(), null, note)).isEqualTo(VERSIONED);
    assertThat(golden(versioned, Compression.off(), KEYS, note)).isEqualTo(ENCRYPTED);
    // What zstd makes of the payload may change with its version; what we say of it must not.
    assertThat(golden(versioned, Compression.zstd().from(32), KEYS, LONGER))
        .startsWith(COMPRESSED.substring(0, 5 * 2 + 24 * 2));
    assertThat(golden(Upcasters.none(), Compression.zstd(), null, LONGER))
        .startsWith(WITH_DICTIONARY.substring(0, 8 * 2));
  }

  @Test
  void readsTheBytesOfEver() {
    Upcasters versioned = Upcasters.none().step(Note.class, 0, json -> json);
    assertThat(golden(versioned, null, PLAIN)).isEqualTo(note);
    assertThat(golden(versioned, null, VERSIONED)).isEqualTo(note);
    assertThat(golden(versioned, KEYS, ENCRYPTED)).isEqualTo(note);
    assertThat(golden(versioned, KEYS, COMPRESSED)).isEqualTo(LONGER);
    assertThat(golden(versioned, null, WITH_DICTIONARY)).isEqualTo(LONGER);
  }

  private static Note golden(Upcasters upcasters, EncryptionKeys keys, String record) {
    try (RecordFormat golden =
        RecordFormats.golden(upcasters, Compression.off(), keys, DICTIONARY)) {
      return RecordFormats.read(golden, HexFormat.of().parseHex(record), Note.class);
    }
  }

  private static String golden(
      Upcasters upcasters, Compression compression, EncryptionKeys keys, Object value) {
    try (RecordFormat golden = RecordFormats.golden(upcasters, compression, keys, DICTIONARY)) {
      if (compression.on() && keys == null) {
        golden.useDictionary(CompressionDictionary.of(DICTIONARY));
      }
      return HexFormat.of().formatHex(write(golden, value));
    }
  }

  @Test
  void hashesTheSameAsEver() {
    assertThat(Long.toHexString(format.hash(ID, write(format, note)))).isEqualTo(HASH);
  }

  @Test
  void namesWhatIsDamagedAndNothingOfIt() {
    byte[] record = write(format, note);
    record[8] ^= 1;
    assertThatThrownBy(() -> read(format, record, Note.class))
        .isInstanceOfSatisfying(
            DamagedRecordException.class,
            e -> {
              assertThat(e.where()).isEqualTo(WHERE);
              assertThat(e.problem()).startsWith("its checksum does not fit");
            })
        .hasNoCause()
        .hasMessage(
            "The record of \"notes\" of session \"s\" is damaged: its checksum does not fit: it was"
                + " changed, or stands where it does not belong. Nothing of it is used. Restore it"
                + " from a backup, or put it aside (sessions.setAside(sessions.verify())).");
    assertThatThrownBy(() -> read(format, new byte[0], Note.class))
        .isInstanceOf(DamagedRecordException.class);
  }

  @Test
  void saysThatANewerLibraryWroteIt() {
    for (int at : new int[] {0, 2}) {
      byte[] record = write(format, note);
      record[at] |= 0x43;
      Checksum.seal(ID, record);
      assertThatThrownBy(() -> read(format, record, Note.class))
          .isInstanceOf(SessionException.class)
          .isNotInstanceOf(DamagedRecordException.class)
          .hasMessageContaining("a newer version of this library wrote it")
          .hasMessageContaining("Update the library");
    }
  }

  @Test
  void saysWhichCodecIsMissing() {
    byte[] record = write(format, note);
    record[1] = 77;
    Checksum.seal(ID, record);
    assertThatThrownBy(() -> read(format, record, Note.class))
        .hasMessage(
            "Could not read \"notes\" of session \"s\": it was written with codec 77, which is not"
                + " registered. Register the codec of that number.");
    assertThat(format.check(ID, record).problem()).get().asString().contains("codec 77");
    assertThat(format.check(ID, record).codec()).isEqualTo("codec 77");
    record[1] = 30;
    Checksum.seal(ID, record);
    assertThatThrownBy(() -> read(format, record, Note.class))
        .hasMessageContaining(
            "codec 30, which a newer version of this library brought. Update it.");
  }

  @Test
  void refusesHeadersThatDoNotEnd() {
    for (String header :
        new String[] {
          "01", "0101", "010108", "01010880", "010108ffffffff7f", "01010404", "010109808000"
        }) {
      byte[] record = HexFormat.of().parseHex(header + "00000000");
      Checksum.seal(ID, record);
      assertThatThrownBy(() -> read(format, record, Note.class))
          .as(header)
          .isInstanceOf(DamagedRecordException.class)
          .hasMessageContaining("its header is not whole");
    }
  }

  @Test
  void readsOnlyWhereItBelongs() {
    byte[] record = write(format, note);
    assertThat(
            new RecordId[] {
              ELSEWHERE,
              new RecordId(7, "note", 3, 2, 1_000_000, Long.MAX_VALUE),
              new RecordId(7, "notes", 4, 2, 1_000_000, Long.MAX_VALUE),
              new RecordId(7, "notes", 3, 1, 1_000_000, Long.MAX_VALUE),
              new RecordId(7, "notes", 3, 2, 1_000_001, Long.MAX_VALUE),
              new RecordId(7, "notes", 3, 2, 1_000_000, 5_000_000)
            })
        .allSatisfy(
            id ->
                assertThatThrownBy(() -> format.read(id, record, Note.class, WHERE))
                    .isInstanceOf(DamagedRecordException.class));
  }

  @Test
  void movesARecordToAnotherPlace() {
    byte[] record = write(format, note);
    byte[] moved = format.reseal(ID, record, ELSEWHERE);

    Note there = format.read(ELSEWHERE, moved, Note.class, WHERE);
    assertThat(there).isEqualTo(note);
    assertThat(read(format, record, Note.class)).isEqualTo(note);
    assertThatThrownBy(() -> format.reseal(ELSEWHERE, record, ID))
        .isInstanceOf(DamagedRecordException.class)
        .hasMessageContaining("\"notes\", entry 3, of session number 8");
    assertThat(new RecordId(1, "k", 0, 1, 0, 0).where()).isEqualTo("\"k\" of session number 1");
  }

  @Test
  void checksARecord() {
    byte[] record = write(format, note);
    assertThat(format.check(ID, record))
        .isEqualTo(
            new RecordCheck(
                Optional.empty(), "JSON", record.length, record.length - 7, Optional.empty()));
    assertThat(format.check(ID, record).isIntact()).isTrue();

    RecordCheck moved = format.check(ELSEWHERE, record);
    assertThat(moved.isIntact()).isFalse();
    assertThat(moved.problem()).get().asString().contains("checksum");
    assertThat(format.check(ID, new byte[1]).codec()).isEqualTo("none");
  }

  @Test
  void refusesWhatItsCodecDoesNotTake() {
    assertThatThrownBy(() -> format.write(ID, note, BytesCodec.standard(), WHERE))
        .isInstanceOf(SessionException.class)
        .hasMessage(
            "Could not write \"notes\" of session \"s\" as bytes: it is a"
                + " ai.powertools.session.RecordFormats$Note. Give what that codec takes, or write"
                + " it with JSON.");
    assertThatThrownBy(() -> format.write(ID, "s3cret", ProtobufCodec.standard(), WHERE))
        .hasMessageContaining("There is no codec for Java serialization")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> format.write(ID, null, JsonCodec.standard(), WHERE))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("\"notes\" of session \"s\" can't be null; use remove().");
  }

  @Test
  void refusesToWriteWhatItCouldNotRead() {
    assertThatThrownBy(() -> format.write(ID, note, new Careless(), WHERE))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining(
            "codec \"careless\" is not registered, so it could not be read again");
  }

  @Test
  void quotesNothingThatACodecThrows() {
    try (RecordFormat careless = RecordFormats.with(Codecs.standard().with(new Careless()))) {
      assertThatThrownBy(() -> careless.write(ID, note, new Careless(), WHERE))
          .hasMessage(
              "Could not write \"notes\" of session \"s\" as careless: its codec threw"
                  + " java.lang.IllegalStateException. Mend the codec.")
          .hasNoCause();
      byte[] record = careless.write(ID, "fine", new Careless(), WHERE);
      assertThatThrownBy(() -> read(careless, record, Note.class))
          .hasMessage(
              "Could not read \"notes\" of session \"s\" as"
                  + " ai.powertools.session.RecordFormats$Note: careless: its codec threw"
                  + " java.lang.IllegalArgumentException. Mend the codec.")
          .hasNoCause();
    }
  }

  /** A user's codec that quotes what it is given. */
  private static final class Careless implements Codec {
    @Override
    public byte id() {
      return 99;
    }

    @Override
    public String name() {
      return "careless";
    }

    @Override
    public boolean accepts(Object value) {
      return true;
    }

    @Override
    public byte[] encode(Object value) {
      if (value instanceof String text) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
      throw new IllegalStateException("can't write " + value);
    }

    @Override
    public Object decode(byte[] bytes, Type type) {
      throw new IllegalArgumentException(RecordFormats.text(bytes));
    }
  }

  private static final String PLAIN =
      "0101007b2274657874223a22733363726574222c227374617273223a347dd7cac942";
  private static final String VERSIONED =
      "010108017b2274657874223a22733363726574222c227374617273223a347d93f3b60e";
  private static final String COMPRESSED =
      "01010d016907323032362d3131ace24d39000102030405060708090a0bc2e4b43f3c4f37e49f"
          + "b657bda4a6bd40f14fadd1ae734ec10b2e12da64ba8bba28be3bfee9b45922e522f0866b17a7"
          + "ac8753437e1425ee3114665bf45664aed3";
  private static final String WITH_DICTIONARY =
      "0101020f1f79756928b52ffd00008d00001820347d040003b301a920e00abbdaa920decd113e";
  private static final String ENCRYPTED =
      "01010c0107323032362d3131ace24d39000102030405060708090a0b9173efa7443b08dfbd25"
          + "1ffca2a6b116ff57fcd6fc624f86453a4d49deb41c6002a2a9707d2cf1f3f0d05d9be7b1ae";
  private static final String HASH = "2bf8a3b1a144183e";
}
